"""The room that brings applications to the committee: what the rules make of each, and the decision that follows."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth.actor import Actor
from core.decisions import Decision, Verdict, case_number, take
from core.errors import Forbidden, NotFound, Refused
from core.panel.service import PanelItem, PanelSession
from core.panel.votes import Outcome as Votes
from core.panel.votes import Tally
from core.records import filled
from core.store.work import Work
from register.applications import service as registration
from register.applications.intake import service as intake
from register.applications.renewal import qualifications
from register.applications.renewal.cases import facts_of
from register.applications.renewal.decision_snapshot import facts_as_json, result_as_json
from register.committee.cases import Case, CaseSource
from register.committee.doubts import service as doubts
from register.committee.ruling import NewRuling
from register.committee.sessions.policy import Proposal, rule
from register.entries import queries as registrations
from register.entries.models import Application
from register.entries.policy import APPLICATION, ApplicationEvent, ApplicationState, Route
from register.rules.assessment.answer import Assessment, Outcome
from register.rules.assessment.assess import assess_facts
from register.rules.assessment.facts import Facts


async def cases(work: Work, ids: Collection[UUID]) -> Sequence[Case]:
    """The applications among these cases."""
    rows = await work.session.exec(select(Application).where(col(Application.id).in_(list(ids))))
    return [_case(row) for row in rows]


def _case(row: Application) -> Case:
    return filled(
        Case,
        row,
        room=registration.CASE,
        kind=row.kind.value,
        register=row.register_code,
        decide_by=row.decision_due_on,
    )


async def ready_for_session(work: Work, most: int) -> Sequence[Case]:
    """Applications in review, the nearest term first; one's own is not among them."""
    wanted = select(Application).where(Application.state == ApplicationState.IN_REVIEW)
    if isinstance(work.actor, Actor):
        wanted = wanted.where(Application.person_id != work.actor.person_id)
    nearest = (sa.func.coalesce(Application.decision_due_on, work.today), col(Application.id))
    return [_case(row) for row in await work.session.exec(wanted.order_by(*nearest).limit(most))]


async def put_on(work: Work, id: UUID) -> None:
    """An application that is in review stands on an agenda; Refused: `wrong-state`, `second-opinion-needed`."""
    application = await registrations.application(work, id)
    if isinstance(work.actor, Actor) and work.actor.person_id == application.person_id:
        raise Forbidden("own-case")
    await intake.require_read_twice(work, application)
    application.state = APPLICATION.after(application.state, ApplicationEvent.LIST)
    work.log("application:list", application)


async def send_back(work: Work, id: UUID, session_id: UUID) -> None:
    """Back in review, for another session."""
    application = await _application(work, id)
    application.state = APPLICATION.after(application.state, ApplicationEvent.RETURN)
    work.log("application:return", application, session=str(session_id))


async def _application(work: Work, id: UUID) -> Application:
    found = await work.session.get(Application, id)
    if found is None:
        raise NotFound("no-such-application")
    return found


async def assessed(work: Work, application: Application) -> tuple[Facts, Assessment]:
    """The facts of an application today, and what the rules make of them."""
    facts = await facts_of(work, application)
    return facts, assess_facts(facts, work.rules)


async def summary(work: Work, id: UUID, on: date) -> dict[str, Any]:
    """What the rules make of it today, in a few words; read again when the session opens."""
    application = await _application(work, id)
    _, answer = await assessed(work, application)
    drawn = {} if application.sampled is None else {"sampled": application.sampled}
    return summary_of(answer, on) | drawn | {"reckoned_on": work.today.isoformat()}


def summary_of(answer: Assessment, on: date) -> dict[str, Any]:
    """An assessment as it stands on an agenda."""
    granted = answer.outcome.value != "refused"
    return {
        "outcome": answer.outcome.value,
        "level": answer.level if granted else None,
        "due_on": answer.due_on.isoformat() if granted and answer.due_on else None,
        "grounds": list(answer.grounds),
        "on": on.isoformat(),
    }


async def decide(work: Work, item: PanelItem, session: PanelSession, tally: Tally, new: NewRuling) -> Decision:
    """The decision that follows from votes and rules.

    Refused: `rules-refuse`, `assessment-changed` (members voted on another outcome: take it to the next session);
    and as doubts.heard; Invalid: `unknown-ground`, `level-needed`, `decision-incomplete`.
    """
    application = await _application(work, item.case_id)
    state = APPLICATION.after(application.state, ApplicationEvent.DECIDE)
    decision, facts = await _drawn_up(work, item, session, tally.outcome, new)
    application.state = state
    await take(work, decision)
    due_on = decision.due_on.isoformat() if decision.due_on else None
    item.summary = {**item.summary, "level": decision.level, "due_on": due_on}  # the agenda says what was decided
    work.log("session:summary", item, stream=session.stream(), outcome=decision.outcome.value)
    await qualifications.take_each(work, application, decision, facts)
    work.log("application:decide", application, decision=str(decision.id))
    return decision


async def draft(work: Work, item: PanelItem, session: PanelSession, votes: Votes, new: NewRuling) -> Decision:
    """The decision that would follow, for the letter before it is taken; refused as `decide`."""
    return (await _drawn_up(work, item, session, votes, new))[0]


async def _drawn_up(
    work: Work, item: PanelItem, session: PanelSession, votes: Votes, new: NewRuling
) -> tuple[Decision, Facts]:
    application = await _application(work, item.case_id)
    facts, answer = await assessed(work, application)
    seen = item.summary.get("outcome")
    if seen is not None and (seen, item.summary["grounds"]) != (answer.outcome.value, list(answer.grounds)):
        raise Refused("assessment-changed", before=seen, now=answer.outcome.value)
    rules = work.rules.chosen(application.register_code.value, work.today)
    ruling = rule(
        votes,
        answer,
        Proposal(new.reasons, new.grounds, new.repair, new.level),
        free_form=application.route is Route.FREE_FORM,
        decided_on=work.today,
        years=rules.period_years,
        levels=rules.levels,
    )
    said = ""
    if ruling.outcome is Outcome.REFUSED:
        said = await doubts.heard(work, application, ruling.grounds, new.answer)
    decision = Decision(
        number=case_number("B", work.today),
        kind=application.kind.value,
        subject_kind=registration.CASE,
        subject_id=application.id,
        person_id=application.person_id,
        register_code=application.register_code.value,
        outcome=Verdict(ruling.outcome.value),
        level=ruling.level,
        due_on=ruling.due_on,
        grounds=" ".join(ruling.grounds),
        reasons=new.reasons + said,
        repair=new.repair,
        rule_set=answer.rule_set or rules.name,
        facts=facts_as_json(facts),
        result=result_as_json(answer),
        taken_by=f"panel_session/{session.id}",
        taken_in=session.id,
        decided_on=work.today,
    )
    return decision, facts


SOURCE = CaseSource(registration.CASE, cases, ready_for_session, put_on, send_back, summary, decide, draft)
