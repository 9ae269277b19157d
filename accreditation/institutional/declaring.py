"""A course that goes by declaration: the provider says what it is worth, the register looks at form only."""

from uuid import UUID

from accreditation.courses import queries as courses
from accreditation.courses.applications import CASE
from accreditation.courses.models import CourseApplication, CourseFile
from accreditation.courses.policy import FILE, FileEvent, FileState
from accreditation.courses.ruling import ACCREDIT
from accreditation.courses.service import award_of, others_file, require_may_award, told
from accreditation.institutional import queries
from accreditation.institutional.models import CourseDeclaration, InstitutionalAccreditation
from accreditation.institutional.policy import require_room
from accreditation.institutional.schemas import NewDeclaration
from accreditation.kinds import CourseKind
from accreditation.providers import queries as providers
from accreditation.providers.policy import EDITORS, require_role
from auth.actor import person_of
from core import agenda
from core.decisions import Decision, Verdict, case_number, take
from core.errors import NotFound, Refused
from core.store.work import Work


async def declare(work: Work, file_id: UUID, new: NewDeclaration) -> CourseDeclaration:
    """Declare what a course that was handed in is worth, under the institutional accreditation that stands.

    Refused: `wrong-state`, `no-institutional`, `declared-enough`, `declared-already`, `only-courses` (programmes and
    masters are looked at all the same); Invalid as courses.service.require_may_award.
    """
    file = await courses.file(work, file_id)
    require_role((await providers.membership(work, file.provider_id)).role, EDITORS)
    FILE.after(file.state, FileEvent.ACCEPT_DECLARATION)
    course = await courses.course(work, file.course_id)
    if course.kind is not CourseKind.COURSE:
        raise Refused("only-courses")
    if await queries.declaration_of(work, file.id):
        raise Refused("declared-already")
    stands = await _standing(work, file)
    require_room((await queries.declared_under(work, [stands.id])).get(stands.id, 0), stands.courses_most)
    award = await award_of(work, file, course.kind, new.points, new.hours, None)
    await require_may_award(work, file, course.kind, award)
    row = CourseDeclaration(
        file_id=file.id,
        under_id=stands.id,
        points=award.points,
        hours=dict(award.hours),
        declared_by=person_of(work.actor),
        declared_at=work.now,
    )
    work.add(row)
    await work.flush()
    work.log("declaration:make", row, points=row.points, hours=row.hours)
    return row


async def _standing(work: Work, file: CourseFile) -> InstitutionalAccreditation:
    found = await queries.standing(work, file.provider_id, file.register_code)
    if found is None:
        raise Refused("no-institutional")
    return found


async def accept(work: Work, file_id: UUID, reasons: str) -> Decision:
    """Take the decision on a declaration, without assessment of content; the yearly sample looks at it later.

    It must stand under an institutional accreditation today: what ended or was withdrawn works for new courses only.
    NotFound("no-such-declaration"); Refused: `wrong-state`, `no-institutional`; Forbidden("own-case"); Invalid as
    courses.service.require_may_award.
    """
    file = await others_file(work, file_id)
    declared = await queries.declaration_of(work, file.id)
    if declared is None:
        raise NotFound("no-such-declaration")
    work.expect(declared)
    following = FILE.after(file.state, FileEvent.ACCEPT_DECLARATION)
    stands = await _standing(work, file)
    application = await work.session.get_one(CourseApplication, file.application_id)
    course = await courses.course(work, file.course_id)
    award = await award_of(work, file, course.kind, declared.points, declared.hours, None)
    await require_may_award(work, file, course.kind, award)
    decision = Decision(
        number=case_number("B", work.today),
        kind=ACCREDIT,
        subject_kind=CASE,
        subject_id=file.id,
        round=file.round,
        person_id=file.submitted_by or application.started_by,
        organisation_id=file.provider_id,
        register_code=file.register_code,
        outcome=Verdict.GRANTED,
        due_on=award.until_on,
        reasons=reasons,
        rule_set=work.rules.chosen(file.register_code, work.today).name,
        facts={"course": str(course.id), "kind": course.kind.value, "institutional": str(stands.id)},
        result=told(award),
        taken_by=work.actor.ref,
        decided_on=work.today,
    )
    file.state, declared.accepted = following, True
    await take(work, decision)
    work.log("declaration:accept", declared, decision=str(decision.id))
    work.log("course-file:decide", file, decision=str(decision.id))
    await agenda.done(work, file.id)
    return decision


def waiting(file: CourseFile, declared: CourseDeclaration) -> bool:
    """Whether a declaration still waits for its decision."""
    return not declared.accepted and file.state is FileState.SUBMITTED
