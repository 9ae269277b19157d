"""Asking for postponement or another level on pages, while an entry runs."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from auth.permissions import Permission
from auth.schemas import Schema
from core.fields import Text
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, moved, options, read, render, typed, undone
from core.work import Work
from register.registration import queries, service
from register.registration.forms import in_digits
from register.registration.models import Registration
from register.registration.policy import MAY_ASK, ApplicationKind, Register
from register.registration.schemas import Ground, NewApplication

AnyRequest = Request[Any, Any, Any]


class PostponementForm(Schema):
    """How many months later, and why."""

    register_code: Register
    requested_months: Annotated[int, BeforeValidator(in_digits), Field(ge=1, le=120)]
    ground: Ground
    statement: Text = ""

    def application(self) -> NewApplication:
        """What the service takes."""
        return NewApplication(kind=ApplicationKind.POSTPONEMENT, **self.model_dump())


class LevelForm(Schema):
    """In which register."""

    register_code: Register


@get("/mijn/uitstel", requires=Permission.APPLICATION_FILE, include_in_schema=False)
async def postponement_page(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None
) -> Template:
    """How long, and why."""
    return await _postponement(request, work, register, Form())


@post("/mijn/uitstel", requires=Permission.APPLICATION_FILE, include_in_schema=False)
async def postpone(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Draw the request up and hand it in."""
    form = read(PostponementForm, await typed(request))
    if form.value is None:
        return await _postponement(request, work, None, form)
    try:
        row = await service.draw_up(work, form.value.application())
        await service.hand_in(work, row.id)
    except MENDABLE as error:
        return await _postponement(request, work, form.value.register_code, await undone(work, form, error))
    return moved(f"/mijn/aanvragen/{row.id}", "submitted")


async def _postponement(request: AnyRequest, work: Work, register: Register | None, form: Form[Any]) -> Template:
    entry = await _entry(work, ApplicationKind.POSTPONEMENT, register, form)
    norm = work.rules.chosen(entry.register_code.value, work.today).postponement if entry else None
    return render(
        request,
        "mine/postponement.html",
        work,
        form=form,
        register=entry.register_code.value if entry else "",
        due_on=entry.due_on if entry else None,
        most=norm.max_months if norm else 0,
        grounds=options(norm.grounds, "postponement-ground") if norm else [],
    )


@get("/mijn/niveau", requires=Permission.APPLICATION_FILE, include_in_schema=False)
async def level_page(request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None) -> Template:
    """What another level takes."""
    return await _level(request, work, register, Form())


@post("/mijn/niveau", requires=Permission.APPLICATION_FILE, include_in_schema=False)
async def change_level(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Start the draft; the diploma follows on its page."""
    form = read(LevelForm, await typed(request))
    if form.value is None:
        return await _level(request, work, None, form)
    try:
        new = NewApplication(kind=ApplicationKind.LEVEL_CHANGE, register_code=form.value.register_code)
        row = await service.draw_up(work, new)
    except MENDABLE as error:
        return await _level(request, work, form.value.register_code, await undone(work, form, error))
    return moved(f"/mijn/aanvragen/{row.id}", "started")


async def _level(request: AnyRequest, work: Work, register: Register | None, form: Form[Any]) -> Template:
    entry = await _entry(work, ApplicationKind.LEVEL_CHANGE, register, form)
    return render(
        request,
        "mine/level.html",
        work,
        form=form,
        register=entry.register_code.value if entry else "",
        level=entry.level if entry else None,
        due_on=entry.due_on if entry else None,
    )


async def _entry(work: Work, kind: ApplicationKind, register: Register | None, form: Form[Any]) -> Registration | None:
    """The entry about which this may be asked, or None."""
    asked = form.values.get("register_code") or (register.value if register else None)
    rows = [row for row in await queries.own_registrations(work) if row.status in MAY_ASK[kind]]
    if kind is ApplicationKind.LEVEL_CHANGE:
        rows = [row for row in rows if work.rules.chosen(row.register_code.value, work.today).level_changes]
    return next((row for row in rows if row.register_code.value == asked), rows[0] if rows else None)


HANDLERS = [postponement_page, postpone, level_page, change_level]
