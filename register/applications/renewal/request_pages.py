"""Asking for reregistration on pages: what it would give today, and the draft."""

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
from register.applications.renewal.views import portfolio_card, running_registers, training_until, waits
from register.applications.starting_pages import begun_before
from register.entries import queries as registrations
from register.entries.policy import ApplicationKind, Register
from register.entries.schemas import NewApplication

AnyRequest = Request[Any, Any, Any]


class RenewForm(Schema):
    """In which register."""

    register_code: Register


@get("/mijn/herregistratie", requires=Permission.APPLICATION_FILE)
async def renew_page(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None
) -> Template | Redirect:
    """What renewing now would give, and the button; or on with what was begun before."""
    begun = await begun_before(work, ApplicationKind.REREGISTRATION, register)
    return begun or await _page(request, work, register, Form())


@post("/mijn/herregistratie", requires=Permission.APPLICATION_FILE)
async def renew(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Start the draft; its questions follow, and the portfolio is the proof."""
    form = read(RenewForm, await typed(request))
    if form.value is None:
        return await _page(request, work, None, form)
    try:
        register = form.value.register_code
        row = await service.draw_up(work, NewApplication(kind=ApplicationKind.REREGISTRATION, register_code=register))
    except MENDABLE as error:
        return await _page(request, work, form.value.register_code, await undone(work, form, error))
    return moved(f"/mijn/aanvragen/{row.id}/verder")


async def _page(request: AnyRequest, work: Work, register: Register | None, form: Form[Any]) -> Template:
    own = await registrations.own_registrations(work)
    mine = await running_registers(work, own)
    if not mine:
        return render(
            request, "mine/no_portfolio.html", work, form=form, waiting=waits(own), training_until=training_until(own)
        )
    chosen = register if register in mine else mine[0]
    form.values.setdefault("register_code", chosen.value)
    card = await portfolio_card(work, chosen)
    return render(
        request,
        "mine/renew.html",
        work,
        form=form,
        **card,
    )


HANDLERS = [renew_page, renew]
