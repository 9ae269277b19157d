"""Asking for postponement or another level on pages, while an entry runs."""

from typing import Any

from litestar import get
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from core.web.submissions import Forms
from register.applications.starting_pages import RegisterForm, beginning, begun_before, go_on, in_the_way
from register.entries import queries
from register.entries.models import Registration
from register.entries.policy import MAY_ASK, ApplicationKind, Register

NO_POSTPONEMENT = frozenset({"conditional", "postponed", "in-training", "enrolled", "lapsed"})
"""Statuses of which it is said why nothing is postponed."""


@get("/mijn/uitstel", requires=Permission.APPLICATION_FILE)
async def postponement_page(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None
) -> Template | Redirect:
    """What one may ask; or on with what was begun before."""
    begun = await begun_before(work, ApplicationKind.POSTPONEMENT, register)
    return begun or await _postponement(request, work, Form(), register)


async def _postponement(request: AnyRequest, work: Work, form: Form[Any], register: Register | None = None) -> Template:
    entry = await _entry(work, ApplicationKind.POSTPONEMENT, register, form)
    norm = work.rules.chosen(entry.register_code.value, work.today).postponement if entry else None
    own = [row.status.value for row in await queries.own_registrations(work)]
    return render(
        request,
        "mine/postponement.html",
        work,
        form=form,
        register=entry.register_code.value if entry else "",
        first=await in_the_way(work, ApplicationKind.POSTPONEMENT, entry.register_code) if entry else None,
        why_not=next((label(status, "no-postponement") for status in own if status in NO_POSTPONEMENT), ""),
        due_on=entry.due_on if entry else None,
        most=norm.max_months if norm else 0,
    )


@get("/mijn/niveau", requires=Permission.APPLICATION_FILE)
async def level_page(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None
) -> Template | Redirect:
    """What another level takes; or on with what was begun before."""
    begun = await begun_before(work, ApplicationKind.LEVEL_CHANGE, register)
    return begun or await _level(request, work, Form(), register)


async def _level(request: AnyRequest, work: Work, form: Form[Any], register: Register | None = None) -> Template:
    entry = await _entry(work, ApplicationKind.LEVEL_CHANGE, register, form)
    return render(
        request,
        "mine/level.html",
        work,
        form=form,
        register=entry.register_code.value if entry else "",
        first=await in_the_way(work, ApplicationKind.LEVEL_CHANGE, entry.register_code) if entry else None,
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


postpone = Forms("/mijn/uitstel", _postponement)(
    "", Permission.APPLICATION_FILE, RegisterForm, beginning(ApplicationKind.POSTPONEMENT), to=go_on
)
change_level = Forms("/mijn/niveau", _level)(
    "", Permission.APPLICATION_FILE, RegisterForm, beginning(ApplicationKind.LEVEL_CHANGE), to=go_on
)

HANDLERS = [postponement_page, postpone, level_page, change_level]
