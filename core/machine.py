"""A workflow as a table of moves, which service, pages, 409 answers, tests and diagrams all read."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from core.errors import Refused

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


class Machine(Generic[S, E]):
    """Moves by (state, event). `after` refuses with `wrong-state` and names the moves that are open."""

    def __init__(self, name: str, start: S, moves: Mapping[tuple[S, E], S]) -> None:
        self.name = name
        self.start = start
        self.moves = dict(moves)

    def after(self, state: S, event: E) -> S:
        """The state that follows; Refused("wrong-state") when there is no such move."""
        following = self.moves.get((state, event))
        if following is None:
            raise Refused("wrong-state", open_moves=self.open(state), state=state.value, event=event.value)
        return following

    def may(self, state: S, event: E) -> bool:
        return (state, event) in self.moves

    def open(self, state: S) -> list[str]:
        """The events that this state allows."""
        return [event.value for (at, event) in self.moves if at == state]

    def states(self) -> set[S]:
        """Every state that the table names."""
        return {self.start} | {at for at, _ in self.moves} | set(self.moves.values())

    def reachable(self) -> set[S]:
        """Every state that some row of moves leads to from the start."""
        seen = {self.start}
        while more := {to for (at, _), to in self.moves.items() if at in seen} - seen:
            seen |= more
        return seen

    def diagram(self) -> str:
        """A Mermaid state diagram, as docs/machines.md shows it."""
        return "\n".join(_diagram(self.start, self.moves))


def _diagram(start: StrEnum, moves: Mapping[tuple[S, E], S]) -> Iterable[str]:
    yield "stateDiagram-v2"
    yield f"  [*] --> {_node(start)}"
    for (at, event), to in moves.items():
        yield f"  {_node(at)} --> {_node(to)}: {event.value}"


def _node(state: StrEnum) -> str:
    return state.value.replace("-", "_")
