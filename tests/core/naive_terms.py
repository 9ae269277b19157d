"""A slow second opinion on terms, written from the articles alone before the engine was, walking one day at a time.

Easter comes from the printed table of paschal full moons by golden number (valid 1900-2199), not from a computus;
suspended days are a set; nothing is added to a date but one day. It holds no code of the house.
"""

from collections.abc import Iterable
from datetime import date, timedelta

ONE = timedelta(days=1)
Spans = Iterable[tuple[date, date]]

# (month, day) of the paschal full moon for golden numbers 1 to 19, Gregorian calendar 1900-2199.
FULL_MOONS = [
    (4, 14), (4, 3), (3, 23), (4, 11), (3, 31), (4, 18), (4, 8), (3, 28), (4, 16), (4, 5),
    (3, 25), (4, 13), (4, 2), (3, 22), (4, 10), (3, 30), (4, 17), (4, 7), (3, 27),
]  # fmt: skip

# Days equated by royal decree, Atw art. 3(3), for the years that the comparison covers.
DECREED = {
    date(2022, 5, 27), date(2023, 4, 28), date(2023, 5, 19), date(2024, 5, 10), date(2024, 12, 27), date(2025, 5, 30),
    date(2026, 1, 2), date(2026, 5, 15), date(2027, 5, 7), date(2028, 4, 28), date(2028, 5, 26),
}  # fmt: skip

_free: dict[int, set[date]] = {}


def walk(day: date, steps: int) -> date:
    """So many days further, one at a time; backwards when negative."""
    for _ in range(abs(steps)):
        day = day + ONE if steps > 0 else day - ONE
    return day


def easter(year: int) -> date:
    """The Sunday after the paschal full moon."""
    month, day = FULL_MOONS[year % 19]
    sunday = date(year, month, day) + ONE
    while sunday.weekday() != 6:
        sunday += ONE
    return sunday


def free_days(year: int) -> set[date]:
    """The holidays of a year from 2014 on, Atw art. 3."""
    if year not in _free:
        sunday = easter(year)
        king = date(year, 4, 27) if date(year, 4, 27).weekday() != 6 else date(year, 4, 26)
        _free[year] = {
            date(year, 1, 1), walk(sunday, -2), walk(sunday, 1), walk(sunday, 39), walk(sunday, 50),
            king, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26),
        } | {day for day in DECREED if day.year == year}  # fmt: skip
    return _free[year]


def ordinary(day: date) -> bool:
    """Neither Saturday nor Sunday nor holiday."""
    return day.isoweekday() < 6 and day not in free_days(day.year)


def moved(first: date, last: date) -> date:
    """The end of a term from `first` to `last`: on an ordinary day (Atw 1), two ordinary days inside (Atw 2)."""
    three_days = (last - first).days >= 2
    while not ordinary(last):
        last += ONE
    if three_days:
        while sum(ordinary(walk(first, n)) for n in range(min((last - first).days, 20) + 1)) < 2 or not ordinary(last):
            last += ONE
    return last


def statutory(after: date, days: int) -> date:
    """The last day of a term of so many days that starts the day after."""
    return moved(after + ONE, walk(after, days))


def plain(start: date, length: int, unit: str) -> date:
    """A term in days, weeks, months or years; long ones end where they end (Atw 4)."""
    if unit in {"days", "weeks"}:
        end = walk(start, length * (7 if unit == "weeks" else 1))
    else:
        month, year = start.month, start.year
        for _ in range(length * (12 if unit == "years" else 1)):
            month, year = (month + 1, year) if month < 12 else (1, year + 1)
        following = date(year, month + 1, 1) if month < 12 else date(year + 1, 1, 1)
        end = min(walk(following, -1), walk(date(year, month, 1), start.day - 1))
    longest = {"days": 90, "weeks": 12, "months": 3, "years": 0}[unit]
    return moved(start + ONE, end) if length <= longest else end


def objection(notified: date) -> date:
    return statutory(notified, 42)


def post_limit(last: date) -> date:
    return statutory(last, 7)


def suspended(spans: Spans, after: date) -> int:
    """How many different days lie between asking and answering, counting only those after `after`."""
    days: set[date] = set()
    for asked, ended in spans:
        day = asked + ONE
        while day < ended:
            if day > after:
                days.add(day)
            day += ONE
    return len(days)


def objection_decision(notified: date, committee: bool, spans: Spans, adjourned: bool) -> date:
    last = objection(notified)
    due = statutory(last, (84 if committee else 42) + suspended(spans, last))
    return statutory(due, 42) if adjourned else due


def appeal_decision(notified: date, adjourned: bool) -> date:
    due = walk(objection(notified), 112)
    return statutory(due, 70) if adjourned else due


def application_decision(received: date, weeks: int, spans: Spans) -> date:
    return statutory(received, weeks * 7 + suspended(spans, received))


def in_time(notified: date, received: date, posted: date | None, elsewhere: date | None) -> bool:
    """Awb 6:9 and 6:15; `posted` only for what came by post."""
    last = objection(notified)
    filed = received if elsewhere is None else min(received, elsewhere)
    if filed <= last:
        return True
    return posted is not None and posted <= last and filed <= post_limit(last)


def penalty(due: date, notice: date, made_known: date) -> tuple[bool, date | None, int, int]:
    """Valid, first day, days and euros, laid down one day at a time (Awb 4:17)."""
    if notice <= due:
        return False, None, 0, 0
    rates = (23, 35, 45) if notice >= date(2019, 1, 1) else (20, 30, 40)
    first = statutory(notice, 14) + ONE
    day, days, euros = first, 0, 0
    while day < made_known and days < 42:
        euros += rates[days // 14]
        days += 1
        day += ONE
    return True, first, days, euros
