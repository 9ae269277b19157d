"""The ledger of what was erased, on a page."""

from litestar import get
from litestar.response import Template

from auth.permissions import Permission
from core.texts import day
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from register.office.retention import service

HERE = "/kantoor/gewist"


@get(HERE, requires=Permission.OFFICE_READ)
async def ledger(request: AnyRequest, work: WorkDep) -> Template:
    """What was erased, the latest day first."""
    rows = [
        [day(on), label(what.replace("_", "-"), "kept-table"), str(number), article]
        for on, what, number, article in await service.ledger(work)
    ]
    return render(request, "office/erased.html", work, rows=rows)


HANDLERS = [ledger]
