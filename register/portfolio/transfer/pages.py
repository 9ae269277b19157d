"""Taking a portfolio out and bringing one in, on a page."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.errors import Invalid
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, form_values, label, render, uploaded
from core.web.submissions import submitted
from register.entries import queries as registrations
from register.entries.policy import Register
from register.portfolio.transfer import service
from register.portfolio.transfer.api import ROOM_FOR_PARTS, package
from register.portfolio.transfer.policy import MOST_UPLOADED
from register.portfolio.transfer.schemas import ImportReport

HERE = "/mijn/meenemen"


@get(HERE, requires=Permission.PORTFOLIO_READ_OWN)
async def page(request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None) -> Template:
    """Out, and in."""
    return await _page(request, work, Form(values={"register_code": register.value} if register else {}))


@get(HERE + "/portfolio.zip", requires=Permission.PORTFOLIO_READ_OWN)
async def take_out(request: AnyRequest, work: WorkDep, register: FromQuery[Register]) -> Response[bytes]:
    """The whole portfolio."""
    return await package(request, work, register, with_files=True)


@post(HERE, requires=Permission.PORTFOLIO_KEEP, request_max_body_size=MOST_UPLOADED + ROOM_FOR_PARTS)
async def bring_in(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Look first, or take over: the report comes back, entry by entry."""
    given = await form_values(request)
    form: Form[Any] = Form(values=given, value=given)
    file = await uploaded(request, "file")

    async def brought(given: dict[str, str]) -> Template:
        if file is None:
            raise Invalid("invalid-input", [("file", "file-not-chosen")])
        try:
            register = Register(given.get("register_code", ""))
            report = await service.bring_in(work, register, file[1], dry_run="take_over" not in given)
        except ValueError as error:
            raise Invalid("invalid-input", [("register_code", "enum")]) from error
        return await _page(request, work, form, report)

    return await submitted(request, work, form, _page, brought)


async def _page(request: AnyRequest, work: Work, form: Form[Any], report: ImportReport | None = None) -> Template:
    mine = [row.register_code.value for row in await registrations.own_registrations(work)]
    register = form.values.get("register_code", "")
    register = register if register in mine else next(iter(mine), "")
    return render(
        request,
        "transfer/page.html",
        work,
        form=form,
        register=register,
        registers=mine,
        report=report and _report(report),
        href=f"{HERE}/portfolio.zip?register={register}",
        action=HERE,
    )


def _report(report: ImportReport) -> dict[str, Any]:
    return {
        "dry_run": report.dry_run,
        "rows": [
            {
                "row": row.row,
                "title": row.title,
                "becomes": label(row.becomes, "becomes"),
                "why": SAID.sentence(row.code) if row.code else "",
            }
            for row in report.rows
        ],
    }


HANDLERS = [page, take_out, bring_in]
