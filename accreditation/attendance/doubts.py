"""PURE: what makes an attendance wait for a second pair of eyes before it counts (against inflation)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.law.days import days_between


class Doubt(StrEnum):
    """Why somebody looks before it counts."""

    TWO_PLACES = "two-places"
    MORE_THAN_SEATS = "more-than-seats"
    BEFORE_ACCREDITATION = "before-accreditation"
    BURST = "burst"


@dataclass(frozen=True)
class Limits:
    """From when on many attendances of one person are a burst."""

    burst_days: int
    burst_most: int


def strictest(limits: Iterable[Limits]) -> Limits:
    """What holds where a course counts in several registers."""
    found = list(limits)
    return Limits(max(one.burst_days for one in found), min(one.burst_most for one in found))


@dataclass(frozen=True)
class Stay:
    """Where somebody was on which days: a run or one meeting of it. `place` is empty for what has none."""

    run: str
    first_on: date
    last_on: date
    place: str

    @property
    def one_day(self) -> bool:
        return self.first_on == self.last_on


def in_two_places(stay: Stay, others: Iterable[Stay]) -> bool:
    """Whether somebody was on one day in two places; a run of several days says not on which one was there."""
    if not stay.place or not stay.one_day:
        return False
    return any(
        other.run != stay.run and other.place and other.place != stay.place and other.one_day
        for other in others
        if other.first_on == stay.first_on
    )


def is_burst(day: date, others: Sequence[date], limits: Limits) -> bool:
    """Whether one more on this day makes more than so many within so many days, this one among them."""
    days = sorted([*others, day])
    for first in days:
        within = [each for each in days if 0 <= days_between(first, each) < limits.burst_days]
        if len(within) > limits.burst_most and day in within:
            return True
    return False


def doubts_about(
    stay: Stay, others: Sequence[Stay], *, seats_left: int | None, accredited_from: date, limits: Limits
) -> list[Doubt]:
    """Everything that is doubtful about one attendance, in the order of the list above."""
    found = []
    if in_two_places(stay, others):
        found.append(Doubt.TWO_PLACES)
    if seats_left is not None and seats_left <= 0:
        found.append(Doubt.MORE_THAN_SEATS)
    if stay.first_on < accredited_from:
        found.append(Doubt.BEFORE_ACCREDITATION)
    elsewhere = {other.run: other.last_on for other in others if other.run != stay.run}
    if is_burst(stay.last_on, list(elsewhere.values()), limits):
        found.append(Doubt.BURST)
    return found
