"""PURE: a second pair of eyes (tweede lezer) before a file goes to the committee."""

from collections.abc import Collection
from enum import StrEnum

from core.errors import Refused
from register.entries.policy import ApplicationState


class Advice(StrEnum):
    """What a reader of a file would do with it."""

    GRANT = "grant"
    REFUSE = "refuse"
    ASK = "ask"


READABLE = frozenset({ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE, ApplicationState.IN_REVIEW})


def require_readable(state: ApplicationState) -> None:
    """Notes are written before a file is on an agenda: Refused("wrong-state") otherwise."""
    if state not in READABLE:
        raise Refused("wrong-state", state=state.value)


def require_second_opinion(admitted_by: str | None, readers: Collection[str]) -> None:
    """Refused("second-opinion-needed") unless somebody else than who found the file complete wrote about it."""
    if not set(readers) - {admitted_by}:
        raise Refused("second-opinion-needed")
