"""Withdrawing an accreditation: one proposes, another confirms, and it is a decision (four eyes)."""

from uuid import UUID

from sqlmodel import col, select

from accreditation.courses import queries
from accreditation.courses.award import WITHDRAWAL_GROUNDS
from accreditation.courses.models import Course, CourseAccreditation, CourseFile, CourseWithdrawal
from accreditation.courses.policy import ACCREDITATION, AccreditationEvent
from accreditation.courses.ruling import end
from accreditation.courses.schemas import NewWithdrawal, NewWithdrawalIntention
from accreditation.providers import intentions
from accreditation.providers import queries as providers
from accreditation.providers.models import ProviderIntention
from accreditation.providers.policy import require_grounds
from auth.actor import person_of
from core.decisions import Decision, Verdict, case_number, round_of, take
from core.errors import Forbidden, Refused
from core.law.heard import answered
from core.store.work import Work

WITHDRAW = "course-withdrawal"
CASE = "course-accreditation"


async def intend(work: Work, accreditation_id: UUID, new: NewWithdrawalIntention) -> ProviderIntention:
    """Tell the provider that an accreditation may be withdrawn, and why (Awb 4:8).

    Refused: `wrong-state`, `intended-already`; Invalid("unknown-ground"); Forbidden("own-case").
    """
    row = await queries.accreditation(work, accreditation_id)
    await _not_own(work, row)
    ACCREDITATION.after(row.state, AccreditationEvent.WITHDRAW)
    require_grounds(new.grounds, WITHDRAWAL_GROUNDS)
    course = await queries.course(work, row.course_id)
    meant = intentions.Meant(row.register_code, new.grounds, new.reasons)
    return await intentions.intend(work, course.provider_id, row.id, WITHDRAW, meant)


async def propose(work: Work, accreditation_id: UUID, new: NewWithdrawal) -> CourseWithdrawal:
    """Propose to withdraw, once the provider was told and heard; Refused: `wrong-state`, `proposed-already`, and as
    intentions.require_heard; Invalid("unknown-ground")."""
    row = await queries.accreditation(work, accreditation_id)
    await _not_own(work, row)
    ACCREDITATION.after(row.state, AccreditationEvent.WITHDRAW)
    require_grounds(new.grounds, WITHDRAWAL_GROUNDS)
    open_already = select(CourseWithdrawal.id).where(
        CourseWithdrawal.accreditation_id == row.id,
        col(CourseWithdrawal.decision_id).is_(None),
        col(CourseWithdrawal.rejected_at).is_(None),
    )
    if (await work.session.exec(open_already)).first():
        raise Refused("proposed-already")
    heard = await intentions.require_heard(work, row.id, WITHDRAW, new.answer)
    proposal = CourseWithdrawal(
        accreditation_id=row.id,
        grounds=" ".join(new.grounds),
        reasons=new.reasons + answered([heard.view], new.answer),
        repair=new.repair,
        proposed_by=person_of(work.actor),
        proposed_at=work.now,
    )
    work.add(proposal)
    await work.flush()
    work.log("course-withdrawal:propose", proposal, stream=row.stream(), grounds=new.grounds)
    return proposal


async def confirm(work: Work, proposal_id: UUID) -> Decision:
    """A second pair of eyes agrees: the decision is taken. Forbidden: `four-eyes`, `own-case`."""
    proposal, row = await _open(work, proposal_id)
    if proposal.proposed_by == person_of(work.actor):
        raise Forbidden("four-eyes")
    ACCREDITATION.after(row.state, AccreditationEvent.WITHDRAW)
    course = await queries.course(work, row.course_id)
    decision = Decision(
        number=case_number("B", work.today),
        kind=WITHDRAW,
        subject_kind=CASE,
        subject_id=row.id,
        round=await round_of(work, row.id, WITHDRAW),
        person_id=await _asker(work, row, course),
        organisation_id=course.provider_id,
        register_code=row.register_code,
        outcome=Verdict.WITHDRAWN,
        grounds=proposal.grounds,
        reasons=proposal.reasons,
        repair=proposal.repair,
        rule_set=work.rules.chosen(row.register_code, work.today).name,
        facts={"proposed_by": str(proposal.proposed_by)},
        taken_by=work.actor.ref,
        decided_on=work.today,
    )
    await take(work, decision)
    proposal.confirmed_by, proposal.decision_id = person_of(work.actor), decision.id
    await intentions.carried_out(work, row.id, WITHDRAW)
    work.log("course-withdrawal:confirm", proposal, stream=row.stream(), decision=str(decision.id))
    return decision


async def reject(work: Work, proposal_id: UUID) -> CourseWithdrawal:
    """A second pair of eyes does not agree; Forbidden: `four-eyes`, `own-case`."""
    proposal, row = await _open(work, proposal_id)
    if proposal.proposed_by == person_of(work.actor):
        raise Forbidden("four-eyes")
    proposal.rejected_at = work.now
    work.log("course-withdrawal:reject", proposal, stream=row.stream())
    return proposal


async def _open(work: Work, proposal_id: UUID) -> tuple[CourseWithdrawal, CourseAccreditation]:
    proposal = await queries.withdrawal(work, proposal_id)
    row = await queries.accreditation(work, proposal.accreditation_id)
    await _not_own(work, row)
    work.expect(proposal)
    if proposal.decision_id is not None or proposal.rejected_at is not None:
        raise Refused("wrong-state")
    return proposal, row


async def _not_own(work: Work, row: CourseAccreditation) -> None:
    course = await queries.course(work, row.course_id)
    if await providers.is_member(work, course.provider_id):
        raise Forbidden("own-case")


async def _asker(work: Work, row: CourseAccreditation, course: Course) -> UUID:
    """Who handed the application in: the letter goes to them, and every member of the provider may read it."""
    wanted = select(CourseFile.submitted_by).where(CourseFile.decision_id == row.decision_id)
    found = (await work.session.exec(wanted)).first()
    return found or (await providers.members(work, course.provider_id))[0].person_id


async def take_effect(work: Work, decision: Decision) -> None:
    """From the day on which it is made known nothing more counts; what counted before keeps counting."""
    await end(work, await queries.accreditation(work, decision.subject_id), decision)
