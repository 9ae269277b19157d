"""Beginning a first application on pages: for which register, and on what it rests; then the draft is there."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import get
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from auth.schemas import Schema
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, redirect, render
from core.web.submissions import Forms
from register.applications import service
from register.applications.asked import counting_kinds
from register.applications.question_forms import StartForm
from register.applications.questions import routes_open
from register.entries import queries
from register.entries.models import Application
from register.entries.policy import MAY_ASK, ApplicationKind, ApplicationState, Register
from register.entries.schemas import NewApplication
from register.entries.views import register_choices, register_in, route_choices

START = "/mijn/aanvragen/nieuw"


class RegisterForm(Schema):
    """In which register."""

    register_code: Register


@get(START, requires=Permission.APPLICATION_FILE)
async def start_page(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None
) -> Template | Redirect:
    """The first question, or on with the draft that was begun before."""
    return await _start(request, work, Form(), register)


async def _start(
    request: AnyRequest, work: Work, form: Form[Any], register: Register | None = None
) -> Template | Redirect:
    open_to = [
        row for row in await queries.own_registrations(work) if row.status in MAY_ASK[ApplicationKind.REGISTRATION]
    ]
    register = register or register_in(form.values)
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


def go_on(row: Application) -> Redirect:
    """On with the questions of a draft."""
    return redirect(f"/mijn/aanvragen/{row.id}/verder")


def beginning(kind: ApplicationKind) -> Callable[[Work, RegisterForm], Awaitable[Application]]:
    """To start a draft of this kind in the register that was chosen."""
    return lambda work, new: service.draw_up(work, NewApplication(kind=kind, register_code=new.register_code))


async def begun_before(work: Work, kind: ApplicationKind, register: Register | None) -> Redirect | None:
    """On with the draft of this kind that was begun before, in this register or in any; None where there is none."""
    for entry in await queries.own_registrations(work):
        if register in {None, entry.register_code}:
            for row in await queries.open_applications(work, entry.id):
                if row.kind is kind and row.state is ApplicationState.DRAFT:
                    return go_on(row)
    return None


async def in_the_way(work: Work, kind: ApplicationKind, register: Register | None) -> dict[str, str] | None:
    """The other application of one's own that must be finished or taken back first: what it is, and where it stands."""
    for entry in await queries.own_registrations(work):
        for row in await queries.open_applications(work, entry.id):
            if row.kind is not kind and register in {None, entry.register_code}:
                draft = row.state is ApplicationState.DRAFT
                return {
                    "kind": label(row.kind, "kind"),
                    "href": f"/mijn/aanvragen/{row.id}",
                    "draft": "1" if draft else "",
                }
    return None


async def _choose(work: Work, new: RegisterForm) -> Redirect:
    return redirect(START, register=new.register_code.value)


action = Forms("/mijn/aanvragen", _start)
# For whom two registers are open: which.
choose_register = action("/register", Permission.APPLICATION_FILE, RegisterForm, _choose)
start = action(
    "", Permission.APPLICATION_FILE, StartForm, lambda work, new: service.draw_up(work, new.application()), to=go_on
)

HANDLERS = [start_page, choose_register, start]
