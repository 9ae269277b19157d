"""What if: what hours that a teacher did not log yet would make of a renewal; nothing of it is stored."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from pydantic import Field

from auth.schemas import Schema
from core.errors import Invalid, Refused
from core.records import filled
from core.store.work import Work
from register.applications.renewal import queries
from register.applications.renewal.facts import gather, sector_known
from register.entries.policy import Register
from register.entries.schemas import Worked
from register.portfolio import queries as portfolios
from register.portfolio.policy import Measure, Norm, measure_of, norms_of
from register.portfolio.schemas import Hours
from register.rules.assessment.answer import Assessment
from register.rules.assessment.assess import assess_facts
from register.rules.assessment.facts import Activity, Category, Qualification, Sector, Valuation

WORKED_ENOUGH = Decimal(1_000_000)


class MoreHours(Schema):
    """Hours that are not in the portfolio yet, and what they would be about."""

    category: Category
    hours: Hours


class Supposition(Schema):
    """What to suppose. The sector says which norms hold; hours worked are left out of it where they are not said."""

    register_code: Register
    sector: Sector | None = None
    work_hours: Annotated[Decimal, Field(ge=0), Worked] | None = None
    """For each qualification, in the running period."""
    hours: Annotated[list[MoreHours], Field(max_length=20)] = []


@dataclass(frozen=True)
class Supposed:
    """What it would give if it were decided today, and each norm with what it would come to."""

    assessment: Assessment
    norms: Sequence[Norm]


class SupposedNorm(msgspec.Struct, frozen=True):
    """A norm (rl-herreg): what there would be, what it takes, and what would still be short, in hours."""

    name: str
    have: float
    need: float
    short: float


class SupposedView(msgspec.Struct, frozen=True):
    """What a renewal would give with the hours that were supposed."""

    register_code: str
    outcome: str
    due_on: date | None
    grounds: Sequence[str]
    missing: Sequence[str]
    rule_set: str | None
    norms: Sequence[SupposedNorm]


async def suppose(work: Work, what: Supposition) -> Supposed:
    """The portfolio as it stands, with the hours that are supposed, as if they were done today.

    NotFound("no-such-registration"); Refused("not-in-register"); Invalid("hours-not-counted") in a register of points.
    """
    found = await portfolios.own_portfolio(work, what.register_code)
    if found.running is None:
        raise Refused("not-in-register", status=found.registration.status.value)
    rules = portfolios.rules_of(work, found)
    if measure_of(rules) is not Measure.HOURS:
        raise Invalid("hours-not-counted", [("register_code", "hours-not-counted")])
    application = await queries.open_renewal(work, found.registration.id)
    facts = (await gather(work, found, application, work.today)).facts
    more = tuple(
        Activity(hours=each.hours, category=each.category, valuation=Valuation.NOT_VALIDATED, done_on=work.today)
        for each in what.hours
        if each.hours
    )
    sector = what.sector or facts.sector or await sector_known(work, found.registration.person_id)
    facts = replace(facts, activities=(*(facts.activities or ()), *more), sector=sector)
    if what.work_hours is not None or facts.qualifications is None:
        worked = WORKED_ENOUGH if what.work_hours is None else what.work_hours
        facts = replace(facts, qualifications=(Qualification(name="-", work_hours=worked),))
    hours: dict[Category | None, Decimal] = defaultdict(Decimal)
    for activity in facts.activities or ():
        hours[activity.category] += activity.hours or 0
    norms = norms_of(rules, 0, 0, hours)
    held = [norm for norm in norms if not norm.sectors or facts.sector in norm.sectors]
    return Supposed(assess_facts(facts, work.rules), held)


def supposed_view(register: Register, found: Supposed) -> SupposedView:
    """The answer as JSON."""
    answer = found.assessment
    return filled(
        SupposedView,
        answer,
        register_code=register.value,
        norms=[SupposedNorm(each.name, float(each.have), float(each.need), float(each.short)) for each in found.norms],
    )
