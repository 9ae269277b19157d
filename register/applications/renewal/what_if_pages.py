"""What if, on a page: hours for each category in the address, norm by norm as the answer; nothing of it is stored."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from litestar import get
from litestar.response import Template
from pydantic import BeforeValidator, Field

from auth.permissions import Permission
from auth.schemas import Schema
from core import texts
from core.fields import in_digits
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import MENDABLE, SAID, _, label, options, read, render
from register.applications.renewal.what_if import MoreHours, Supposed, Supposition, suppose
from register.entries.policy import Register
from register.entries.schemas import Worked
from register.entries.views import missing_in_words
from register.portfolio.forms import Amount
from register.portfolio.page_views import category_in_words
from register.rules.assessment.answer import Outcome
from register.rules.assessment.facts import Category, Sector

HERE = "/mijn/portfolio/stel-dat"
FIELDS: Mapping[str, Category] = {each.value.lower(): each for each in Category}
HoursWorked = Annotated[Decimal, BeforeValidator(in_digits), Field(ge=0), Worked]


class SupposeForm(Schema):
    """Hours more for each category, the sector, and the hours worked."""

    register_code: Register = Register.TEACHERS
    sector: Sector | None = None
    work_hours: HoursWorked | None = None
    subject: Amount | None = None
    subject_didactic: Amount | None = None
    pedagogic: Amount | None = None
    general_professional: Amount | None = None
    school_development: Amount | None = None
    profession_development: Amount | None = None

    def supposition(self) -> Supposition:
        """What the service takes."""
        stated = {name: getattr(self, name) for name in FIELDS}
        more = [MoreHours(category=FIELDS[name], hours=hours) for name, hours in stated.items() if hours]
        return Supposition(register_code=self.register_code, sector=self.sector, work_hours=self.work_hours, hours=more)


@get(HERE, requires=Permission.PORTFOLIO_READ_OWN)
async def supposing(request: AnyRequest, work: WorkDep) -> Template:
    """Fill in what more you would do, and read what it would give."""
    given = {name: value for name, value in request.query_params.items() if name in SupposeForm.model_fields}
    if "register" in request.query_params:
        given["register_code"] = request.query_params["register"]
    form = read(SupposeForm, given)
    return render(
        request,
        "mine/supposing.html",
        work,
        form=form,
        found=await _found(work, form),
        register=form.values.get("register_code", Register.TEACHERS.value),
        sectors=options(Sector, "sector"),
        categories=[(name, category_in_words(each)) for name, each in FIELDS.items()],
        action=HERE,
    )


async def _found(work: Work, form: Form[SupposeForm]) -> dict[str, Any] | None:
    if form.value is None:
        return None
    try:
        found = await suppose(work, form.value.supposition())
    except MENDABLE as error:  # asked by the address: nothing was begun that `submitted` would undo
        form.refused(error, SAID, texts.spoken())
        return None
    return _shown(found)


def _shown(found: Supposed) -> dict[str, Any]:
    answer = found.assessment
    told = {f"{norm.name}-short" for norm in found.norms}
    return {
        "enough": answer.outcome is not Outcome.REFUSED,
        "due_on": answer.due_on,
        "norms": [
            {"label": label(norm.name, "norm"), "have": norm.have, "need": norm.need, "short": norm.short}
            for norm in found.norms
        ],
        "others": [label(code, "ground") for code in answer.grounds if code not in told | {"facts-missing"}]
        + [_("Nog niet bekend: {what}.", what=one) for one in missing_in_words(answer.missing)],
    }


HANDLERS = [supposing]
