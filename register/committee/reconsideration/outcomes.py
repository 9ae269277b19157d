"""What a dispute may put in the place of a decision: the same request, assessed anew on what was found otherwise."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import col, select

from accreditation.committee import service as accreditors
from accreditation.courses import ruling as courses
from accreditation.courses.schemas import NewCourseRuling
from accreditation.institutional import service as institutional
from accreditation.institutional.schemas import NewInstitutionalDecision
from accreditation.providers import service as providers
from accreditation.providers.schemas import NewAdmission
from appeals.ports import Matter, Proposal
from core.decisions import Decision, DecisionState, Verdict, case_number, round_of
from core.errors import Invalid, Refused
from core.law.days import add_years
from core.panel.votes import Outcome as Votes
from core.store.work import Work
from register.applications.renewal import qualifications
from register.applications.renewal.cases import facts_of
from register.applications.renewal.decision_snapshot import facts_as_json
from register.applications.silence import service as silence
from register.committee.sessions.policy import Proposal as Written
from register.committee.sessions.policy import rule
from register.entries import queries as registrations
from register.entries.models import Application, Qualification
from register.entries.policy import ApplicationKind, Register, Route
from register.notification import service as decisions
from register.portfolio.models import PortfolioEntry
from register.portfolio.valuation import KIND as VALUATION
from register.rules.assessment.assess import assess_facts
from register.rules.assessment.facts import Facts, Proof
from register.rules.assessment.parsing import facts_from

ASSESSED = frozenset(kind.value for kind in ApplicationKind)
FOUND = ("issued_on", "ects", "accredited_from", "accredited_until", "recognised")
_JSON = msgspec.json.Encoder(decimal_format="number")


async def reconsider(work: Work, earlier: Decision, new: Proposal) -> Decision:
    """The decision that takes the place of another one; it is not taken yet.

    Refused: `rules-refuse` (the rules do not give it, on what was found), `not-reconsidered` (nothing comes in the
    place of such a kind), `wrong-state`; Invalid: `points-missing`, `level-needed`, `unknown-ground`, `level-by-rules`
    (another than the rules give), and what its room refuses when it decides.
    """
    if earlier.kind not in ANEW:
        raise Refused("not-reconsidered", kind=earlier.kind)
    return await ANEW[earlier.kind](work, earlier, new)


async def _application(work: Work, earlier: Decision, new: Proposal) -> Decision:
    application = await work.session.get_one(Application, earlier.subject_id)
    return await _assessed(work, earlier, new, application, await facts_of(work, application))


async def _qualification(work: Work, earlier: Decision, new: Proposal) -> Decision:
    """One of more, by itself."""
    row = await work.session.get_one(Qualification, earlier.subject_id)
    application = await work.session.get_one(Application, row.application_id)
    facts = await facts_of(work, application)
    alone = tuple(one for one in facts.qualifications or () if one.name == row.name)
    return await _assessed(work, earlier, new, application, replace(facts, qualifications=alone))


async def _assessed(work: Work, earlier: Decision, new: Proposal, application: Application, facts: Facts) -> Decision:
    """As of the day of the decision that is replaced, so that a period leaves no gap (Awb 7:11)."""
    facts = _as_found(replace(as_it_stood(facts, earlier), decided_on=as_of(earlier)), new)
    assessed = assess_facts(facts, work.rules)
    rules = work.rules.chosen(application.register_code.value, as_of(earlier))
    ruling = rule(
        Votes.LOST if new.grounds else Votes.CARRIED,
        assessed,
        Written(new.reasons, new.grounds, new.repair, new.level),
        free_form=application.route is Route.FREE_FORM,
        decided_on=as_of(earlier),
        years=rules.period_years,
        levels=rules.levels,
    )
    if new.level and new.level != ruling.level:
        raise Invalid("level-by-rules", [("level", "level-by-rules")], level=ruling.level or "")
    return await _following(
        earlier,
        new,
        work,
        outcome=Verdict(ruling.outcome.value),
        level=ruling.level,
        due_on=ruling.due_on,
        grounds=" ".join(ruling.grounds),
        rule_set=assessed.rule_set or rules.name,
        facts=facts_as_json(facts),
        result=msgspec.json.decode(_JSON.encode(assessed.as_dict())),
    )


def as_of(earlier: Decision) -> date:
    """The day that the contested decision was about: its own, or that of the first one in the chain."""
    return date.fromisoformat(earlier.facts["decided_on"]) if earlier.facts.get("decided_on") else earlier.decided_on


def as_it_stood(facts: Facts, earlier: Decision) -> Facts:
    """Where the entry stood before a decision that gave something, and proofs as they were found otherwise before."""
    kept = facts_from({name: value for name, value in earlier.facts.items() if name != "rule_set"}, tuple(Register))
    if not isinstance(kept, Facts):
        return facts
    if earlier.outcome is not Verdict.REFUSED or earlier.kind == qualifications.KIND:  # the entry moved with the rest
        facts = replace(facts, level=kept.level, registered_on=kept.registered_on, due_on=kept.due_on)
    return replace(facts, proofs=kept.proofs) if earlier.replaces else facts


def _as_found(facts: Facts, new: Proposal) -> Facts:
    """What the handling found otherwise, in the first proof, or in hours that were worked."""
    if new.work_hours is not None and len(facts.qualifications or ()) == 1:
        worked = replace((facts.qualifications or ())[0], work_hours=new.work_hours)
        facts = replace(facts, qualifications=(worked,))
    otherwise = {name: getattr(new, name) for name in FOUND if getattr(new, name) is not None}
    if not otherwise or not facts.proofs:
        return facts
    first: Proof = replace(facts.proofs[0], **otherwise)
    return replace(facts, proofs=(first, *facts.proofs[1:]))


async def _valuation(work: Work, earlier: Decision, new: Proposal) -> Decision:
    if new.points is None and new.hours is None:
        raise Invalid("points-missing", [("points", "points-missing")])
    entry = await work.session.get_one(PortfolioEntry, earlier.subject_id)
    given = new.points if new.points is not None else new.hours
    claimed = entry.claimed_points if new.points is not None else Decimal(entry.claimed_hundredths or 0) / 100
    result: dict[str, Any] = {"points": new.points} if new.points is not None else {"hours": str(new.hours)}
    less = bool(new.grounds) or (claimed or 0) > (given or 0)
    outcome = Verdict.REFUSED if not given else Verdict.PARTLY_GRANTED if less else Verdict.GRANTED
    return await _following(
        earlier,
        new,
        work,
        outcome=outcome,
        grounds=" ".join(new.grounds),
        rule_set=earlier.rule_set,
        facts=earlier.facts,
        result=result,
    )


async def _course(work: Work, earlier: Decision, new: Proposal) -> Decision:
    said = NewCourseRuling(
        reasons=new.reasons,
        points=new.points,
        hours=new.category_hours,
        grounds=new.grounds,
        repair=new.repair,
    )
    return await _in_place(work, earlier, await courses.anew(work, earlier, said))


async def _admission(work: Work, earlier: Decision, new: Proposal) -> Decision:
    said = NewAdmission(granted=not new.grounds, reasons=new.reasons, grounds=new.grounds, repair=new.repair)
    return await _in_place(work, earlier, await providers.anew(work, earlier, said))


async def _institutional(work: Work, earlier: Decision, new: Proposal) -> Decision:
    granted = not new.grounds
    said = NewInstitutionalDecision(granted=granted, reasons=new.reasons, grounds=new.grounds, repair=new.repair)
    return await _in_place(work, earlier, await institutional.anew(work, earlier, said))


async def _penalty(work: Work, earlier: Decision, new: Proposal) -> Decision:
    return await _in_place(work, earlier, await silence.anew(work, earlier, new.reasons))


async def _in_place(work: Work, earlier: Decision, drawn: Decision) -> Decision:
    """What its room drew up, in the place of the earlier one and to the same addressee."""
    drawn.person_id, drawn.replaces = earlier.person_id, earlier.id
    drawn.round = await round_of(work, earlier.subject_id, earlier.kind)
    return drawn


Anew = Callable[[Work, Decision, Proposal], Awaitable[Decision]]
ANEW: Mapping[str, Anew] = {
    VALUATION: _valuation,
    **dict.fromkeys(ASSESSED, _application),
    qualifications.KIND: _qualification,
    silence.KIND: _penalty,
    courses.ACCREDIT: _course,
    providers.ADMISSION: _admission,
    institutional.GRANT: _institutional,
}
"""How a request is decided anew, by the kind of the decision that falls; of any other no request is left."""


async def _following(earlier: Decision, new: Proposal, work: Work, **decided: Any) -> Decision:
    return Decision(
        number=case_number("B", work.today),
        kind=earlier.kind,
        subject_kind=earlier.subject_kind,
        subject_id=earlier.subject_id,
        round=await round_of(work, earlier.subject_id, earlier.kind),
        person_id=earlier.person_id,
        organisation_id=earlier.organisation_id,
        register_code=earlier.register_code,
        reasons=new.reasons,
        repair=new.repair,
        taken_by=work.actor.ref,
        decided_on=work.today,
        replaces=earlier.id,
        **decided,
    )


async def conflicts(work: Work, decision: Matter, person: UUID) -> list[str]:
    """Why somebody may not judge, apart from their part in it: their own case, the same board within five years, or
    what binds them to the provider that it is about."""
    if person == decision.person_id:
        return ["own-case"]
    provider = decision.organisation_id
    if provider is not None and (found := await accreditors.ties(work, provider, decision.register_code, person)):
        return found
    rules = work.rules.chosen(decision.register_code, work.today)
    since = add_years(work.today, -rules.committee.conflict_years)
    return ["same-board"] if await registrations.shares_board(work.session, person, decision.person_id, since) else []


async def may_contest(work: Work, decision: Decision, _person: UUID) -> bool:
    """Whether the actor is the addressee, or of the provider that is."""
    return decisions.is_addressed_to(work.actor, decision)


def chamber_of(decision: Matter) -> str:
    """Registration for what is decided about persons, certification for what is decided about providers."""
    return "registration" if decision.organisation_id is None else "certification"


async def dependents(work: Work, decision: Decision) -> Sequence[Decision]:
    """The renewals that stand and were decided after a valuation that is replaced: they may have rested on it."""
    if decision.kind != VALUATION or decision.replaces is None:
        return []
    first = await work.session.get_one(Decision, decision.replaces)
    wanted = select(Decision).where(
        Decision.person_id == decision.person_id,
        Decision.register_code == decision.register_code,
        Decision.kind == ApplicationKind.REREGISTRATION.value,
        Decision.state == DecisionState.NOTIFIED,
        Decision.decided_on >= first.decided_on,
    )
    return (await work.session.exec(wanted.order_by(col(Decision.id)))).all()
