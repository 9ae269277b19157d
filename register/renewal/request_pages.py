"""Asking for reregistration on pages: what it would give today, and the request itself."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from auth.permissions import Permission
from auth.schemas import Schema
from core.errors import Invalid
from core.fields import Line, Text
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, moved, options, read, render, typed, undone
from core.work import Work
from register.assessment.facts import Sector
from register.registration import queries as registrations
from register.registration import service
from register.registration.forms import in_digits
from register.registration.policy import ApplicationKind, Register, Route
from register.registration.schemas import NewApplication
from register.renewal.views import portfolio_card, running_registers

AnyRequest = Request[Any, Any, Any]
Worked = Annotated[int | None, BeforeValidator(in_digits), Field(ge=0, le=100_000)]


class RenewForm(Schema):
    """A request to renew; a teacher states sector, qualifications and hours worked in each."""

    register_code: Register
    sector: Sector | None = None
    qualification: Line = ""
    work_hours: Worked = None
    qualification_2: Line = ""
    work_hours_2: Worked = None
    qualification_3: Line = ""
    work_hours_3: Worked = None
    statement: Text = ""

    def require_stated(self) -> None:
        """A teacher's request says what was taught, for how long and where: Invalid("field-missing") for each."""
        stated = {"sector": self.sector, "qualification": self.qualification, "work_hours": self.work_hours}
        lacking = [(name, "field-missing") for name, value in stated.items() if value in {None, ""}]
        if self.register_code is Register.TEACHERS and lacking:
            raise Invalid("invalid-input", lacking)

    def application(self) -> NewApplication:
        """What the service takes."""
        stated = (
            (self.qualification, self.work_hours),
            (self.qualification_2, self.work_hours_2),
            (self.qualification_3, self.work_hours_3),
        )
        worked = [{"name": name, "work_hours": hours} for name, hours in stated if name]
        return NewApplication.model_validate(
            {
                "register_code": self.register_code,
                "kind": ApplicationKind.REREGISTRATION,
                "route": Route.PORTFOLIO,
                "sector": self.sector,
                "qualifications": worked,
                "statement": self.statement,
            }
        )


@get("/mijn/herregistratie", requires=Permission.APPLICATION_FILE, include_in_schema=False)
async def renew_page(request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None) -> Template:
    """What renewing now would give, and the button."""
    return await _page(request, work, register, Form())


@post("/mijn/herregistratie", requires=Permission.APPLICATION_FILE, include_in_schema=False)
async def renew(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Start the request and hand it in: the portfolio is the proof."""
    form = read(RenewForm, await typed(request))
    if form.value is None:
        return await _page(request, work, None, form)
    try:
        form.value.require_stated()
        row = await service.draw_up(work, form.value.application())
        await service.hand_in(work, row.id)
    except MENDABLE as error:
        return await _page(request, work, form.value.register_code, await undone(work, form, error))
    return moved(f"/mijn/aanvragen/{row.id}", "submitted")


async def _page(request: AnyRequest, work: Work, register: Register | None, form: Form[Any]) -> Template:
    mine = running_registers(await registrations.own_registrations(work))
    if not mine:
        return render(request, "mine/no_portfolio.html", work, form=form)
    chosen = register if register in mine else mine[0]
    form.values.setdefault("register_code", chosen.value)
    card = await portfolio_card(work, chosen)
    return render(
        request,
        "mine/renew.html",
        work,
        form=form,
        **card,
        teacher=chosen is Register.TEACHERS,
        more=(2, 3),
        sectors=options(Sector, "sector"),
    )


HANDLERS = [renew_page, renew]
