"""Deciding with facts that are unknown: once at their best, once at their worst.

When both decide the same, nothing is missing. Otherwise the facts that make the difference are.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from register.rules.assessment.answer import Assessment

T = TypeVar("T")

ONE_BY_ONE = 40
"""So many unknown facts are tried one by one; of more, all that were asked for are missing."""


class Doubt:
    """What to take for an unknown fact, and which were asked for. `but` names facts that are taken the other way."""

    def __init__(self, *, best: bool, but: Collection[str] = ()) -> None:
        self.best = best
        self.but = but
        self.asked: dict[str, None] = {}
        self.needed: dict[str, None] = {}

    def pick(self, path: str, known: T | None, best: T, worst: T) -> T:
        """The fact itself, or its best or worst value."""
        if known is not None:
            return known
        self.asked[path] = None
        return best if self.best != (path in self.but) else worst

    def holds(self, path: str, known: bool | None) -> bool:
        """Whether a condition holds."""
        return self.pick(path, known, True, False)

    def need(self, path: str, known: object) -> None:
        """A fact without which nothing can be said at all."""
        if known is None:
            self.needed[path] = None


def settle(standing: Assessment, decide: Callable[[Doubt], Assessment]) -> Assessment:
    """The decision that holds whatever the unknown facts are; else a refusal that names them."""
    best, worst = Doubt(best=True), Doubt(best=False)
    hoped, sure = decide(best), decide(worst)
    if best.needed:
        return standing.lacking([*best.asked, *best.needed])
    if hoped.same_as(sure):
        # A ground is certain when it holds even at best; what counts is certain when it does even at worst.
        return replace(sure, grounds=hoped.grounds, results=hoped.results)
    asked = list(dict.fromkeys([*best.asked, *worst.asked]))
    if len(asked) > ONE_BY_ONE:
        return standing.lacking(asked, sure.lines)
    telling = [
        path
        for path in asked
        if not decide(Doubt(best=True, but={path})).same_as(hoped)
        or not decide(Doubt(best=False, but={path})).same_as(sure)
    ]
    return standing.lacking(telling or asked, sure.lines)
