"""Taking a portfolio out and bringing one in, on a page."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Template

from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import WorkDep
from core.web.pages import MENDABLE, SAID, label, render, typed, undone, uploaded
from register.entries import queries as registrations
from register.entries.policy import Register
from register.portfolio.transfer import service
from register.portfolio.transfer.api import ROOM_FOR_PARTS, package
from register.portfolio.transfer.policy import MOST_UPLOADED
from register.portfolio.transfer.schemas import ImportReport

AnyRequest = Request[Any, Any, Any]
HERE = "/mijn/meenemen"


@get(HERE, requires=Permission.PORTFOLIO_READ_OWN)
async def page(request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None) -> Template:
    """Out, and in."""
    return await _page(request, work, Form(values={"register_code": register.value} if register else {}), None)


@get(HERE + "/portfolio.zip", requires=Permission.PORTFOLIO_READ_OWN)
async def take_out(request: AnyRequest, work: WorkDep, register: FromQuery[Register]) -> Response[bytes]:
    """The whole portfolio."""
    return await package(request, work, register, with_files=True)


@post(HERE, requires=Permission.PORTFOLIO_KEEP, request_max_body_size=MOST_UPLOADED + ROOM_FOR_PARTS)
async def bring_in(request: AnyRequest, work: WorkDep) -> Template:
    """Look first, or take over: the report comes back, entry by entry."""
    form: Form[Any] = Form(values=await typed(request))
    file, register = await uploaded(request, "file"), form.values.get("register_code", "")
    if file is None:
        return await _page(request, work, form.wrong("file", SAID.sentence("file-not-chosen")), None)
    try:
        report = await service.bring_in(work, Register(register), file[1], dry_run="take_over" not in form.values)
    except ValueError:
        return await _page(request, work, form.wrong("register_code", SAID.sentence("enum")), None)
    except MENDABLE as error:
        return await _page(request, work, await undone(work, form, error), None)
    return await _page(request, work, form, report)


async def _page(request: AnyRequest, work: Work, form: Form[Any], report: ImportReport | None) -> Template:
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
