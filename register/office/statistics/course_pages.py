"""The course of the last quarters for the office: plots with their tables, and the same for a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from litestar import Response, get
from litestar.response import Template

from auth.permissions import Permission
from core import plots, texts
from core.spreadsheet import encoded, heads
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, label, render
from register.office.statistics.course import Course, course
from register.office.statistics.quarters import Quarter

HERE = "/kantoor/cijfers"
A_YEAR = 4
HEAD = ("kind", "year", "quarter", "decisions", "in_time")


@get(HERE, requires=Permission.STATISTICS_READ)
async def page(request: AnyRequest, work: WorkDep) -> Template:
    """Who was registered, what was decided, and how much of it in time."""
    found = await course(work)
    below = [str(quarter.year) if quarter.number == 1 else "" for quarter in found.quarters]
    said = [_("kwartaal {n} van {year}", n=quarter.number, year=quarter.year) for quarter in found.quarters]
    known = {register: numbers for register, numbers in found.registered.items() if any(numbers)}
    names = [label(register, "register") for register in known]
    decided = [found.of(quarter) for quarter in found.quarters]
    return render(
        request,
        "office/course.html",
        work,
        registered=plots.lines(names, below, list(known.values())),
        names=names,
        registered_rows=_rows(said, [list(map(texts.number, numbers)) for numbers in known.values()]),
        decided=plots.bars(below, decided),
        decided_rows=[
            [name, texts.number(in_time), texts.number(late), _share(in_time, in_time + late)]
            for name, (in_time, late) in reversed(list(zip(said, decided, strict=True)))
        ],
        kinds=_kinds(found, found.quarters[-A_YEAR:]),
        since=found.quarters[-A_YEAR].first_day,
        download=f"{HERE}/csv",
    )


@get(HERE + "/csv", requires=Permission.STATISTICS_READ)
async def download(work: WorkDep) -> Response[bytes]:
    """What was decided, a line for each kind and quarter."""
    rows = [
        (label(each.kind, "decision-kind"), each.quarter.year, each.quarter.number, each.number, each.in_time)
        for each in sorted((await course(work)).handled, key=lambda each: (each.quarter, each.kind))
    ]
    return Response(
        encoded([heads(HEAD), *rows], bom=True),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="besluiten-{work.today}.csv"'},
    )


def _rows(names: list[str], columns: list[list[str]]) -> list[list[str]]:
    return [[name, *(column[place] for column in columns)] for place, name in enumerate(names)][::-1]


def _kinds(found: Course, quarters: Sequence[Quarter]) -> list[list[Any]]:
    return [
        [label(kind, "decision-kind"), texts.number(number), _share(in_time, number)]
        for kind, number, in_time in found.kinds(quarters)
    ]


def _share(part: int, whole: int) -> Any:
    if not whole:
        return "–"
    return {"text": f"{texts.number(round(100 * part / whole))} %", "bar": 100 * part / whole}


HANDLERS = [page, download]
