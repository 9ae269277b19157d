"""Asking for reregistration on pages: what it would give today, and the draft."""

from typing import Any

from litestar import get
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import render
from core.web.submissions import Forms
from register.applications.renewal.views import portfolio_card, running_registers, training_until, waits
from register.applications.starting_pages import RegisterForm, beginning, begun_before, go_on, in_the_way
from register.entries import queries as registrations
from register.entries.policy import ApplicationKind, Register
from register.entries.views import register_in


@get("/mijn/herregistratie", requires=Permission.APPLICATION_FILE)
async def renew_page(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None
) -> Template | Redirect:
    """What renewing now would give, and the button; or on with what was begun before."""
    begun = await begun_before(work, ApplicationKind.REREGISTRATION, register)
    return begun or await _page(request, work, Form(), register)


async def _page(request: AnyRequest, work: Work, form: Form[Any], register: Register | None = None) -> Template:
    own = await registrations.own_registrations(work)
    mine = await running_registers(work, own)
    if not mine:
        return render(
            request, "mine/no_portfolio.html", work, form=form, waiting=waits(own), training_until=training_until(own)
        )
    register = register or register_in(form.values)
    chosen = register if register in mine else mine[0]
    form.values.setdefault("register_code", chosen.value)
    card = await portfolio_card(work, chosen)
    return render(
        request,
        "mine/renew.html",
        work,
        form=form,
        first=await in_the_way(work, ApplicationKind.REREGISTRATION, chosen),
        **card,
    )


renew = Forms("/mijn/herregistratie", _page)(
    "", Permission.APPLICATION_FILE, RegisterForm, beginning(ApplicationKind.REREGISTRATION), to=go_on
)

HANDLERS = [renew_page, renew]
