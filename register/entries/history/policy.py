"""PURE: the two days of a history: from which day something holds, and when we recorded it.

A line takes the place of every earlier line from its own day onwards. So a line that works back (an upheld objection,
Awb 7:11) leaves no gap, and what we said before it was recorded can still be told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from core.errors import Invalid
from core.law.days import previous_day


class Line(Protocol):
    """One line of a history; `seq` is the order in which the lines were written."""

    @property
    def seq(self) -> int: ...

    @property
    def holds_from(self) -> date: ...

    @property
    def recorded_at(self) -> datetime: ...


L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Stretch(Generic[L]):
    """A line and the days on which it is what holds: `until_on` is the last of them, or None while it still runs."""

    line: L
    from_on: date
    until_on: date | None


def as_of(lines: Iterable[L], on: date, recorded_by: datetime | None = None) -> L | None:
    """The line that tells how it was on a day, as far as recorded by an instant (all that we know when None)."""
    known = [
        line for line in lines if line.holds_from <= on and (recorded_by is None or line.recorded_at <= recorded_by)
    ]
    return max(known, key=lambda line: line.seq, default=None)


def stretches(lines: Iterable[L], recorded_by: datetime | None = None) -> Sequence[Stretch[L]]:
    """The history without overlap and without gap, as far as recorded by an instant; oldest first."""
    found: list[L] = []
    for line in sorted(lines, key=lambda each: each.seq):
        if recorded_by is None or line.recorded_at <= recorded_by:
            found = [*(each for each in found if each.holds_from < line.holds_from), line]
    ends = [*(previous_day(line.holds_from) for line in found[1:]), None][: len(found)]
    return [Stretch(line, line.holds_from, until_on) for line, until_on in zip(found, ends, strict=True)]


def require_past(on: date, today: date) -> date:
    """A history says nothing of a day that is still to come: Invalid("day-to-come")."""
    if on > today:
        raise Invalid("day-to-come", [("on", "day-to-come")], today=today)
    return on
