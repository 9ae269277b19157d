"""PURE: the quarters of a year, by which a register reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LAST_DAYS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}


@dataclass(frozen=True, order=True)
class Quarter:
    """One of four of a year (kwartaal)."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, *LAST_DAYS[self.number])

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def last_quarters(until: date, many: int) -> Sequence[Quarter]:
    """The quarter of a day and those before it, oldest first."""
    found = [quarter_of(until)]
    while len(found) < many:
        found.append(found[-1].before)
    return found[::-1]
