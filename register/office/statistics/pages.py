"""Figures of a day on a page, and as a file for a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Template

from auth.permissions import PUBLIC, Permission
from auth.schemas import Schema
from core import texts
from core.errors import Invalid
from core.fields import Day
from core.spreadsheet import encoded, heads
from core.store.work import Work
from core.typed import written
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, label, read, render
from register.office.statistics import service
from register.office.statistics.service import Figures

HEAD = ("register", "sector", "status", "level", "on", "number")


def figures_as_csv(figures: Figures, *, bom: bool) -> bytes:
    """One line for each count; an empty number was left out."""
    rows: list[Sequence[object]] = [heads(HEAD)]
    for each in figures.counts:
        sector, level = each.sector if each.sector != "unknown" else "", each.level or ""
        told = ((each.register_code, "register"), (sector, "sector"), (each.status, "status"), (level, "level"))
        rows.append((*(label(value, group) if value else "" for value, group in told), figures.on, each.number))
    return encoded(rows, bom=bom)


class FiguresForm(Schema):
    """Of which day; today when left out."""

    on: Day | None = None


@get("/cijfers", requires=PUBLIC)
async def figures(request: AnyRequest, work: WorkDep) -> Template:
    """How many stand where, on a day."""
    asked = request.query_params.get("on", "")
    form = read(FiguresForm, {"on": asked} if asked else {})
    try:
        found = await _figures(work, form.value.on if form.value else None)
    except Invalid as error:
        form.refused(error, SAID, texts.spoken())
        found = await _figures(work, None)
    form.values = {"on": written(found.on), **form.values}
    most = max((each.number or 0 for each in found.counts), default=0) or 1
    rows = [
        [
            label(each.register_code, "register"),
            label(each.sector, "sector") if each.sector != "unknown" else "–",
            label(each.status, "status"),
            label(each.level, "level-is") if each.level else "–",
            _number(each.number, most),
        ]
        for each in found.counts
    ]
    parts = [
        [
            label(each.register_code, "register"),
            "–" if each.registered is None else texts.number(each.registered),
            "–" if each.entitled is None else f"{texts.number(each.entitled)} ({each.source})",
            {"text": "–"}
            if each.per_cent is None
            else {"text": f"{texts.number(each.per_cent)} %", "bar": float(each.per_cent)},
        ]
        for each in found.participation
    ]
    return render(
        request,
        "public/figures.html",
        work,
        form=form,
        on=found.on,
        complete=work.actor.can(Permission.STATISTICS_READ),
        rows=rows,
        participation=parts,
        download=f"/cijfers/csv?on={found.on}",
    )


def _number(number: int | None, most: int) -> dict[str, Any]:
    return {"text": "< 5"} if number is None else {"text": texts.number(number), "bar": 100 * number / most}


def _per_cent(share: float | None) -> dict[str, Any]:
    return {"text": "–"} if share is None else {"text": f"{texts.number(share)} %", "bar": share}


@get("/cijfers/csv", requires=PUBLIC)
async def download(work: WorkDep, on: FromQuery[Day | None] = None, bom: FromQuery[bool] = True) -> Response[bytes]:
    """The same for a spreadsheet; `bom=false` leaves the byte order mark out."""
    found = await _figures(work, on)
    return Response(
        figures_as_csv(found, bom=bom),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="cijfers-{found.on}.csv"'},
    )


async def _figures(work: Work, on: Day | None) -> Figures:
    may = work.actor.can(Permission.STATISTICS_READ)
    return await (service.complete if may else service.public)(work, on)


HANDLERS = [figures, download]
