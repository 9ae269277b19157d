"""The facts of a renewal: from the entry, the ledger, the post and the request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.records import filled
from core.store.work import Work
from register.applications.facts import facts_for as facts_stated
from register.entries import queries as registrations
from register.entries.models import Application
from register.portfolio.ledger import Amount, balances, period_of
from register.portfolio.models import PortfolioEntry, PortfolioPeriod, hours_of
from register.portfolio.policy import COUNTING, Measure, measure_of
from register.portfolio.queries import Portfolio, rules_of
from register.rules.assessment.facts import Activity, Facts, Kind, Level, Qualification, Sector
from register.schools import queries as schools


@dataclass(frozen=True)
class File:
    """The facts, and the entries behind its activities: those that count for the running period, in the same order."""

    facts: Facts
    entries: Sequence[PortfolioEntry]


async def gather(
    work: Work,
    found: Portfolio,
    application: Application | None,
    decided_on: date,
    renewed: PortfolioPeriod | None = None,
) -> File:
    """What the assessment gets to see if a renewal were decided on that day.

    Of the running period; `renewed` names the one that a decision closed, when that decision is looked at again.
    """
    entry, running = found.registration, renewed or found.running
    posts = await registrations.appointments(work, entry.person_id)
    post = next((each for each in posts if each.ended_on is None or each.ended_on >= decided_on), None)
    entries = counting(found, running)
    stated = await facts_stated(work, application) if application else None
    facts = Facts(
        register=entry.register_code.value,
        kind=Kind.REREGISTRATION,
        decided_on=decided_on,
        level=Level(entry.level) if entry.level else None,
        registered_on=running.began_on if running else entry.period_began_on,
        due_on=running.due_on if running else entry.due_on,
        appointed_on=post.appointed_on if post else None,
        role=post.role if post else None,
        statutory_director=post.statutory_director if post else None,
        employer_responsibility=post.employer_responsibility if post else None,
        proofs=(stated.proofs if stated else None) or (),
        activities=_activities(work, found, entries),
        sector=application.sector if application else None,
        qualifications=_qualifications(application),
    )
    return File(facts, entries)


async def sector_known(work: Work, person_id: UUID) -> Sector | None:
    """Where somebody teaches by the schools of their posts, before they state it; None where that is not certain."""
    posts = await registrations.appointments(work, person_id)
    running = {each.location_code for each in posts if each.ended_on is None or each.ended_on >= work.today}
    found = await schools.sectors_at(work, running)
    return found.pop() if len(found) == 1 else None


def counting(found: Portfolio, running: PortfolioPeriod | None) -> list[PortfolioEntry]:
    """The accepted entries of a period."""
    if running is None:
        return []
    periods = [row.period() for row in found.periods]
    accepted = [each for each in found.entries.values() if each.state in COUNTING]
    return [each for each in accepted if period_of(each.done_on, periods) == running.period()]


def _activities(work: Work, found: Portfolio, entries: Sequence[PortfolioEntry]) -> tuple[Activity, ...]:
    """What the ledger says, entry by entry; a register counts in points or in hours and knows nothing of the other."""
    booked = balances(row.booking() for row in found.lines)
    in_hours = measure_of(rules_of(work, found)) is Measure.HOURS
    return tuple(_activity(each, sum(booked.get(each.id, {}).values(), Amount()), in_hours) for each in entries)


def _activity(entry: PortfolioEntry, worth: Amount, in_hours: bool) -> Activity:
    return filled(
        Activity,
        entry,
        kind=entry.kind.value,
        points=None if in_hours else worth.points,
        hours=worth.hours if in_hours else None,
        contact_hours=hours_of(entry.contact_hundredths),
        themes=frozenset(entry.themes),
    )


def _qualifications(application: Application | None) -> tuple[Qualification, ...] | None:
    """What a teacher may teach, with the hours worked in it; unknown until it is stated."""
    stated = application.qualifications if application else []
    return tuple(Qualification(name=each["name"], work_hours=_worked(each)) for each in stated) or None


def _worked(stated: dict[str, Any]) -> Decimal | None:
    hours = stated.get("work_hours")
    return None if hours is None else Decimal(str(hours))
