"""Days of the calendar that the law counts: the only place that adds days, weeks, months or years to a date.

Pure. Months and years keep the day of the month, or take the last day of a shorter month (29 February + 1 year is
28 February). The house takes in days from 1900 up to and including 2200; a result may lie a little outside.
"""

from datetime import date, timedelta
from enum import StrEnum

from core.errors import Refused

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of a day that is taken in from outside."""

_FIRST, _LAST = date(FIRST_YEAR - 1, 1, 1), date(LAST_YEAR + 2, 12, 31)


class Unit(StrEnum):
    """In what a term is counted."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


def add_days(day: date, days: int) -> date:
    """So many days later, earlier when negative; Refused("day-out-of-range") far outside 1900-2200."""
    ordinal = day.toordinal() + days
    if not _FIRST.toordinal() <= ordinal <= _LAST.toordinal():
        raise Refused("day-out-of-range")
    return day + timedelta(days=days)


def to_come(day: date, today: date) -> date | None:
    """A day that one may still advise or promise; None for one that is over. Whatever is told late asks this first."""
    return day if day >= today else None


def add_weeks(day: date, weeks: int) -> date:
    """So many times seven days later."""
    return add_days(day, 7 * weeks)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not _FIRST.year <= year <= _LAST.year:
        raise Refused("day-out-of-range")
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def add_years(day: date, years: int) -> date:
    """The same day so many years later; 28 February where there is no 29th."""
    return add_months(day, 12 * years)


def add_period(day: date, length: int, unit: Unit | str) -> date:
    """So many days, weeks, months or years later; ValueError for an unknown unit."""
    adding = {Unit.DAYS: add_days, Unit.WEEKS: add_weeks, Unit.MONTHS: add_months, Unit.YEARS: add_years}
    return adding[Unit(unit)](day, length)


def next_day(day: date) -> date:
    """Tomorrow, seen from that day."""
    return add_days(day, 1)


def previous_day(day: date) -> date:
    """Yesterday, seen from that day."""
    return add_days(day, -1)


def days_between(earlier: date, later: date) -> int:
    """How many days later the second is; negative when it is the earlier one."""
    return (later - earlier).days


def month_length(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31
