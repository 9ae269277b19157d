"""The calculator of hours and budgets: from a table as a stranger sends it to the answer of `bekwaam entitlement`.

In: `{"cao", "role", "from", "until", "fte", "saving", "on", "spent": [{"on", "eur", "hours", "kind"}]}`. A factor,
euros and hours may be numbers or their digits as text; null is the same as absent. Where nobody says how:

- factors are taken by their day, in whatever order they are given; two of one day contradict each other, and one of
  before the first day of the appointment holds on that day;
- euros and hours have two decimals at most, as the answer has; trailing zeros are no decimals;
- refused lines stand in the order in which they were looked at: by day, then in the order given.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal

from core.law.caos import Cao
from register.rules import answering
from register.rules.entitlement.policy import (
    MOST_FACTOR,
    NONE,
    Appointment,
    Entitlement,
    Kind,
    Role,
    Spending,
    Year,
    entitlement,
)
from register.rules.reading import Reader, Wrong

FACTOR_DECIMALS = 4
MOST_LINES = 10_000
MOST_ITEMS = 100
"""In one request by web; a command reads as many as there are."""

Question = tuple[Appointment, Cao, tuple[Spending, ...], date]


def run(text: str, caos: Mapping[str, Cao], most: int | None = None) -> tuple[str, int]:
    """JSON in, JSON (ASCII) out, exit code: one request or an array of them, each answered in its place."""
    return answering.run(text, lambda item: answer(item, caos), most)


def answer(item: object, caos: Mapping[str, Cao]) -> answering.Answer:
    """One request as decoded from JSON; `{"errors": [{"field", "code", "detail"}]}` when it cannot be read."""
    question = question_from(item, caos)
    return answering.errors(question) if isinstance(question, list) else as_dict(entitlement(*question))


def question_from(item: object, caos: Mapping[str, Cao]) -> Question | list[Wrong]:
    """What is asked, or everything that is wrong with it."""
    if not isinstance(item, Mapping):
        return [Wrong("", "not-an-object", "state an object with cao, role, from, fte and on")]
    wrong: list[Wrong] = []
    reader = Reader(item, wrong)
    cao = reader.one_of("cao", sorted(caos))
    role = reader.choice("role", Role)
    from_on, until_on, on = (reader.day(key) for key in ("from", "until", "on"))
    factors = _factors(reader, from_on)
    saving = reader.flag("saving")
    spent = reader.rows("spent", _spending, MOST_LINES) or ()
    for key in ("cao", "role", "from", "fte", "on"):
        reader.require(key, None)
    if from_on and on and on < from_on:
        reader.refuse("on", "before-from", "state a day on or after from")
    if from_on and until_on and until_on < from_on:
        reader.refuse("until", "before-from", "state a last day on or after from, or null while it goes on")
    reader.close()
    if wrong or cao is None or role is None or from_on is None or on is None:
        return wrong
    saved = role.of_direction if saving is None else saving
    return Appointment(role, from_on, until_on, factors, saved), caos[cao], spent, on


def _factors(reader: Reader, from_on: date | None) -> tuple[tuple[date, Decimal], ...]:
    """One factor for all days, or a list of them by the day from which each holds."""
    if not isinstance(reader.value("fte"), list):
        factor = _factor(reader)
        return ((from_on, factor),) if from_on and factor is not None else ()
    rows = reader.rows("fte", _dated_factor, MOST_LINES) or ()
    factors = sorted(each for each in rows if each is not None)
    days = [since for since, _ in factors]
    if reader.value("fte") == []:
        reader.refuse("fte", "empty", "state a factor that holds on the first day of the appointment")
    elif len(set(days)) < len(days):
        reader.refuse("fte", "contradiction", "state one factor for a day")
    elif from_on and days and days[0] > from_on:
        reader.refuse("fte", "after-from", "state a factor that holds on the first day of the appointment")
    return tuple(factors)


def _dated_factor(reader: Reader) -> tuple[date, Decimal] | None:
    since, factor = reader.day("from"), _factor(reader)
    reader.require("from", since)
    reader.require("fte", factor)
    return None if since is None or factor is None else (since, factor)


def _factor(reader: Reader) -> Decimal | None:
    factor = reader.number("fte", FACTOR_DECIMALS, written=True)
    if factor is not None and factor > MOST_FACTOR:
        reader.refuse("fte", "out-of-range", f"state a factor from 0 to {MOST_FACTOR}")
    return factor


def _spending(reader: Reader) -> Spending:
    on = reader.day("on")
    reader.require("on", on)
    return Spending(
        on=on or date.min,
        eur=reader.number("eur", written=True) or NONE,
        hours=reader.number("hours", written=True) or NONE,
        kind=reader.choice("kind", Kind) or Kind.OWN,
    )


def as_dict(found: Entitlement) -> answering.Answer:
    """As the calculator answers it: money and hours as text with two decimals."""
    return {
        "years": [{one.name: _said(getattr(year, one.name)) for one in fields(Year)} for year in found.years],
        "available_eur": _said(found.available_eur),
        "available_hours": _said(found.available_hours),
        "to_general_budget_eur": _said(found.to_general_budget_eur),
        "refused": [{"line": line, "code": code} for line, code in found.refused],
        "steps": [{"rule": step.rule, "why": step.why} for step in found.steps],
    }


def _said(value: object) -> object:
    return f"{value:.2f}" if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value
