"""Beginning a first application on pages: for which register, and on what it rests; then the draft is there."""

from typing import Any

from litestar import Request, get, post
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from auth.schemas import Schema
from core.store.work import Work
from core.web.forms import Form
from core.web.http import WorkDep
from core.web.pages import MENDABLE, moved, read, render, typed, undone
from register.applications import service
from register.applications.asked import counting_kinds
from register.applications.question_forms import StartForm
from register.applications.questions import routes_open
from register.entries import queries
from register.entries.policy import MAY_ASK, ApplicationKind, ApplicationState, Register
from register.entries.views import register_choices, route_choices

AnyRequest = Request[Any, Any, Any]
START = "/mijn/aanvragen/nieuw"


class RegisterForm(Schema):
    """For which register."""

    register_code: Register


@get(START, requires=Permission.APPLICATION_FILE)
async def start_page(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None
) -> Template | Redirect:
    """The first question, or on with the draft that was begun before."""
    return await _start(request, work, register, Form())


@post("/mijn/aanvragen/register", requires=Permission.APPLICATION_FILE)
async def choose_register(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """For whom two registers are open: which."""
    form = read(RegisterForm, await typed(request))
    if form.value is None:
        return await _start(request, work, None, form)
    return moved(START, register=form.value.register_code.value)


@post("/mijn/aanvragen", requires=Permission.APPLICATION_FILE)
async def start(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Start the draft; its questions follow."""
    form = read(StartForm, await typed(request))
    if form.value is None:
        chosen = form.values.get("register_code", "")
        return await _start(request, work, Register(chosen) if chosen in set(Register) else None, form)
    try:
        row = await service.draw_up(work, form.value.application())
    except MENDABLE as error:
        return await _start(request, work, form.value.register_code, await undone(work, form, error))
    return moved(f"/mijn/aanvragen/{row.id}/verder")


async def _start(request: AnyRequest, work: Work, register: Register | None, form: Form[Any]) -> Template | Redirect:
    open_to = [
        row for row in await queries.own_registrations(work) if row.status in MAY_ASK[ApplicationKind.REGISTRATION]
    ]
    chosen = next((row for row in open_to if row.register_code is register), None)
    if len(open_to) == 1:
        chosen = open_to[0]
    if chosen is not None and not form.summary:
        begun = await begun_before(work, ApplicationKind.REGISTRATION, chosen.register_code)
        if begun is not None:
            return begun
    kinds = counting_kinds(work.rules.chosen(chosen.register_code.value, work.today)) if chosen else frozenset()
    return render(
        request,
        "mine/start.html",
        work,
        form=form,
        registers=register_choices(row.register_code for row in open_to),
        chosen=chosen.register_code.value if chosen else "",
        routes=route_choices(routes_open(kinds), chosen.register_code if chosen else None),
    )


async def begun_before(work: Work, kind: ApplicationKind, register: Register | None) -> Redirect | None:
    """On with the draft of this kind that was begun before, in this register or in any; None where there is none."""
    for entry in await queries.own_registrations(work):
        if register in {None, entry.register_code}:
            for row in await queries.open_applications(work, entry.id):
                if row.kind is kind and row.state is ApplicationState.DRAFT:
                    return moved(f"/mijn/aanvragen/{row.id}/verder")
    return None


HANDLERS = [start_page, choose_register, start]
