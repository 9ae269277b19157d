"""The secretary's desk for providers and courses: what waits, one file, and a button for each step."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template
from pydantic import BeforeValidator, Field

from accreditation.courses import hours, panels, queries, service
from accreditation.courses import standing as stands
from accreditation.courses.award import categories
from accreditation.courses.hours import TypedHours
from accreditation.courses.models import CourseFile
from accreditation.courses.policy import FileEvent, FileState
from accreditation.courses.schemas import NewAdvice, NewBooking, NewReport, Question
from accreditation.courses.views import file_view
from accreditation.kinds import CourseKind
from accreditation.providers import queries as providers
from accreditation.providers import service as admission
from accreditation.providers.policy import GROUNDS, lacking
from accreditation.providers.schemas import Code, NewAdmission
from accreditation.providers.standing_pages import HERE as STANDING
from auth.permissions import Permission
from auth.schemas import Schema
from core.fields import Day, NeededText, Text
from core.store.work import Work
from core.texts import euro
from core.typed import day as typed_day
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, render
from core.web.submissions import Forms

HERE = "/accreditatie"
FILE = HERE + "/dossiers/{file_id:uuid}"
MOST = 100


class AdmissionForm(Schema):
    """The decision on a provider."""

    granted: bool
    reasons: NeededText
    ground: Annotated[Code, Field()] | None = None
    repair: Text = ""

    def admission(self) -> NewAdmission:
        """What the service takes."""
        grounds = [self.ground] if self.ground else []
        return NewAdmission(granted=self.granted, reasons=self.reasons, grounds=grounds, repair=self.repair)


class AdviceForm(Schema):
    """The adviser's draft."""

    positive: bool
    points: Annotated[int, Field(ge=0, le=1000)] | None = None
    hours: TypedHours = {}
    from_on: Annotated[Day, BeforeValidator(typed_day)] | None = None
    advice: NeededText

    def draft(self) -> NewAdvice:
        """What the service takes."""
        return NewAdvice(reasons=self.advice, **self.model_dump(exclude={"advice"}))


@get(HERE, requires=Permission.COURSE_ASSESS)
async def desk(request: AnyRequest, work: WorkDep) -> Template:
    """What waits, nearest last day first."""
    return await _desk(request, work, Form())


async def _desk(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    asked = await providers.waiting(work, MOST)
    files = await queries.files_in(work, queries.WAITING, MOST)
    return render(
        request,
        "accreditation/desk.html",
        work,
        form=form,
        providers=[
            {
                "name": provider.name,
                "town": provider.town,
                "kvk_number": provider.kvk_number,
                "register": row.register_code,
                "decide_by": row.decide_by_on,
                "staff_level": label(provider.staff_level, "staff-level"),
                "quality": provider.quality_procedure,
                "complaints": provider.complaints_procedure,
                "lacking": [label(code, "ground") for code in lacking(provider.profile())],
                "version": row.version,
                "decide": f"{HERE}/toelating/{row.id}/besluit",
            }
            for row, provider in asked
        ],
        files=[
            {
                "href": f"{HERE}/dossiers/{file.id}",
                "title": file.answers.get("title") or course.title or application.number,
                "provider": provider.name,
                "register": file.register_code,
                "state": file.state.value,
                "decide_by": file.decide_by_on,
            }
            for file, application, course, provider in files
        ],
        grounds=options(sorted(GROUNDS), "ground"),
        standing=STANDING if work.actor.can(Permission.PROVIDER_ADMIT) else "",
    )


@get(FILE, requires=Permission.COURSE_ASSESS)
async def file(request: AnyRequest, work: WorkDep, file_id: FromPath[UUID]) -> Template:
    """One file."""
    return await _file(request, work, file_id, Form())


async def _file(request: AnyRequest, work: Work, file_id: UUID, form: Form[Any]) -> Template:
    row = await service.read(work, file_id)
    course = await queries.course(work, row.course_id)
    provider = await providers.by_id(work, row.provider_id)
    invoice = await service.invoice_of_file(work, row)
    panel = await queries.panel(work, row.id)
    view = file_view(row, invoice)
    still, days = row.state in stands.ASKED, (await stands.days_of(work, [view]))[view.id]
    rules = work.rules.chosen(row.register_code, work.today)
    return render(
        request,
        "accreditation/file.html",
        work,
        form=form,
        file={
            "title": row.answers.get("title") or course.title,
            "provider": provider.name,
            "register": row.register_code,
            "state": row.state.value,
            "version": row.version,
            "kind": course.kind.value,
            "received_on": row.received_on,
            "decide_by": None if still else row.decide_by_on,
            "still": still,
            "answer_by": days.answer_by,
            "question": row.question,
        },
        answers=answers_shown(row),
        invoice=invoice
        and {
            "number": invoice.number,
            "cents": invoice.total_cents,
            "amount": euro(invoice.total_cents / 100),
            "due_on": invoice.due_on,
            "state": invoice.state.value,
        },
        panel=panel
        and {
            "state": panel.state.value,
            "bureau": panel.bureau,
            "composition": panel.composition,
            "report": panel.report,
        },
        categories=hours.fields(categories(rules)),
        actions=_actions(row, view.open_moves, course.kind, panel.state.value if panel else ""),
    )


def answers_shown(row: CourseFile) -> list[tuple[str, str]]:
    """The frozen answers: question and text."""
    return [
        (name.replace("_", "-"), _in_words(name, value))
        for name, value in row.answers.items()
        if value not in (None, "", [])
    ]


def _in_words(name: str, value: Any) -> str:
    if name == "form":
        return label(value, "given")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _actions(row: CourseFile, moves: Any, kind: CourseKind, panel: str) -> dict[str, str]:
    here = f"{HERE}/dossiers/{row.id}"
    paths = {
        FileEvent.RETURN: "terugsturen",
        FileEvent.LOCK: "compleet",
        FileEvent.PAY: "betaald",
        FileEvent.ASSESS: "advies",
    }
    actions = {event.value: f"{here}/{path}" for event, path in paths.items() if event.value in moves}
    if kind is CourseKind.PROGRAMME and panel != "reported":
        actions.pop(FileEvent.ASSESS.value, None)
        if panel == "approved" and row.state is not FileState.DRAFT:
            actions["report"] = f"{here}/visitatie"
    return actions


admit = Forms(HERE, lambda request, work, id, form: _desk(request, work, form), if_match=True)(
    "/toelating/{authorisation_id:uuid}/besluit",
    Permission.PROVIDER_ADMIT,
    AdmissionForm,
    lambda work, id, new: admission.decide(work, id, new.admission()),
    "decided",
)
step = Forms(FILE, _file, if_match=True)
return_file = step(
    "/terugsturen",
    Permission.COURSE_ASSESS,
    Question,
    lambda work, id, new: service.return_file(work, id, new.question),
    "sent-back",
)
lock = step("/compleet", Permission.COURSE_ASSESS, None, service.lock, "locked")
pay = step("/betaald", Permission.COURSE_ASSESS, NewBooking, service.book_payment, "payment-booked")
advise = step(
    "/advies",
    Permission.COURSE_ASSESS,
    AdviceForm,
    lambda work, id, new: service.advise(work, id, new.draft()),
    "advice-recorded",
    reader=hours.read_with,
)
report = step(
    "/visitatie",
    Permission.COURSE_ASSESS,
    NewReport,
    lambda work, id, new: panels.report(work, id, new.report),
    "reported",
    if_match=False,
)

HANDLERS = [desk, admit, file, return_file, lock, pay, advise, report]
