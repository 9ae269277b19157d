"""Renewing an entry: what a file would give, and what the decision does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from core.decisions import Decision, Verdict
from core.errors import Refused
from core.law.days import add_years, next_day
from core.store.work import Work
from register.applications.renewal import queries
from register.applications.renewal.facts import File, gather, sector_known
from register.entries import queries as registrations
from register.entries.entry import move
from register.entries.models import Application
from register.entries.policy import APPLICATION, REGISTRATION, ApplicationEvent, ApplicationState, Event, Register
from register.portfolio import queries as portfolios
from register.portfolio import service as portfolio
from register.portfolio.dialogue.queries import stages
from register.portfolio.ledger import why_not
from register.portfolio.models import PortfolioEntry
from register.portfolio.queries import Portfolio
from register.rules.assessment.answer import Assessment, Line, Outcome
from register.rules.assessment.assess import assess_facts
from register.rules.assessment.facts import Facts, Qualification, Sector

GRANTED = frozenset({Verdict.GRANTED, Verdict.GRANTED_SHORTER, Verdict.PARTLY_GRANTED})


async def facts_for(work: Work, application: Application) -> Facts:
    """What the assessment gets to see of a renewal, decided today."""
    return await _facts(work, application, work.today)


async def assessment(work: Work, application: Application, decided_on: date) -> Assessment:
    """A renewal, assessed as if it were decided on that day."""
    return assess_facts(await _facts(work, application, decided_on), work.rules)


async def entries_behind(work: Work, application: Application) -> Sequence[PortfolioEntry]:
    """The entries behind the activities of a renewal, in their order."""
    return (await _file(work, application, work.today)).entries


async def _facts(work: Work, application: Application, decided_on: date) -> Facts:
    return (await _file(work, application, decided_on)).facts


async def _file(work: Work, application: Application, decided_on: date) -> File:
    entry = await registrations.registration(work, application.registration_id)
    found = await portfolios.portfolio_of(work, entry)
    known = application.state is ApplicationState.NOTIFIED
    renewed = await portfolios.period_renewed_by(work, application.id) if known else None
    return await gather(work, found, application, decided_on, renewed)


@dataclass(frozen=True)
class Reading:
    """One entry as the assessment reads it; `code` says why it does not count, or not in full."""

    entry: PortfolioEntry
    line: Line | None
    code: str | None
    used_on: date | None = None
    """The day of the renewal that it counted for."""
    past: bool = False
    """Done on a day that counts for a period before the running one, or for none."""


@dataclass(frozen=True)
class Step:
    """A rung of the ladder: with so many points, registered until that day."""

    points: int
    years: int
    due_on: date
    short: int


@dataclass(frozen=True)
class WhatIf:
    """What a renewal would give today."""

    decided_on: date
    assessment: Assessment
    readings: Sequence[Reading]
    ladder: Sequence[Step]
    sector: Sector | None = None
    """As it was stated, or as the schools of one's posts say it."""


async def what_if(work: Work, register: Register) -> WhatIf:
    """What one's own portfolio would give if it were decided today: line by line, and what is missing.

    NotFound("no-such-registration"); Refused("not-in-register") before there is anything to renew.
    """
    found = await portfolios.own_portfolio(work, register)
    if found.running is None:
        raise Refused("not-in-register", status=found.registration.status.value)
    application = await queries.open_renewal(work, found.registration.id)
    file = await gather(work, found, application, work.today)
    facts = file.facts
    if facts.sector is None and portfolios.rules_of(work, found).renewal.hours:
        facts = replace(facts, sector=await sector_known(work, found.registration.person_id))
    answer = assess_facts(facts, work.rules)
    if answer.missing:
        answer = _as_far_as_known(answer, assess_facts(_had_it_been_stated(facts), work.rules))
    lines = {entry.id: line for entry, line in zip(file.entries, answer.lines, strict=False)}
    points = sum(line.points for line in answer.lines)
    at_turn = await stages(work, found.entries.values())
    return WhatIf(work.today, answer, _readings(found, lines, at_turn), _ladder(work, found, points), facts.sector)


def _had_it_been_stated(facts: Facts) -> Facts:
    """As if enough had been worked, so that the lines and norms of a portfolio can be told before that is stated."""
    return replace(facts, qualifications=(Qualification(name="-", work_hours=Decimal(1_000_000)),))


def _as_far_as_known(answer: Assessment, otherwise: Assessment) -> Assessment:
    """The answer stands; lines, grounds and steps add what the portfolio lacks apart from what is not stated."""
    grounds = otherwise.grounds if otherwise.outcome is Outcome.REFUSED else ()
    return replace(
        answer,
        grounds=tuple(dict.fromkeys([*answer.grounds, *grounds])),
        explanation=(*answer.explanation, *otherwise.explanation),
        lines=otherwise.lines,
    )


def _readings(found: Portfolio, lines: Mapping[UUID, Line], at_turn: Mapping[UUID, str]) -> list[Reading]:
    """Every entry: with its line where the assessment saw it, else with what it waits for, or its state or day."""
    periods = [row.period() for row in found.periods]
    readings = []
    for entry in found.entries.values():
        line = lines.get(entry.id)
        out = found.why_not(entry, periods)
        code = line.code if line else found.waits.get(entry.id) or at_turn.get(entry.id, out)
        past = why_not(entry.done_on, periods) is not None
        readings.append(Reading(entry, line, code, found.used_on(entry, periods), past))
    return readings


def _ladder(work: Work, found: Portfolio, points: int) -> list[Step]:
    """Each rung with the day that it gives, from the due date that is renewed."""
    running = found.running
    if running is None:
        return []
    return [
        Step(rung.points, rung.years, add_years(running.due_on, rung.years), max(0, rung.points - points))
        for rung in portfolios.rules_of(work, found).renewal.ladder
    ]


async def take_effect(work: Work, decision: Decision) -> None:
    """What a decision on a renewal does once it is made known; also one that replaces another (Awb 7:11).

    Granted: the running period closes, uses up what counted, and the next runs from the old due date. Refused: the
    entry stays as it is, and its due date does the rest.
    """
    application = await queries.decided(work, decision.subject_id)
    if APPLICATION.may(application.state, ApplicationEvent.NOTIFY):
        application.state = APPLICATION.after(application.state, ApplicationEvent.NOTIFY)
        work.log("application:notify", application, decision=str(decision.id))
    entry = await registrations.registration(work, application.registration_id)
    if decision.outcome not in GRANTED or decision.due_on is None:
        if REGISTRATION.may(entry.status, Event.REFUSE_RENEWAL):
            await move(work, entry, Event.REFUSE_RENEWAL)
        return
    # An upheld objection renews from the old due date: the history shows no gap.
    back = next_day(entry.due_on) if decision.replaces and entry.due_on and entry.due_on < work.today else None
    following = await portfolio.close_period(work, entry, decision, decision.due_on)
    await move(
        work,
        entry,
        Event.RENEW,
        holds_from=back,
        level=decision.level or entry.level,
        period_began_on=following.began_on,
        due_on=following.due_on,
        decision_id=decision.id,
    )
