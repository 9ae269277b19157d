"""Which days are ordinary days: no Saturday, Sunday or recognised holiday of the Algemene termijnenwet (Atw) art. 3.

Pure. The holidays of art. 3(1) and (2) follow from rules; days that a royal decree equates with them (art. 3(3)) follow
no pattern and are handed in, with the years for which they are known.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from core.law.days import add_days, next_day

SATURDAY, SUNDAY = 5, 6
FIRST_KINGS_DAY = 2014
"""Until 2013 the Queen's birthday was kept on 30 April."""


@dataclass(frozen=True)
class Calendar:
    """Statutory holidays by rule, and the designated days (with their source) of the years that are known."""

    designated: Mapping[date, str] = field(default_factory=dict)
    known_years: Set[int] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "designated", MappingProxyType(dict(self.designated)))
        object.__setattr__(self, "known_years", frozenset(self.known_years))

    @classmethod
    def of(cls, rows: Iterable[tuple[date, str]], known_years: Iterable[int]) -> "Calendar":
        """A calendar from the rows of an administered table."""
        return cls(dict(rows), frozenset(known_years))

    def knows(self, year: int) -> bool:
        """Whether the designated days of that year are known; without them an answer may be too early."""
        return year in self.known_years

    def holiday_name(self, day: date) -> str | None:
        """The Dutch name of the holiday (feestdag), or the decree that equates the day; None on any other day."""
        return statutory_holidays(day.year).get(day) or self.designated.get(day)

    def is_designated(self, day: date) -> bool:
        """Whether the day is a holiday by royal decree only (Atw 3(3))."""
        return day in self.designated and day not in statutory_holidays(day.year)

    def is_ordinary(self, day: date) -> bool:
        """Whether a term may end on this day (Atw 1(1))."""
        return not is_weekend(day) and self.holiday_name(day) is None

    def roll(self, day: date) -> date:
        """The day itself, or the first ordinary day after it (Atw 1(1))."""
        while not self.is_ordinary(day):
            day = next_day(day)
        return day


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY


@lru_cache(maxsize=512)
def statutory_holidays(year: int) -> Mapping[date, str]:
    """The holidays of Atw 3(1) and Good Friday (3(2)), by day."""
    easter = easter_sunday(year)
    return MappingProxyType(
        {
            date(year, 5, 5): "Bevrijdingsdag",
            date(year, 1, 1): "Nieuwjaarsdag",
            add_days(easter, -2): "Goede Vrijdag",
            add_days(easter, 1): "Tweede Paasdag",
            birthday_of_the_monarch(year): "Koningsdag" if year >= FIRST_KINGS_DAY else "Koninginnedag",
            add_days(easter, 39): "Hemelvaartsdag",
            add_days(easter, 50): "Tweede Pinksterdag",
            date(year, 12, 25): "Eerste Kerstdag",
            date(year, 12, 26): "Tweede Kerstdag",
        }
    )


IN_ENGLISH: Mapping[str, str] = {
    "Bevrijdingsdag": "Liberation Day",
    "Nieuwjaarsdag": "New Year's Day",
    "Goede Vrijdag": "Good Friday",
    "Tweede Paasdag": "Easter Monday",
    "Koningsdag": "King's Day",
    "Koninginnedag": "Queen's Day",
    "Hemelvaartsdag": "Ascension Day",
    "Tweede Pinksterdag": "Whit Monday",
    "Eerste Kerstdag": "Christmas Day",
    "Tweede Kerstdag": "Boxing Day",
}


def birthday_of_the_monarch(year: int) -> date:
    """27 April, or 30 April until 2013; the day before when that is a Sunday."""
    day = date(year, 4, 27 if year >= FIRST_KINGS_DAY else 30)
    return add_days(day, -1) if day.weekday() == SUNDAY else day


def easter_sunday(year: int) -> date:
    """Easter by the anonymous Gregorian computus (Meeus, Jones, Butcher)."""
    century, rest = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (year % 19 + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
