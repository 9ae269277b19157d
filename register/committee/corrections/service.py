"""Corrections: asked for or opened, read, heard, given up; weighing and signing are modules of their own."""

from uuid import UUID

from appeals.objections import service as objections
from auth.actor import Actor
from core import agenda
from core.decisions import Decision, DecisionState, Verdict, case_number
from core.errors import Forbidden, Refused
from core.law.heard import require_heard
from core.law.terms import application_due
from core.panel.sessions import digest_of_text
from core.proposals import Proposal
from core.store.work import Work
from register.committee import filed_views
from register.committee.corrections import queries
from register.committee.corrections.models import Correction
from register.committee.corrections.policy import (
    CORRECTION,
    STANDS,
    VALUATION,
    CorrectionEvent,
    require_correctable,
    require_final,
)
from register.committee.corrections.schemas import NewCorrection
from register.committee.filed_views import FiledView
from register.entries.policy import Register
from register.notification import service as decisions

CASE = "correction"
HEAR, DECIDE = "hear", "decide"


async def open_correction(work: Work, new: NewCorrection) -> Correction:
    """Say what is wrong with a decision: the addressee asks for its correction (Awb 4:6), the office opens one.

    NotFound("no-such-decision"); Refused: `correction-runs-already`, `object-instead`, and as
    policy.require_correctable; Forbidden("own-case") for the office of one's own is a request.
    """
    decision = await decisions.numbered(work, new.decision)
    asked = decisions.is_addressed_to(work.actor, decision)
    if asked:
        require_final(decision.last_day_to_object, work.today)
    await require_still_correctable(work, decision)
    if await queries.runs(work, decision.id):
        raise Refused("correction-runs-already")
    row = Correction(
        number=case_number("C", work.today),
        person_id=decision.person_id,
        register_code=Register(decision.register_code),
        decision_id=decision.id,
        asked=asked,
        statement=new.statement,
    )
    work.add(row)
    await work.flush()
    work.log("correction:open", row, decision=str(decision.id), asked=asked)
    if asked:
        await _expect(work, row)
    return row


async def _expect(work: Work, row: Correction) -> None:
    """What was asked is decided within a term that begins today."""
    term = work.rules.chosen(row.register_code.value, work.today).terms["application-decision"]
    due = application_due(work.today, term.length, (), work.calendar, moves=term.rolled).last_day
    await agenda.expect(work, CASE, row.id, DECIDE, role="secretary", due_on=due, register=row.register_code.value)


async def reopen(work: Work, decision: Decision) -> None:
    """A refusal to correct that was taken back (Awb 7:11(2)): what was asked is decided on anew."""
    row = await work.session.get_one(Correction, decision.subject_id)
    row.state = CORRECTION.after(row.state, CorrectionEvent.REOPEN)
    row.refuses, row.ground, row.reasons, row.repair, row.digest = False, "", "", "", ""
    row.proposed_by = row.proposed_on = row.signed_by = row.following_id = None
    work.log("correction:reopen", row, decision=str(decision.id))
    await _expect(work, row)


async def require_still_correctable(work: Work, decision: Decision) -> None:
    """Refused: `not-in-register`, and as policy.require_correctable."""
    entry = None if decision.kind == VALUATION else await queries.entry_behind(work, decision)
    if entry is not None and decision.outcome is not Verdict.REFUSED and entry.status not in STANDS:
        raise Refused("not-in-register", status=entry.status.value)
    require_correctable(
        decision.kind,
        stands=decision.state is DecisionState.NOTIFIED,
        rests=await queries.rests_on(work, decision),
        disputed=await objections.is_disputed(work, decision),
    )


async def read(work: Work, id: UUID) -> Correction:
    """A correction that the actor may see, with a trace when it is about somebody else."""
    row = await queries.correction(work, id)
    if not own(work, row):
        work.looked("correction:read", stream=row.stream(), correction=str(row.id))
    return row


async def say(work: Work, id: UUID, view: str) -> Correction:
    """What the person themselves says; added to what was said before. Forbidden("party-acts-only");
    Refused("wrong-state") once it is too late to be heard."""
    row = await queries.correction(work, id)
    work.expect(row)
    filed_views.require_own(work, row.person_id)
    return await record_view(work, id, view)


async def file_view(work: Work, id: UUID, new: FiledView) -> Proposal:
    """Write down what the person said on paper or by telephone, for a colleague to read and sign. As filed_views."""
    row = await queries.correction(work, id)
    work.expect(row)
    return await filed_views.propose(work, FILED, row.id, row.person_id, new)


async def record_view(work: Work, id: UUID, view: str) -> Correction:
    """Add to what was said: by the person, or by two who read it."""
    row = await queries.correction(work, id)
    row.state = CORRECTION.after(row.state, CorrectionEvent.HEAR)
    row.view, row.heard_on = f"{row.view}\n\n{view}".strip(), work.today
    work.log("correction:hear", row, sha256=digest_of_text(row.view))
    await agenda.done(work, row.id, HEAR)
    return row


async def _heard_now(work: Work, id: UUID) -> tuple[UUID, str]:
    row = await queries.correction(work, id)
    CORRECTION.after(row.state, CorrectionEvent.HEAR)
    return row.person_id, row.number


FILED = filed_views.deed("correction-view", _heard_now, record_view)


async def close_hearing(work: Work, id: UUID) -> Correction:
    """Go on without a view once the term passed unused; Refused: `hearing-term-runs`, `wrong-state`."""
    row = await queries.correction(work, id)
    work.expect(row)
    not_own(work, row)
    following = CORRECTION.after(row.state, CorrectionEvent.HEAR)
    require_heard(row.view if row.heard_on else "", row.hearing_until or work.today, work.today)
    row.state = following
    work.log("correction:hear", row, unused=True)
    await agenda.done(work, row.id, HEAR)
    return row


async def drop(work: Work, id: UUID) -> Correction:
    """Give it up: the office what it opened itself, the person what they asked. Refused: `wrong-state`, `asked-for`."""
    row = await queries.correction(work, id)
    work.expect(row)
    if own(work, row) != row.asked:
        raise Refused("asked-for") if row.asked else Forbidden("own-case")
    row.state = CORRECTION.after(row.state, CorrectionEvent.DROP)
    work.log("correction:drop", row)
    await agenda.done(work, row.id)
    return row


def own(work: Work, row: Correction) -> bool:
    """Whether a correction is about who acts."""
    return isinstance(work.actor, Actor) and work.actor.person_id == row.person_id


def not_own(work: Work, row: Correction) -> None:
    """Nobody acts on a correction about themselves: Forbidden("own-case")."""
    if own(work, row):
        raise Forbidden("own-case")
