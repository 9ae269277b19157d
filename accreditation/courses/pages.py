"""A provider's application on pages: where it stands in each register, its screens, what it costs; taking it back."""

from collections.abc import Awaitable
from typing import Annotated, Any
from uuid import UUID

from litestar import Response
from litestar import get as get_page
from litestar.params import FromPath
from litestar.response import Template
from pydantic import BeforeValidator, Field

from accreditation.courses import applications, invoices, panels, queries
from accreditation.courses import standing as stands
from accreditation.courses.models import CourseApplication
from accreditation.courses.policy import ENDED, ApplicationKind
from accreditation.courses.provider_pages import provider_page
from accreditation.courses.schemas import NewCourseApplication, NewPanel
from accreditation.courses.section_pages import CHECK, ONE, asked
from accreditation.kinds import CourseKind
from accreditation.providers.pages import words
from accreditation.providers.schemas import Register
from auth.permissions import Permission
from auth.schemas import Schema
from core.store.work import Work
from core.texts import euro
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, redirect, render
from core.web.submissions import Forms

PROVIDER = "/aanbieders/{provider_id:uuid}"


class StartForm(Schema):
    """What to apply for."""

    kind: ApplicationKind
    course_kind: CourseKind = CourseKind.COURSE
    course_id: UUID | None = None
    copy_of: UUID | None = None
    registers: Annotated[list[Register], BeforeValidator(words), Field(min_length=1, max_length=10)]


@get_page(ONE, requires=Permission.COURSE_APPLY)
async def application(
    request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID], application_id: FromPath[UUID]
) -> Template:
    """The application, with what was answered."""
    return await _application(request, work, provider_id, application_id, None)


async def _application(
    request: AnyRequest, work: Work, provider_id: UUID, application_id: UUID, form: Form[Any] | None
) -> Template:
    one = await asked(work, provider_id, application_id)
    row, view, here = one.row, one.view, one.here
    states = {file.state for file in view.files}
    actions = {"check": f"{here}/{CHECK}"} if one.editable else {}
    if states - {state.value for state in (*ENDED,)} - {"decided"}:
        actions["withdraw"] = f"{here}/intrekken"
    wanting = view.course_kind == CourseKind.PROGRAMME.value
    files = []
    days = await stands.days_of(work, view.files)
    lost = await stands.lost_by(work, provider_id)
    for file in view.files:
        panel = await queries.panel(work, file.id) if wanting else None
        files.append(
            {
                **stands.standing(file, days[file.id], lost),
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
        form=form or Form(),
        back=(f"/aanbieders/{provider_id}", ""),
        application={
            "number": row.number,
            "title": one.said("title") or _("Nog zonder titel"),
            "kind": view.kind,
            "course_kind": view.course_kind,
            "version": row.version,
            "copied": row.copied_from is not None,
        },
        files=files,
        answered=[(name.replace("_", "-"), one.told(name)) for name in view.answers if one.told(name)],
        sections=one.listed(),
        left=len(view.unanswered),
        actions=actions,
    )


@get_page(ONE + "/factuur/{file_id:uuid}", requires=Permission.COURSE_APPLY)
async def invoice_page(work: WorkDep, file_id: FromPath[UUID]) -> Response[bytes]:
    """The invoice as PDF."""
    return await invoices.document(work, file_id)


def _start(work: Work, provider_id: UUID, new: StartForm) -> Awaitable[CourseApplication]:
    return applications.draw_up(work, NewCourseApplication(provider_id=provider_id, **new.model_dump()))


start = Forms(PROVIDER, provider_page)(
    "/aanvragen",
    Permission.COURSE_APPLY,
    StartForm,
    _start,
    to=lambda row: redirect(f"/aanbieders/{row.provider_id}/aanvragen/{row.id}"),
    boxes=("registers",),
)
withdraw = Forms(ONE, _application, if_match=True)(
    "/intrekken",
    Permission.COURSE_APPLY,
    None,
    lambda work, provider_id, application_id: applications.withdraw(work, application_id),
    "withdrawn",
)
propose_panel = Forms(
    ONE,
    lambda request, work, provider_id, application_id, file_id, form: _application(
        request, work, provider_id, application_id, form
    ),
)(
    "/panel/{file_id:uuid}",
    Permission.COURSE_APPLY,
    NewPanel,
    lambda work, provider_id, application_id, file_id, new: panels.propose(work, file_id, new),
    "panel-proposed",
)

HANDLERS = [start, application, invoice_page, withdraw, propose_panel]
