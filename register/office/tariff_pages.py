"""The tariffs on a page: each figure with its article, from when it holds, its source and the day it was noted."""

from litestar import get
from litestar.response import Template

from auth.permissions import Permission
from core.texts import day, number
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render

HERE = "/kantoor/tarieven"


@get(HERE, requires=Permission.OFFICE_READ)
async def tariffs(request: AnyRequest, work: WorkDep) -> Template:
    """Every figure that this installation works with, those that ship and its own."""
    rows = sorted(work.means.settings.rates.rows, key=lambda row: (row.what, row.valid_from))
    return render(
        request,
        "office/tariffs.html",
        work,
        rows=[
            [
                label(row.what, "tariff"),
                f"{number(row.amount)} {row.unit}",
                day(row.valid_from),
                row.article,
                row.source,
                day(row.noted_on),
            ]
            for row in rows
        ],
    )


HANDLERS = [tariffs]
