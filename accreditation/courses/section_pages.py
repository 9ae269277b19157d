"""An application for a course on pages: one subject a screen, the last look, handing in, and the confirmation."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from accreditation.courses import applications, queries
from accreditation.courses.models import CourseApplication
from accreditation.courses.policy import EDITABLE, Given
from accreditation.courses.schemas import Answers, CourseApplicationView
from accreditation.courses.views import application_view
from accreditation.courses.wizard import QUESTIONS, Section, sections
from accreditation.kinds import BY_BUREAU, CourseKind
from auth.permissions import Permission
from auth.schemas import Schema
from core.errors import NotFound, Refused
from core.fields import NeededLine
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, form_values, label, options, read, redirect, render
from core.web.submissions import Forms, submitted

ONE = "/aanbieders/{provider_id:uuid}/aanvragen/{application_id:uuid}"
READS: dict[str, Any] = {"requires": Permission.COURSE_APPLY}
CHECK = "controle"


def _lines(value: object) -> object:
    return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


class AnswersForm(Answers):
    """The answers as they are typed: one theme a line."""

    themes: Annotated[
        list[Annotated[NeededLine, Field(max_length=60)]], BeforeValidator(_lines), Field(max_length=12)
    ] = []


class DeclarationForm(Schema):
    """What who hands in stands for."""

    declared: Literal["true"]


class Asked:
    """An application of one's provider with its screens."""

    def __init__(self, row: CourseApplication, view: CourseApplicationView) -> None:
        self.row, self.view = row, view
        self.sections = sections(CourseKind(view.course_kind))
        self.here = f"/aanbieders/{row.provider_id}/aanvragen/{row.id}"
        self.editable = any(file.state in EDITABLE for file in view.files)

    def at(self, section: Section) -> str:
        """Where a screen stands."""
        return f"{self.here}/onderdelen/{section}"

    def open_in(self, section: Section) -> list[str]:
        """The questions of a screen that must still be answered."""
        return [name for name in self.sections[section] if name in self.view.unanswered]

    def said(self, name: str) -> str:
        """An answer as it was typed."""
        value = self.row.answers.get(name)
        return "\n".join(value) if isinstance(value, list) else "" if value is None else str(value)

    def told(self, name: str) -> str:
        """An answer in words."""
        said = self.said(name)
        return label(said, "given") if name == "form" and said else said

    def after(self, section: Section) -> str:
        """The next screen, or the last look."""
        names = list(self.sections)
        rest = names[names.index(section) + 1 :]
        return self.at(rest[0]) if rest else f"{self.here}/{CHECK}"

    def before(self, section: Section) -> str:
        """The screen before, or the list of all."""
        names = list(self.sections)
        place = names.index(section)
        return self.at(names[place - 1]) if place else self.here

    def needs(self, name: str) -> bool:
        """Whether a question must be answered for what is offered."""
        return CourseKind(self.view.course_kind) in QUESTIONS[name].needed_for

    def listed(self) -> list[dict[str, Any]]:
        """Every screen with how many questions are still open."""
        return [
            {"what": label(section, "course-section"), "href": self.at(section), "left": len(self.open_in(section))}
            for section in self.sections
        ]

    def summary(self) -> list[dict[str, Any]]:
        """Every screen with its answers, each with the way to change it and who may read it."""
        return [
            {
                "what": label(section, "course-section"),
                "answers": [self._answer(section, name) for name in names],
            }
            for section, names in self.sections.items()
        ]

    def _answer(self, section: Section, name: str) -> dict[str, Any]:
        needed = name in self.view.unanswered
        empty = _("Nog niet beantwoord") if needed else _("Niet ingevuld")
        return {
            "id": name,
            "what": label(name.replace("_", "-"), "question"),
            "said": self.told(name) or empty,
            "note": _("Openbaar in de agenda.") if name in self.view.public else _("Alleen voor het register."),
            "href": f"{self.at(section)}?naar={CHECK}#{name}" if self.editable else "",
        }


async def asked(work: Work, provider_id: UUID, application_id: UUID) -> Asked:
    """An application under the address of its provider; NotFound("no-such-course-application") for any other."""
    row = await queries.application(work, application_id)
    if row.provider_id != provider_id:
        raise NotFound("no-such-course-application")
    return Asked(row, await application_view(work, row))


def _named(one: Asked, section: str) -> Section:
    if section not in set(one.sections):
        raise NotFound("no-such-course-application")
    return Section(section)


@get(ONE + "/onderdelen/{section:str}", **READS)
async def section_page(
    request: AnyRequest,
    work: WorkDep,
    provider_id: FromPath[UUID],
    application_id: FromPath[UUID],
    section: FromPath[str],
    naar: FromQuery[str | None] = None,
) -> Template | Redirect:
    """One subject of the application."""
    one = await asked(work, provider_id, application_id)
    shown = _named(one, section)
    if not one.editable:
        return redirect(one.here)
    return _section(
        request, work, one, shown, Form(values={name: one.said(name) for name in one.sections[shown]}), naar
    )


async def _given_back(
    request: AnyRequest, work: Work, provider_id: UUID, application_id: UUID, section: str, form: Form[Any]
) -> Template:
    one = await asked(work, provider_id, application_id)
    return _section(request, work, one, _named(one, section), form, request.query_params.get("naar"))


@post(ONE + "/onderdelen/{section:str}", if_match=True, **READS)
async def save(
    request: AnyRequest,
    work: WorkDep,
    provider_id: FromPath[UUID],
    application_id: FromPath[UUID],
    section: FromPath[str],
    naar: FromQuery[str | None] = None,
) -> Template | Redirect:
    """Keep what was answered, complete or not, and go on; what was left empty is emptied."""
    one = await asked(work, provider_id, application_id)
    shown = _named(one, section)

    async def keep(new: AnswersForm) -> None:
        given = new.model_dump(include=set(one.sections[shown]))
        await applications.answer(work, application_id, Answers.model_validate(given))
        await work.flush()

    onward = f"{one.here}/{CHECK}" if naar == CHECK else one.after(shown)
    return await submitted(request, work, read(AnswersForm, await form_values(request)), _given_back, keep, onward)


def _section(
    request: AnyRequest, work: Work, one: Asked, section: Section, form: Form[Any], onward: str | None
) -> Template:
    to_check = onward == CHECK
    return render(
        request,
        "provider/section.html",
        work,
        form=form,
        section=label(section, "course-section"),
        names=list(one.sections[section]),
        needed=[name for name in one.sections[section] if one.needs(name)],
        public=list(one.view.public),
        bureau=CourseKind(one.view.course_kind) in BY_BUREAU,
        deliveries=options(Given, "given"),
        application={"title": one.said("title") or one.row.number, "version": one.row.version},
        back=f"{one.here}/{CHECK}" if to_check else one.before(section),
        action=one.at(section) + (f"?naar={CHECK}" if to_check else ""),
    )


@get(ONE + "/controle", **READS)
async def check(
    request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID], application_id: FromPath[UUID]
) -> Template | Redirect:
    """Every answer with who may read it and the way to change it, and the button."""
    one = await asked(work, provider_id, application_id)
    return _check(request, work, one, Form()) if one.editable else redirect(one.here)


async def _unsubmitted(
    request: AnyRequest, work: Work, provider_id: UUID, application_id: UUID, form: Form[Any]
) -> Template:
    one = await asked(work, provider_id, application_id)
    if not one.editable:
        raise Refused("frozen")
    return _check(request, work, one, form)


async def _submit(work: Work, provider_id: UUID, application_id: UUID, _declared: DeclarationForm) -> None:
    """Hand in what was kept."""
    await asked(work, provider_id, application_id)
    await applications.submit(work, application_id)


def _check(request: AnyRequest, work: Work, one: Asked, form: Form[Any]) -> Template:
    return render(
        request,
        "provider/check.html",
        work,
        form=form,
        application={"title": one.said("title") or one.row.number, "version": one.row.version},
        sections=one.summary(),
        left=len(one.view.unanswered),
        registers=[file.register_code for file in one.view.files if file.state in EDITABLE],
        action=f"{one.here}/indienen",
        back=one.at(list(one.sections)[-1]),
    )


@get(ONE + "/ingediend", **READS)
async def confirmation(
    request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID], application_id: FromPath[UUID]
) -> Template | Redirect:
    """The number, and what each register does next and by when."""
    one = await asked(work, provider_id, application_id)
    came = [file for file in one.view.files if file.received_on is not None]
    if not came:
        return redirect(one.here)
    return render(
        request,
        "provider/handed_in.html",
        work,
        number=one.row.number,
        files=[{"register": file.register_code, "decide_by": file.decide_by_on} for file in came],
        back=one.here,
    )


submit = Forms(ONE, _unsubmitted, if_match=True)(
    "/indienen", Permission.COURSE_APPLY, DeclarationForm, _submit, to=ONE + "/ingediend"
)
HANDLERS = [section_page, save, check, submit, confirmation]
