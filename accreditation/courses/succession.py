"""PURE: which accreditation of a course stands on which day. No two in one register share one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from core.errors import Invalid
from core.law.days import add_years, next_day, previous_day


class Term(Protocol):
    """From a day until a day, that day included; from `withdrawn_on` on it no longer counts."""

    @property
    def from_on(self) -> date: ...

    @property
    def until_on(self) -> date: ...

    @property
    def withdrawn_on(self) -> date | None: ...


T = TypeVar("T", bound=Term)


def covers(term: Term, day: date) -> bool:
    """Whether what was followed on a day counts (po-opleiding: the last day included)."""
    return term.from_on <= day <= term.until_on and (term.withdrawn_on is None or day < term.withdrawn_on)


def last_counting(term: Term) -> date:
    """The last day that counts; before `from_on` when it ended before it began."""
    return term.until_on if term.withdrawn_on is None else min(term.until_on, previous_day(term.withdrawn_on))


def stands(term: Term) -> bool:
    """Whether it has a day at all."""
    return last_counting(term) >= term.from_on


def on_day(terms: Sequence[T], day: date) -> T | None:
    """The one that counts on a day; the latest to begin, should an older world hold two."""
    return max((term for term in terms if covers(term, day)), key=lambda term: term.from_on, default=None)


def share_a_day(one: Term, other: Term) -> bool:
    """Whether a day would count twice."""
    return max(one.from_on, other.from_on) <= min(last_counting(one), last_counting(other))


def require_succeeds(first: date, terms: Sequence[Term], today: date) -> None:
    """Refuse a first day on which no other accreditation can begin: Invalid("from-not-after").

    It begins after every other one that stands, and what is already behind keeps what it was worth: an earlier one is
    shortened from today on at most.
    """
    free = first_free(terms, today, first)
    if free != first:
        raise Invalid("from-not-after", [("from_on", "from-not-after")], first_day=free.isoformat())


def first_free(terms: Sequence[Term], today: date, wanted: date) -> date:
    """The first day from the wanted one on, on which another accreditation can begin."""
    others = [term for term in terms if stands(term)]
    taken = [max(next_day(term.from_on), min(next_day(last_counting(term)), today)) for term in others]
    free = max([wanted, *taken])
    begun = {term.from_on for term in terms}
    while free in begun:  # withdrawn before it had a day
        free = next_day(free)
    return free


def following_day(terms: Sequence[Term], today: date) -> date:
    """The day after the last one that counts, or today; also where that is further off than one may decide ahead."""
    counting = [next_day(last_counting(term)) for term in terms if stands(term)]
    after = max([today, *counting])
    return first_free(terms, today, after if after <= add_years(today, 1) else today)


@dataclass(frozen=True)
class Place:
    """Where an accreditation comes to stand between the others."""

    shortened: Sequence[int]
    """Which of the others end the day before it begins, by their place in the list."""
    until_on: date
    """Its own last day: the day before the next one begins."""


def place_of(first: date, last: date, terms: Sequence[Term]) -> Place:
    """What gives way to an accreditation of these days, and to what it gives way itself."""
    earlier = [at for at, one in enumerate(terms) if stands(one) and one.from_on < first <= last_counting(one)]
    later = [previous_day(one.from_on) for one in terms if stands(one) and first < one.from_on <= last]
    return Place(earlier, min([last, *later]))
