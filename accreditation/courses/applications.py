"""A provider draws an application up, answers, copies, submits, supplies what was asked, and may take it back."""

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import col

from accreditation.courses import queries
from accreditation.courses.award import require_counts
from accreditation.courses.models import Course, CourseApplication, CourseFile
from accreditation.courses.policy import (
    ACCREDITATION,
    EDITABLE,
    ENDED,
    FILE,
    AccreditationEvent,
    ApplicationKind,
    FileEvent,
    FileState,
)
from accreditation.courses.schemas import Answers, NewCourseApplication
from accreditation.courses.succession import last_counting
from accreditation.courses.wizard import changed, require_complete, require_free, require_in_proportion
from accreditation.kinds import CourseKind
from accreditation.programmes import service as programmes
from accreditation.providers import queries as providers
from accreditation.providers.policy import EDITORS, require_role
from auth.actor import person_of
from auth.permissions import Role
from core import agenda
from core.billing import InvoiceState, credit, invoice_of
from core.decisions import case_number
from core.errors import Forbidden, Invalid, Refused
from core.law.term_run import Suspension
from core.law.terms import application_due
from core.names import plain_key
from core.panel import service as panel
from core.store.drawing import drawn
from core.store.work import Work


async def require_kind(work: Work, kind: ApplicationKind, course_id: UUID, register: str) -> None:
    """A change or renewal is asked of what stands, a first one of nothing.

    Refused: `not-accredited-yet`, `accredited-already`.
    """
    stands = await queries.latest(work, course_id, register)
    event = {
        ApplicationKind.CHANGE: AccreditationEvent.REQUEST_CHANGE,
        ApplicationKind.RENEWAL: AccreditationEvent.RENEW,
    }.get(kind)
    if event and (stands is None or not ACCREDITATION.may(stands.state, event)):
        raise Refused("not-accredited-yet", register=register)
    if event is None and stands is not None and last_counting(stands) >= work.today:
        raise Refused("accredited-already", register=register, until=last_counting(stands).isoformat())


CASE = "course-file"
DECIDE, ANSWER, PAY = "decide", "answer", "pay"
LEAST_NUMBER, MOST_NUMBER = 10_000_000, 99_999_999


def draw_number() -> int:
    """The PECourseID of the PE-online message: at random, it tells nothing of how many there are."""
    return LEAST_NUMBER + secrets.randbelow(MOST_NUMBER - LEAST_NUMBER + 1)


async def draw_up(work: Work, new: NewCourseApplication) -> CourseApplication:
    """Start a draft for one or more registers.

    Refused: `not-authorised` (a register that did not admit the provider), `application-open-already`,
    `not-accredited-yet`, `accredited-already` (ask a change or renewal of what stands);
    Invalid("kind-not-for-register"); NotFound("no-such-provider") for who does not act for it.
    """
    require_role((await providers.membership(work, new.provider_id)).role, EDITORS)
    registers = list(dict.fromkeys(new.registers))
    await _require_authorised(work, new.provider_id, registers)
    course = await _course(work, new)
    for register in registers:
        require_counts(course.kind, work.rules.chosen(register, work.today))
    await _require_may_ask(work, new.kind, course.id, registers)
    application = CourseApplication(
        number=case_number("C", work.today),
        provider_id=new.provider_id,
        course_id=course.id,
        kind=new.kind,
        answers=await _first_answers(work, new, course),
        copied_from=new.copy_of,
        started_by=person_of(work.actor),
        started_at=work.now,
    )
    work.add(application)
    await work.flush()
    work.log("course-application:draw-up", application, stream=f"course/{course.id}", kind=new.kind.value)
    for register in registers:
        file = CourseFile(
            application_id=application.id, course_id=course.id, provider_id=new.provider_id, register_code=register
        )
        work.add(file)
        await work.flush()
        work.log("course-file:draw-up", file, register=register)
    return application


async def _course(work: Work, new: NewCourseApplication) -> Course:
    if new.course_id is not None:
        course = await queries.own_course(work, new.course_id)
        if course.provider_id != new.provider_id:
            raise Forbidden("other-provider")
        return course
    course = Course(
        provider_id=new.provider_id,
        code=case_number("K", work.today),
        pe_course_id=await drawn(work.session, col(Course.pe_course_id), draw_number),
        kind=new.course_kind,
        title="",
        made_at=work.now,
    )
    work.add(course)
    await work.flush()
    work.log("course:make", course, kind=course.kind.value)
    return course


async def _first_answers(work: Work, new: NewCourseApplication, course: Course) -> dict[str, Any]:
    """Those of the course for a change or renewal; those of an earlier application when it is copied."""
    if new.copy_of is None:
        return dict(course.answers)
    earlier = await queries.application(work, new.copy_of)
    if earlier.provider_id != new.provider_id:
        raise Forbidden("other-provider")
    return {name: value for name, value in earlier.answers.items() if name != "external_id"}


async def _require_authorised(work: Work, provider_id: UUID, registers: Iterable[str]) -> None:
    missing = set(registers) - await providers.authorised_registers(work, provider_id)
    if missing:
        raise Refused("not-authorised", registers=sorted(missing))


async def _require_may_ask(work: Work, kind: ApplicationKind, course_id: UUID, registers: Iterable[str]) -> None:
    for register in registers:
        if await queries.open_file(work, course_id, register, ENDED):
            raise Refused("application-open-already")
        await require_kind(work, kind, course_id, register)


async def answer(work: Work, application_id: UUID, new: Answers) -> CourseApplication:
    """Keep answers, complete or not: a draft survives.

    Refused("frozen") once every register has locked it; Invalid("contact-above-study").
    """
    application, files = await _own(work, application_id)
    work.expect(application)
    if not any(file.state in EDITABLE for file in files):
        raise Refused("frozen")
    given = new.model_dump(mode="json", exclude_unset=True)
    answers = {**application.answers, **given}
    if given.keys() & {"contact_hours", "study_hours"}:
        require_in_proportion(answers)
    application.answers = answers
    work.log("course-application:answer", application, stream=f"course/{application.course_id}", answers=sorted(given))
    return application


async def submit(work: Work, application_id: UUID) -> CourseApplication:
    """Hand in to every register that waits for the provider; each freezes its own copy of the answers.

    Invalid: `application-incomplete` with each open question, `not-an-nvao-master`, `external-id-taken`,
    `change-is-free`; Refused: `wrong-state`, `not-authorised`, and as draw_up of what stands by now.
    """
    application, files = await _own(work, application_id)
    work.expect(application)
    course = await queries.course(work, application.course_id)
    ready = [file for file in files if file.state in EDITABLE]
    if not ready:
        FILE.after(files[0].state, FileEvent.SUBMIT)
    await _require_authorised(work, application.provider_id, [file.register_code for file in ready])
    for file in ready:
        if file.state is FileState.DRAFT:
            await require_kind(work, application.kind, file.course_id, file.register_code)
    await _require_sound(work, application, course, ready)
    for file in ready:
        await _hand_in(work, file, application)
        if application.kind is ApplicationKind.CHANGE:
            await _mark_change(work, file)
    work.log(
        "course-application:submit",
        application,
        stream=f"course/{course.id}",
        registers=[file.register_code for file in ready],
    )
    if not course.title:  # a name to speak of it by, until it is accredited
        course.title = str(application.answers["title"])
        work.log("course:name", course)
    return application


async def _require_sound(
    work: Work, application: CourseApplication, course: Course, ready: Iterable[CourseFile]
) -> None:
    require_complete(course.kind, application.answers)
    require_in_proportion(application.answers)
    if course.kind is CourseKind.MASTER:
        await programmes.nvao_master(work, str(application.answers["croho_code"]))
    if application.kind is ApplicationKind.CHANGE:
        others = changed(course.answers, application.answers)
        for file in ready:
            free = work.rules.chosen(file.register_code, work.today).free_changes
            if not others - set(free):
                raise Invalid("change-is-free")
    if external := application.answers.get("external_id"):
        await _require_free_name(work, course, str(external))


async def _require_free_name(work: Work, course: Course, external: str) -> None:
    taken = await queries.by_external_id(work, course.provider_id, external)
    if taken is not None and taken.id != course.id:
        raise Invalid("external-id-taken", [("external_id", "external-id-taken")])


async def _hand_in(work: Work, file: CourseFile, application: CourseApplication) -> None:
    supplied = file.state is FileState.MORE_INFORMATION
    file.state = FILE.after(file.state, FileEvent.SUPPLY if supplied else FileEvent.SUBMIT)
    file.answers, file.submitted_by = dict(application.answers), person_of(work.actor)
    if file.asked_on is not None:  # Awb 4:15: the term stood still
        stop = {"asked_on": file.asked_on.isoformat(), "ended_on": work.today.isoformat()}
        file.suspensions, file.asked_on, file.question = [*file.suspensions, stop], None, ""
    file.received_on = file.received_on or work.today
    file.decide_by_on = decide_by(work, file)
    await work.flush()
    work.log("course-file:supply" if supplied else "course-file:submit", file, due_on=file.decide_by_on)
    await agenda.done(work, file.id, ANSWER)
    await agenda.expect(
        work, CASE, file.id, DECIDE, role=Role.SECRETARY.value, due_on=file.decide_by_on, register=file.register_code
    )


def decide_by(work: Work, file: CourseFile) -> Any:
    """The last day to decide on a file: from receipt, longer by what it stood still (Awb 4:13, 4:15)."""
    rules = work.rules.chosen(file.register_code, work.today)
    term = rules.terms["application-decision"]
    stops = [
        Suspension(queries.day_of(stop["asked_on"]), queries.day_of(stop["ended_on"])) for stop in file.suspensions
    ]
    received = file.received_on or work.today
    return application_due(received, term.length, stops, work.calendar, moves=term.rolled).last_day


async def _mark_change(work: Work, file: CourseFile) -> None:
    stands = await queries.latest(work, file.course_id, file.register_code)
    if stands is not None and ACCREDITATION.may(stands.state, AccreditationEvent.REQUEST_CHANGE):
        stands.state = ACCREDITATION.after(stands.state, AccreditationEvent.REQUEST_CHANGE)
        work.log("accreditation:request-change", stands)


async def withdraw(work: Work, application_id: UUID) -> CourseApplication:
    """Take back what is not decided in any register; an open invoice is credited."""
    application, files = await _own(work, application_id)
    work.expect(application)
    open_files = [file for file in files if file.state not in ENDED]
    if not open_files:
        FILE.after(files[0].state, FileEvent.WITHDRAW)
    for file in open_files:
        file.state = FILE.after(file.state, FileEvent.WITHDRAW)
        work.log("course-file:withdraw", file)
        await panel.remove_case(work, file.id)
        await agenda.done(work, file.id)
        await settle_change(work, file)
        if file.invoice_id is not None:
            invoice = await invoice_of(work, file.invoice_id)
            if invoice.state is InvoiceState.OPEN:
                await credit(work, invoice)
    work.log("course-application:withdraw", application, stream=f"course/{application.course_id}")
    return application


async def settle_change(work: Work, file: CourseFile) -> None:
    """The accreditation of a course whose change was decided or taken back waits no longer."""
    stands = await queries.latest(work, file.course_id, file.register_code)
    if stands is not None and ACCREDITATION.may(stands.state, AccreditationEvent.SETTLE_CHANGE):
        stands.state = ACCREDITATION.after(stands.state, AccreditationEvent.SETTLE_CHANGE)
        work.log("accreditation:settle-change", stands)


async def amend(work: Work, course_id: UUID, new: Answers) -> Course:
    """Change what may change without a new assessment; Invalid("needs-assessment") for the rest, by question."""
    course = await queries.own_course(work, course_id)
    require_role((await providers.membership(work, course.provider_id)).role, EDITORS)
    work.expect(course)
    given = new.model_dump(mode="json", exclude_unset=True)
    others = changed(course.answers, {**course.answers, **given})
    registers = {one.register_code for one in await queries.accreditations(work, [course.id])}
    if not registers:
        raise Refused("not-accredited-yet")
    for register in registers:
        require_free(others, work.rules.chosen(register, work.today).free_changes)
    if external := given.get("external_id"):
        await _require_free_name(work, course, external)
    show(course, {**course.answers, **given})
    work.log("course:amend", course, answers=sorted(others))
    return course


def show(course: Course, answers: dict[str, Any]) -> None:
    """Put accredited answers on the course itself."""
    course.answers = dict(answers)
    course.title, course.summary = str(answers["title"]), str(answers.get("summary") or "")
    course.themes = list(answers.get("themes") or [])
    course.theme_keys = "|".join(["", *(plain_key(theme) for theme in course.themes), ""])[:2000]
    course.external_id = answers.get("external_id") or None
    course.croho_code = answers.get("croho_code") or None


async def _own(work: Work, application_id: UUID) -> tuple[CourseApplication, list[CourseFile]]:
    """An application of a provider for which the actor draws up; NotFound for anybody else's."""
    application = await queries.application(work, application_id)
    require_role((await providers.membership(work, application.provider_id)).role, EDITORS)
    return application, list(await queries.files_of(work, [application.id]))
