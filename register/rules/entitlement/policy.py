"""Hours and budgets for professional development by a cao: granted by the year, spent by the day, lapsed or moved.

Amounts are those of the cao's table (`core/law/caos.py`). Decimal arithmetic only: what belongs to the months of a year
is summed first, and rounded half up once, to the cent and to the hundredth of an hour.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.law.caos import Cao

NONE = Decimal("0.00")
HUNDREDTH = Decimal("0.01")
MONTHS = 12
MOST_FACTOR = Decimal("1.2")
OUTSIDE, OVER = "outside-appointment", "over-budget"
"""Why a line of spending is refused: its day is not of the appointment, or there is less than it asks."""


class Role(StrEnum):
    """The function that somebody is appointed in; director and deputy are the direction."""

    TEACHER = "teacher"
    SUPPORT = "support"
    DIRECTOR = "director"
    DEPUTY = "deputy"

    @property
    def of_direction(self) -> bool:
        """Has the budget of the direction: whatever the factor, and what is not spent moves."""
        return self in {Role.DIRECTOR, Role.DEPUTY}


class Kind(StrEnum):
    """Whose choice an activity was: what the employer assigns, the employer pays."""

    OWN = "own"
    ASSIGNED = "assigned"


@dataclass(frozen=True)
class Appointment:
    """An appointment with its working-time factors: each with the day it holds from, the earliest first."""

    role: Role
    from_on: date
    until_on: date | None
    factors: tuple[tuple[date, Decimal], ...]
    saving: bool

    def runs_on(self, day: date) -> bool:
        """Its last day is included."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def factor_on(self, day: date) -> Decimal:
        """The working-time factor (werktijdfactor) that holds on a day."""
        at = bisect_right(self.factors, day, key=lambda each: each[0])
        return self.factors[at - 1][1] if at else NONE

    def months_of(self, year: int) -> list[Decimal]:
        """The factors on the first days of months on which it runs."""
        firsts = [date(year, month, 1) for month in range(1, MONTHS + 1)]
        return [self.factor_on(day) for day in firsts if self.runs_on(day)]

    def last_of(self, year: int) -> date:
        """31 December of a year, or the last day when that comes first."""
        end = date(year, 12, 31)
        return end if self.until_on is None else min(end, self.until_on)


@dataclass(frozen=True)
class Spending:
    """One line: what an activity of a day asked, in euros and hours."""

    on: date
    eur: Decimal = NONE
    hours: Decimal = NONE
    kind: Kind = Kind.OWN


@dataclass(frozen=True)
class Step:
    """One rule that was applied: the code of why, with its facts."""

    rule: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def why(self) -> str:
        return SENTENCES[self.code].format_map(self.facts)


SENTENCES = {
    "no-figures": "{year}: {cao} has amounts from {first} and none for years before it",
    "eur-by-factor": "{year}: {amount} euros x {factors:f} (the factors of {months} months together) / 12 = {granted}",
    "eur-by-month": "{year}: {amount} euros x {months} months / 12, whatever the factor = {granted}",
    "hours": "{year}: {amount} hours x {factors:f} (the factors of {months} months together) / 12 = {granted}",
    "eur-moved": "{year}: {left} euros were not spent by {expires_on} and move to the general training budget",
    "eur-lapsed": "{year}: {left} euros were not spent by {expires_on} and lapse",
    "hours-lapsed": "{year}: {left} hours were not spent by {expires_on} and lapse",
}


@dataclass(frozen=True)
class Year:
    """One year: what was granted is what was spent, is left, has lapsed and has moved, to the cent and hundredth."""

    year: int
    eur: Decimal
    eur_spent: Decimal
    eur_left: Decimal
    eur_lapsed: Decimal
    eur_moved: Decimal
    expires_on: date
    hours: Decimal
    hours_spent: Decimal
    hours_left: Decimal
    hours_lapsed: Decimal


@dataclass(frozen=True)
class Entitlement:
    """What somebody has on a day; `refused` has the place of a line among those given, and why."""

    years: tuple[Year, ...]
    refused: tuple[tuple[int, str], ...]
    steps: tuple[Step, ...]

    @property
    def available_eur(self) -> Decimal:
        return sum((year.eur_left for year in self.years), NONE)

    @property
    def available_hours(self) -> Decimal:
        return self.years[-1].hours_left

    @property
    def to_general_budget_eur(self) -> Decimal:
        """What the direction did not spend in time goes to the general training budget of the board."""
        return sum((year.eur_moved for year in self.years), NONE)


@dataclass
class _Budget:
    """A year while it is spent from: `expires_on` is of its euros, `hours_until` of its hours."""

    year: int
    opens_on: date
    expires_on: date
    hours_until: date
    eur: Decimal
    hours: Decimal
    eur_spent: Decimal = NONE
    hours_spent: Decimal = NONE

    @property
    def eur_left(self) -> Decimal:
        return self.eur - self.eur_spent

    @property
    def hours_left(self) -> Decimal:
        return self.hours - self.hours_spent

    def is_open(self, day: date) -> bool:
        return self.opens_on <= day <= self.expires_on


def entitlement(appointment: Appointment, cao: Cao, spent: Sequence[Spending], on: date) -> Entitlement:
    """What was granted from the year of the first day to that of `on`, and what became of it up to and including `on`.

    Years after the last day are there too, without anything. Of spending, the lines of one day count in the order
    given, and lines after `on` are not looked at: neither taken nor refused.
    """
    steps: list[Step] = []
    years = range(appointment.from_on.year, on.year + 1)
    budgets = {year: _granted(appointment, cao, year, steps) for year in years}
    refused = []
    for line, one in sorted(enumerate(spent), key=lambda each: each[1].on):
        if one.on <= on and (code := _spend(appointment, budgets, one)):
            refused.append((line, code))
    closed = [_closed(budget, appointment.role, on) for budget in budgets.values()]
    steps += (step for year in closed for step in _closing(year, budgets[year.year].hours_until, cao))
    return Entitlement(tuple(closed), tuple(refused), tuple(steps))


def _granted(appointment: Appointment, cao: Cao, year: int, steps: list[Step]) -> _Budget:
    """The budget of a whole year, as far as it is known from the first day, the last day and the factors."""
    saved = int(cao.figure("saving-years", year).amount) if appointment.saving else 0
    budget = _Budget(
        year,
        max(date(year, 1, 1), appointment.from_on),
        appointment.last_of(year + saved),
        appointment.last_of(year),
        NONE,
        NONE,
    )
    if year < cao.first_year:
        steps.append(Step(cao.name, "no-figures", {"year": year, "cao": cao.name, "first": cao.first_year}))
        return budget
    factors = appointment.months_of(year)
    known = {"year": year, "months": len(factors), "factors": sum(factors, NONE).normalize()}
    direction = appointment.role.of_direction
    euros = cao.figure("eur-direction" if direction else "eur-staff", year)
    hours = cao.figure("hours", year)
    budget.eur = _twelfths(euros.amount, Decimal(len(factors)) if direction else sum(factors, NONE))
    budget.hours = _twelfths(hours.amount, sum(factors, NONE))
    by = "eur-by-month" if direction else "eur-by-factor"
    steps.append(Step(euros.article, by, {**known, "amount": euros.amount, "granted": budget.eur}))
    steps.append(Step(hours.article, "hours", {**known, "amount": hours.amount, "granted": budget.hours}))
    return budget


def _twelfths(amount: Decimal, months: Decimal) -> Decimal:
    return (amount * months / MONTHS).quantize(HUNDREDTH, ROUND_HALF_UP)


def _spend(appointment: Appointment, budgets: dict[int, _Budget], one: Spending) -> str | None:
    """Why a line is refused, and None once it has taken what it asks: hours of its year, euros of the oldest first.

    The euros may come from several open budgets together: one that has less gives all, and the next the rest. A day
    outside the appointment is refused whoever pays.
    """
    if not appointment.runs_on(one.on):
        return OUTSIDE
    if one.kind is Kind.ASSIGNED:
        return None
    of_its_year = budgets[one.on.year]
    open_then = [budget for budget in budgets.values() if budget.is_open(one.on)]
    if of_its_year.hours_left < one.hours or sum((each.eur_left for each in open_then), NONE) < one.eur:
        return OVER
    of_its_year.hours_spent += one.hours
    _take(one.eur, open_then)
    return None


def _take(eur: Decimal, oldest_first: Iterable[_Budget]) -> None:
    for budget in oldest_first:
        taken = min(eur, budget.eur_left)
        budget.eur_spent += taken
        eur -= taken


def _closed(budget: _Budget, role: Role, on: date) -> Year:
    """As it stands on a day: on its last day a budget is still open, the day after what is left has gone."""
    gone = budget.eur_left if budget.expires_on < on else NONE
    hours_gone = budget.hours_left if budget.hours_until < on else NONE
    return Year(
        year=budget.year,
        eur=budget.eur,
        eur_spent=budget.eur_spent,
        eur_left=budget.eur_left - gone,
        eur_lapsed=NONE if role.of_direction else gone,
        eur_moved=gone if role.of_direction else NONE,
        expires_on=budget.expires_on,
        hours=budget.hours,
        hours_spent=budget.hours_spent,
        hours_left=budget.hours_left - hours_gone,
        hours_lapsed=hours_gone,
    )


def _closing(year: Year, hours_until: date, cao: Cao) -> Iterator[Step]:
    """A step for each thing that closed with something left."""
    gone = (
        ("eur-moved", year.eur_moved, year.expires_on),
        ("eur-lapsed", year.eur_lapsed, year.expires_on),
        ("hours-lapsed", year.hours_lapsed, hours_until),
    )
    for code, left, expires_on in gone:
        if left:
            yield Step(cao.name, code, {"year": year.year, "left": left, "expires_on": expires_on})
