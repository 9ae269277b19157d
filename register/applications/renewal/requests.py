"""Postponement (uitstel) and change of level while an entry runs: their facts, and what the decision does."""

from core.decisions import Decision, Verdict
from core.law.terms import next_day
from core.store.work import Work
from register.applications import effect
from register.applications.facts import facts_for as facts_stated
from register.entries import queries as registrations
from register.entries.entry import move
from register.entries.models import Application
from register.entries.policy import REGISTRATION, ApplicationKind, Event
from register.portfolio import service as portfolio
from register.rules.assessment.facts import Facts, Kind, Level

KINDS = {ApplicationKind.POSTPONEMENT: Kind.POSTPONEMENT, ApplicationKind.LEVEL_CHANGE: Kind.LEVEL_CHANGE}


async def facts_for(work: Work, application: Application) -> Facts:
    """What the assessment gets to see: the running period, the post, and the ground or the proofs."""
    entry = await registrations.registration(work, application.registration_id)
    stated = await facts_stated(work, application)
    postponement = application.kind is ApplicationKind.POSTPONEMENT
    return Facts(
        register=entry.register_code.value,
        kind=KINDS[application.kind],
        decided_on=work.today,
        level=Level(entry.level) if entry.level else None,
        registered_on=entry.period_began_on,
        due_on=entry.due_on,
        appointed_on=stated.appointed_on,
        role=stated.role,
        statutory_director=stated.statutory_director,
        employer_responsibility=stated.employer_responsibility,
        proofs=None if postponement else stated.proofs,
        requested_months=application.requested_months,
        ground=application.ground,
    )


async def postpone(work: Work, decision: Decision) -> None:
    """A later due date for entry and period, whole or in part; refused, the due date does the rest (sterk-herreg)."""
    application = await effect.known(work, decision)
    entry = await registrations.registration(work, application.registration_id)
    if decision.outcome is Verdict.REFUSED or decision.due_on is None:
        return
    # What was wrongly refused works back: the history shows no gap after the old due date.
    back = next_day(entry.due_on) if decision.replaces and entry.due_on and entry.due_on < work.today else None
    await portfolio.postpone_period(work, entry, decision.due_on)
    await move(work, entry, Event.POSTPONE, holds_from=back, due_on=decision.due_on, decision_id=decision.id)


async def change_level(work: Work, decision: Decision) -> None:
    """Another predicate, the due date where it was (po-basis). A level is of no use to who is no longer registered."""
    application = await effect.known(work, decision)
    entry = await registrations.registration(work, application.registration_id)
    if decision.outcome is not Verdict.REFUSED and REGISTRATION.may(entry.status, Event.CHANGE_LEVEL):
        await move(work, entry, Event.CHANGE_LEVEL, level=decision.level or entry.level, decision_id=decision.id)
