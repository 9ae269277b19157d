"""The wizard: a provider's application on one page, saved as often as one likes, and handed in."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, post
from litestar import get as get_page
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from accreditation.courses import applications, invoices, panels, queries
from accreditation.courses.policy import EDITABLE, ENDED, ApplicationKind, CourseKind
from accreditation.courses.schemas import Answers, Delivery, NewCourseApplication, NewPanel
from accreditation.courses.views import application_view
from accreditation.providers.pages import provider_page, words
from accreditation.providers.schemas import Register
from auth.permissions import Permission
from auth.schemas import Schema
from core.errors import NotFound
from core.fields import NeededLine
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, moved, options, read, render, ticked, typed, undone
from core.texts import euro
from core.work import Work

AnyRequest = Request[Any, Any, Any]
PROVIDER = "/aanbieders/{provider_id:uuid}"
ONE = PROVIDER + "/aanvragen/{application_id:uuid}"


def _lines(value: object) -> object:
    return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


class StartForm(Schema):
    """What to apply for."""

    kind: ApplicationKind
    course_kind: CourseKind = CourseKind.COURSE
    course_id: UUID | None = None
    copy_of: UUID | None = None
    registers: Annotated[list[Register], BeforeValidator(words), Field(min_length=1, max_length=10)]


class AnswersForm(Answers):
    """The answers as they are typed: one theme a line."""

    themes: Annotated[
        list[Annotated[NeededLine, Field(max_length=60)]], BeforeValidator(_lines), Field(max_length=12)
    ] = []

    def answers(self) -> Answers:
        """What the service takes: what was left empty is emptied."""
        return Answers.model_validate(self.model_dump())


@post(PROVIDER + "/aanvragen", requires=Permission.COURSE_APPLY, include_in_schema=False)
async def start(request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID]) -> Template | Redirect:
    """Start an application."""
    chosen = await ticked(request, "registers")
    form = read(StartForm, {**await typed(request), "registers": " ".join(chosen)})
    if form.value is None:
        return await provider_page(request, work, provider_id, form, chosen)
    try:
        new = NewCourseApplication(provider_id=provider_id, **form.value.model_dump())
        row = await applications.draw_up(work, new)
    except MENDABLE as error:
        return await provider_page(request, work, provider_id, await undone(work, form, error), chosen)
    return moved(f"/aanbieders/{provider_id}/aanvragen/{row.id}")


@get_page(ONE, requires=Permission.COURSE_APPLY, include_in_schema=False)
async def application(
    request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID], application_id: FromPath[UUID]
) -> Template:
    """The application, with what was answered."""
    return await _application(request, work, provider_id, application_id, None)


async def _application(
    request: AnyRequest, work: Work, provider_id: UUID, application_id: UUID, form: Form[Any] | None
) -> Template:
    row = await queries.application(work, application_id)
    if row.provider_id != provider_id:
        raise NotFound("no-such-course-application")
    view = await application_view(work, row)
    answers = {name: value for name, value in row.answers.items() if value not in (None, "", [])}
    typed_before = {
        name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in answers.items()
    }
    here = f"/aanbieders/{provider_id}/aanvragen/{row.id}"
    states = {file.state for file in view.files}
    editable = bool(states & {state.value for state in EDITABLE})
    actions = {"save": here, "submit": f"{here}/indienen"} if editable else {}
    if states - {state.value for state in (*ENDED,)} - {"decided"}:
        actions["withdraw"] = f"{here}/intrekken"
    wanting = view.course_kind == CourseKind.PROGRAMME.value
    files = []
    for file in view.files:
        panel = await queries.panel(work, file.id) if wanting else None
        files.append(
            {
                "register": file.register_code,
                "state": file.state,
                "decide_by": file.decide_by_on,
                "question": file.question,
                "decision": f"/mijn/besluiten/{file.decision_id}" if file.decision_id else "",
                "invoice": file.invoice
                and {
                    "number": file.invoice.number,
                    "amount": euro(file.invoice.total_cents / 100),
                    "state": file.invoice.state,
                    "due_on": file.invoice.due_on,
                    "href": f"{here}/factuur/{file.id}",
                },
                "panel": panel and {"state": panel.state.value, "bureau": panel.bureau},
                "propose": f"{here}/panel/{file.id}" if wanting and (not panel or panel.state == "rejected") else "",
            }
        )
    return render(
        request,
        "provider/application.html",
        work,
        form=form or Form(values=typed_before),
        back=(f"/aanbieders/{provider_id}", ""),
        application={
            "number": row.number,
            "title": answers.get("title") or row.number,
            "kind": view.kind,
            "course_kind": view.course_kind,
            "version": row.version,
        },
        files=files,
        answered=[(name.replace("_", "-"), typed_before[name]) for name in view.answers if name in typed_before],
        public=list(view.public),
        unanswered=list(view.unanswered),
        deliveries=options(Delivery, "delivery"),
        actions=actions,
    )


@post(ONE, requires=Permission.COURSE_APPLY, if_match=True, include_in_schema=False)
async def save(
    request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID], application_id: FromPath[UUID]
) -> Template | Redirect:
    """Keep what was answered, complete or not."""
    form = read(AnswersForm, await typed(request))
    if form.value is None:
        return await _application(request, work, provider_id, application_id, form)
    try:
        await applications.answer(work, application_id, form.value.answers())
    except MENDABLE as error:
        return await _application(request, work, provider_id, application_id, await undone(work, form, error))
    return moved(f"/aanbieders/{provider_id}/aanvragen/{application_id}", "answers-saved")


@get_page(ONE + "/factuur/{file_id:uuid}", requires=Permission.COURSE_APPLY, include_in_schema=False)
async def invoice_page(work: WorkDep, file_id: FromPath[UUID]) -> Response[bytes]:
    """The invoice as PDF."""
    return await invoices.document(work, file_id)


@post(ONE + "/indienen", requires=Permission.COURSE_APPLY, if_match=True, include_in_schema=False)
async def submit(
    request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID], application_id: FromPath[UUID]
) -> Template | Redirect:
    """Hand in what was saved."""
    try:
        await applications.submit(work, application_id)
    except MENDABLE as error:
        form = await _as_saved(work, application_id)
        return await _application(request, work, provider_id, application_id, await undone(work, form, error))
    return moved(f"/aanbieders/{provider_id}/aanvragen/{application_id}", "submitted")


async def _as_saved(work: Work, application_id: UUID) -> Form[Any]:
    answers = (await queries.application(work, application_id)).answers
    shown = {
        name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in answers.items() if value
    }
    return Form(values=shown)


@post(ONE + "/intrekken", requires=Permission.COURSE_APPLY, if_match=True, include_in_schema=False)
async def withdraw(
    request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID], application_id: FromPath[UUID]
) -> Template | Redirect:
    """Take the application back."""
    try:
        await applications.withdraw(work, application_id)
    except MENDABLE as error:
        form = await _as_saved(work, application_id)
        return await _application(request, work, provider_id, application_id, await undone(work, form, error))
    return moved(f"/aanbieders/{provider_id}/aanvragen/{application_id}", "withdrawn")


@post(ONE + "/panel/{file_id:uuid}", requires=Permission.COURSE_APPLY, include_in_schema=False)
async def propose_panel(
    request: AnyRequest,
    work: WorkDep,
    provider_id: FromPath[UUID],
    application_id: FromPath[UUID],
    file_id: FromPath[UUID],
) -> Template | Redirect:
    """Propose who inspects the programme."""
    form = read(NewPanel, await typed(request))
    if form.value is None:
        return await _application(request, work, provider_id, application_id, form)
    try:
        await panels.propose(work, file_id, form.value)
    except MENDABLE as error:
        return await _application(request, work, provider_id, application_id, await undone(work, form, error))
    return moved(f"/aanbieders/{provider_id}/aanvragen/{application_id}", "panel-proposed")


HANDLERS = [start, application, invoice_page, save, submit, withdraw, propose_panel]
