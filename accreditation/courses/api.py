"""Courses as JSON: applications of providers, and the secretary's deeds on each register's file."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from accreditation.courses import applications, invoices, panels, queries, service, withdrawals
from accreditation.courses.models import CourseApplication, CourseFile
from accreditation.courses.schemas import (
    Answers,
    CourseApplicationView,
    CourseView,
    FileView,
    NewAdvice,
    NewBooking,
    NewCourseApplication,
    NewPanel,
    NewReport,
    NewWithdrawal,
    NewWithdrawalIntention,
    PanelView,
    Question,
    WithdrawalView,
)
from accreditation.courses.views import (
    application_view,
    application_views,
    course_views,
    file_view,
    panel_view,
    withdrawal_view,
)
from accreditation.providers.api import Taken, taken
from accreditation.providers.intending_api import view_of
from accreditation.providers.schemas import IntentionView
from auth.permissions import Permission
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned

APPLICATION = "/course-applications/{application_id:uuid}"
FILE = "/course-files/{file_id:uuid}"


@post("/course-applications", requires=Permission.COURSE_APPLY)
async def draw_up(work: WorkDep, data: JSONBody[NewCourseApplication]) -> Response[CourseApplicationView]:
    """Start an application for one or more registers."""
    row = await applications.draw_up(work, data)
    view = await application_view(work, row)
    return versioned(view, row.version, 201, Location=f"/v1/course-applications/{row.id}")


@get("/course-applications", requires=Permission.COURSE_APPLY)
async def application_list(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The applications of one's providers."""
    size = page_size(pageSize)
    rows = await queries.applications(work, place_id(cursor), size + 1)
    return listed(request, await application_views(work, rows), size, lambda row: [str(row.id)])


@get(APPLICATION, requires=Permission.COURSE_APPLY)
async def application(work: WorkDep, application_id: FromPath[UUID]) -> Response[CourseApplicationView]:
    """One application, with what is still unanswered, and each register's file."""
    row = await queries.application(work, application_id)
    return versioned(await application_view(work, row), row.version)


@patch(APPLICATION, requires=Permission.COURSE_APPLY, if_match=True)
async def answer(
    work: WorkDep, application_id: FromPath[UUID], data: JSONBody[Answers]
) -> Response[CourseApplicationView]:
    """Keep answers, complete or not."""
    return await _changed(work, await applications.answer(work, application_id, data), 200)


@post(APPLICATION + "/submission", requires=Permission.COURSE_APPLY, if_match=True)
async def submit(work: WorkDep, application_id: FromPath[UUID]) -> Response[CourseApplicationView]:
    """Hand in, complete what was returned, or supply what the committee asked."""
    return await _changed(work, await applications.submit(work, application_id))


@post(APPLICATION + "/withdrawal", requires=Permission.COURSE_APPLY, if_match=True)
async def take_back(work: WorkDep, application_id: FromPath[UUID]) -> Response[CourseApplicationView]:
    """Take back what is not decided yet."""
    return await _changed(work, await applications.withdraw(work, application_id))


async def _changed(work: Work, row: CourseApplication, status: int = 201) -> Response[CourseApplicationView]:
    await work.flush()
    return versioned(await application_view(work, row), row.version, status)


@get(FILE, requires=Permission.COURSE_APPLY)
async def own_file(work: WorkDep, file_id: FromPath[UUID]) -> Response[FileView]:
    """One register's file of one's own application."""
    return await _filed(work, await queries.file(work, file_id), 200)


@get(FILE + "/invoice", requires=Permission.COURSE_APPLY, produces="application/pdf", media_type="application/pdf")
async def invoice(work: WorkDep, file_id: FromPath[UUID]) -> Response[bytes]:
    """The invoice of one register's file as PDF."""
    return await invoices.document(work, file_id)


@get("/course-dossiers", requires=Permission.COURSE_ASSESS)
async def worklist(work: WorkDep) -> Sequence[FileView]:
    """What waits for the secretary, nearest last day first."""
    rows = await queries.files_in(work, queries.WAITING, queries.MOST_WAITING)
    return [file_view(file, None) for file, *_ in rows]


@get("/course-dossiers/{file_id:uuid}", requires=Permission.COURSE_ASSESS)
async def dossier(work: WorkDep, file_id: FromPath[UUID]) -> Response[FileView]:
    """One register's file as the secretary reads it; the look leaves a trace."""
    return await _filed(work, await service.read(work, file_id), 200)


async def _filed(work: Work, row: CourseFile, status: int = 201) -> Response[FileView]:
    await work.flush()
    invoice = await service.invoice_of_file(work, row)
    return versioned(file_view(row, invoice), row.version, status)


@post("/course-dossiers/{file_id:uuid}/return", requires=Permission.COURSE_ASSESS, if_match=True)
async def return_file(work: WorkDep, file_id: FromPath[UUID], data: JSONBody[Question]) -> Response[FileView]:
    """Send an incomplete file back with what it lacks."""
    return await _filed(work, await service.return_file(work, file_id, data.question))


@post("/course-dossiers/{file_id:uuid}/lock", requires=Permission.COURSE_ASSESS, if_match=True)
async def lock(work: WorkDep, file_id: FromPath[UUID]) -> Response[FileView]:
    """Find a file complete: it is locked, and the invoice goes out."""
    return await _filed(work, await service.lock(work, file_id))


@post("/course-dossiers/{file_id:uuid}/payment", requires=Permission.COURSE_ASSESS, if_match=True)
async def pay(work: WorkDep, file_id: FromPath[UUID], data: JSONBody[NewBooking]) -> Response[FileView]:
    """Book the payment: the assessment may start."""
    await service.book_payment(work, file_id, data)
    return await _filed(work, await queries.file(work, file_id))


@post("/course-dossiers/{file_id:uuid}/advice", requires=Permission.COURSE_ASSESS, if_match=True)
async def advise(work: WorkDep, file_id: FromPath[UUID], data: JSONBody[NewAdvice]) -> Response[FileView]:
    """Draft what the course is worth, for the committee."""
    return await _filed(work, await service.advise(work, file_id, data))


@post(FILE + "/panel", requires=Permission.COURSE_APPLY)
async def propose_panel(work: WorkDep, file_id: FromPath[UUID], data: JSONBody[NewPanel]) -> PanelView:
    """Propose who inspects a programme."""
    return panel_view(await panels.propose(work, file_id, data))


@post("/course-dossiers/{file_id:uuid}/panel-report", requires=Permission.COURSE_ASSESS)
async def report(work: WorkDep, file_id: FromPath[UUID], data: JSONBody[NewReport]) -> PanelView:
    """Keep what the panel found."""
    return panel_view(await panels.report(work, file_id, data.report))


@get("/provider-courses", requires=Permission.COURSE_APPLY)
async def course_list(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The courses of one's providers, with their accreditations."""
    size = page_size(pageSize)
    rows = await queries.courses(work, place_id(cursor), size + 1)
    return listed(request, await course_views(work, rows), size, lambda row: [str(row.id)])


@get("/provider-courses/{course_id:uuid}", requires=Permission.COURSE_APPLY)
async def course(work: WorkDep, course_id: FromPath[UUID]) -> Response[CourseView]:
    """One course of one's own."""
    row = await queries.own_course(work, course_id)
    return versioned((await course_views(work, [row]))[0], row.version)


@patch("/provider-courses/{course_id:uuid}", requires=Permission.COURSE_APPLY, if_match=True)
async def amend(work: WorkDep, course_id: FromPath[UUID], data: JSONBody[Answers]) -> Response[CourseView]:
    """Change what may change without a new assessment."""
    row = await applications.amend(work, course_id, data)
    await work.flush()
    return versioned((await course_views(work, [row]))[0], row.version)


@post("/course-accreditations/{accreditation_id:uuid}/withdrawal-intentions", requires=Permission.COURSE_ASSESS)
async def intend_withdrawal(
    work: WorkDep, accreditation_id: FromPath[UUID], data: JSONBody[NewWithdrawalIntention]
) -> Response[IntentionView]:
    """Tell the provider that an accreditation may be withdrawn, and until when it may say what it thinks (Awb 4:8)."""
    row = await withdrawals.intend(work, accreditation_id, data)
    return versioned(view_of(row), row.version, 201, Location=f"/v1/provider-intentions/{row.id}")


@post("/course-accreditations/{accreditation_id:uuid}/withdrawals", requires=Permission.COURSE_ASSESS)
async def propose_withdrawal(
    work: WorkDep, accreditation_id: FromPath[UUID], data: JSONBody[NewWithdrawal]
) -> Response[WithdrawalView]:
    """Propose to withdraw an accreditation; somebody else must confirm it."""
    row = await withdrawals.propose(work, accreditation_id, data)
    return versioned(withdrawal_view(row), row.version, 201, Location=f"/v1/course-withdrawals/{row.id}")


@get("/course-withdrawals/{proposal_id:uuid}", requires=Permission.COURSE_ASSESS)
async def withdrawal(work: WorkDep, proposal_id: FromPath[UUID]) -> Response[WithdrawalView]:
    """A proposal to withdraw."""
    row = await queries.withdrawal(work, proposal_id)
    return versioned(withdrawal_view(row), row.version)


@post("/course-withdrawals/{proposal_id:uuid}/confirmation", requires=Permission.COURSE_ASSESS, if_match=True)
async def confirm_withdrawal(work: WorkDep, proposal_id: FromPath[UUID]) -> Taken:
    """Agree, as somebody else than who proposed: the decision is taken."""
    return taken(await withdrawals.confirm(work, proposal_id))


@post("/course-withdrawals/{proposal_id:uuid}/rejection", requires=Permission.COURSE_ASSESS, if_match=True)
async def reject_withdrawal(work: WorkDep, proposal_id: FromPath[UUID]) -> Response[WithdrawalView]:
    """Disagree, as somebody else than who proposed."""
    row = await withdrawals.reject(work, proposal_id)
    await work.flush()
    return versioned(withdrawal_view(row), row.version, 201)


ROUTES = Router(
    "/",
    route_handlers=[
        draw_up,
        application_list,
        application,
        answer,
        submit,
        take_back,
        own_file,
        invoice,
        worklist,
        dossier,
        return_file,
        lock,
        pay,
        advise,
        propose_panel,
        report,
        course_list,
        course,
        amend,
        intend_withdrawal,
        propose_withdrawal,
        withdrawal,
        confirm_withdrawal,
        reject_withdrawal,
    ],
    tags=["courses"],
)
