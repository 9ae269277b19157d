"""The penalty payment (dwangsom) of a body that decides too late, Awb 4:17.

Pure. After a written notice of default (ingebrekestelling) the body has two weeks; then it owes a sum for each day, 42
days at most. The tariff is that of the day on which the notice was received.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.law.days import Unit, add_days, days_between, next_day
from core.law.term_run import Due, Reason, Step, Term, run
from core.law.workdays import Calendar

GRACE = Term(2, Unit.WEEKS, "Awb 4:17(3)")
DAYS_PER_RATE = 14


@dataclass(frozen=True)
class Tariff:
    """Euros for each day of the first, second and third fourteen days, for notices received from a day on."""

    since: date
    rates: tuple[int, ...]

    def amount(self, days: int) -> int:
        """Euros for so many days."""
        return sum(rate * min(max(days - DAYS_PER_RATE * n, 0), DAYS_PER_RATE) for n, rate in enumerate(self.rates))

    @property
    def days(self) -> int:
        """The most days that are paid."""
        return DAYS_PER_RATE * len(self.rates)


TARIFFS = (
    Tariff(date.min, (20, 30, 40)),  # at most 1,260
    Tariff(date(2019, 1, 1), (23, 35, 45)),  # at most 1,442
)
"""Awb 4:17(2), the oldest first."""


@dataclass(frozen=True)
class Penalty:
    """What is owed: `days` of penalty from `first_day` on, in whole euros; nothing when the notice was premature."""

    notice_valid: bool
    first_day: date | None = None
    days: int = 0
    amount_eur: int = 0
    steps: tuple[Step, ...] = ()
    unknown_years: frozenset[int] = frozenset()
    last_day: date | None = None
    """The last day on which a penalty can be owed, however late it is decided."""


def tariff_on(day: date, tariffs: Sequence[Tariff] = TARIFFS) -> Tariff:
    """The tariff for a notice that was received on a day."""
    return max((tariff for tariff in tariffs if tariff.since <= day), key=lambda tariff: tariff.since)


def penalty(
    due_on: date, notice_received_on: date, until: date, calendar: Calendar, tariffs: Sequence[Tariff] = TARIFFS
) -> Penalty:
    """What a body owes that had to decide by `due_on`.

    `until` is the day on which the decision was made known, or up to which one counts; it does not count itself.
    A notice is valid only when it was received after `due_on`. The grace of two weeks moves to an ordinary day; the
    days of penalty do not.
    """
    if notice_received_on <= due_on:
        return Penalty(notice_valid=False)
    grace = run(notice_received_on, GRACE, calendar)
    first = next_day(grace.last_day)
    tariff = tariff_on(notice_received_on, tariffs)
    days = min(max(days_between(first, until), 0), tariff.days)
    amount = tariff.amount(days)
    last = add_days(first, tariff.days - 1)
    return Penalty(True, first, days, amount, _steps(grace, first, days, amount), grace.unknown_years, last)


def _steps(grace: Due, first: date, days: int, amount: int) -> tuple[Step, ...]:
    begins = Step("Awb 4:17(3)", grace.last_day, first, Reason.FROM_THE_NEXT_DAY)
    if days == 0:
        return (*grace.steps, begins)
    facts = {"days": days, "sum": amount}
    return (*grace.steps, begins, Step("Awb 4:17(1)", first, add_days(first, days - 1), Reason.PENALTY_RUNS, facts))
