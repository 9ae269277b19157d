"""PURE: in which period a credit counts, and the lines that keep the books so.

A period that a renewal closed counts until the later of due date and decision, and the next one from the day after: who
renews late can still repair (Choices). Every day from the first period on lies in one period, so nothing counts twice.
Lines are never changed: a correction is a reversal and a new booking. Totals are sums.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from core.errors import Refused
from core.law.days import next_day

OUTSIDE = "outside-period"
CLOSED = "period-closed"


@dataclass(frozen=True)
class Period:
    """One period of one registration. `due_on` is its last day by right; `counts_until` the last day that counts."""

    id: UUID
    began_on: date
    due_on: date
    counts_until: date | None = None


@dataclass(frozen=True)
class Amount:
    """What an entry is worth."""

    points: int = 0
    hours: Decimal = Decimal(0)

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.points + other.points, self.hours + other.hours)

    def __neg__(self) -> "Amount":
        return Amount(-self.points, -self.hours)

    def __bool__(self) -> bool:
        return bool(self.points or self.hours)


class Cause(StrEnum):
    """Why a line stands in the ledger."""

    BOOKED = "booked"
    REVERSED = "reversed"


@dataclass(frozen=True)
class Credit:
    """What an entry should count for: nothing when it is not, or no longer, accepted."""

    entry_id: UUID
    done_on: date
    amount: Amount


@dataclass(frozen=True)
class Booking:
    """One line: an amount of one entry in one period, negative where it takes back."""

    entry_id: UUID
    period_id: UUID
    amount: Amount
    cause: Cause


def chain(periods: Iterable[Period]) -> list[Period]:
    """The periods of one registration, the first one first."""
    return sorted(periods, key=lambda one: (one.began_on, one.counts_until is None, one.due_on, one.id))


def period_of(day: date, periods: Iterable[Period]) -> Period | None:
    """The period in which an activity of this day counts; None before the first (`outside-period`)."""
    in_order = chain(periods)
    if not in_order or day < in_order[0].began_on:
        return None
    return next((one for one in in_order if one.counts_until is None or day <= one.counts_until), None)


def counts_from(period: Period, periods: Iterable[Period]) -> date:
    """The first day that counts for a period: the day after the one before stopped counting."""
    before = [one.counts_until for one in chain(periods) if one.counts_until and one.began_on < period.began_on]
    return max([period.began_on, *(next_day(day) for day in before)])


def close(period: Period, decided_on: date) -> Period:
    """Closed by a renewal: it counts until the later of due date and decision; Refused("period-closed") when it is."""
    if period.counts_until is not None:
        raise Refused("period-closed")
    return replace(period, counts_until=max(period.due_on, decided_on))


def settle(credits: Iterable[Credit], periods: Sequence[Period], lines: Iterable[Booking]) -> list[Booking]:
    """The lines that are lacking for the books to say what is so; none when they do.

    The same for a first booking, a correction, a withdrawal, and a period that closed under a booked credit.
    """
    booked = balances(lines)
    lacking: list[Booking] = []
    for credit in credits:
        period = period_of(credit.done_on, periods)
        due = {period.id: credit.amount} if period and credit.amount else {}
        stands = booked.get(credit.entry_id, {})
        for period_id, amount in stands.items():
            if due.get(period_id) != amount:
                lacking.append(Booking(credit.entry_id, period_id, -amount, Cause.REVERSED))
        for period_id, amount in due.items():
            if stands.get(period_id) != amount:
                lacking.append(Booking(credit.entry_id, period_id, amount, Cause.BOOKED))
    return lacking


def balances(lines: Iterable[Booking]) -> Mapping[UUID, Mapping[UUID, Amount]]:
    """What stands for each entry, by period; what was taken back in full is not there."""
    sums: dict[UUID, dict[UUID, Amount]] = defaultdict(lambda: defaultdict(Amount))
    for line in lines:
        sums[line.entry_id][line.period_id] += line.amount
    return {
        entry: {period: amount for period, amount in by_period.items() if amount} for entry, by_period in sums.items()
    }


def total(lines: Iterable[Booking], period_id: UUID) -> Amount:
    """What a period comes to."""
    return sum((line.amount for line in lines if line.period_id == period_id), Amount())


def consumed_by(credits: Iterable[Credit], period: Period, periods: Sequence[Period], decided_on: date) -> list[UUID]:
    """The entries that a granted renewal uses up: what counted for the period on the day of the decision.

    Only as much as could be seen then: an activity after the decision was no part of it.
    """
    return [
        credit.entry_id
        for credit in credits
        if credit.amount and credit.done_on <= decided_on and period_of(credit.done_on, periods) == period
    ]


def why_not(day: date, periods: Sequence[Period]) -> str | None:
    """Why an activity of this day does not count for the running period: `outside-period`, `period-closed`, or None."""
    period = period_of(day, periods)
    if period is None:
        return OUTSIDE
    return CLOSED if period.counts_until is not None else None


def require_inside(day: date, periods: Sequence[Period]) -> None:
    """Refuse what can never count, while its owner can still correct it: Refused("outside-period")."""
    if period_of(day, periods) is None:
        raise Refused("outside-period")
