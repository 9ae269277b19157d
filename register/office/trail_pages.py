"""The trail on a page, for the auditor: every deed with who, when and what, page by page."""

from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template
from pydantic import Field

from auth.permissions import Permission
from auth.schemas import Schema
from core.texts import day, day_time
from core.typed import TypedDay
from core.web.http import AnyRequest, WorkDep, cursor, place_id
from core.web.pages import read, render
from register.office import trail
from register.office.trail import Asked, Line

HERE = "/logboek"
PAGE = 50


class TrailForm(Schema):
    """Which lines: of one stream, one kind, one day."""

    stream: str = Field(default="", max_length=120)
    kind: str = Field(default="", max_length=60)
    on: TypedDay | None = None


@get(HERE, requires=Permission.TRAIL_READ)
async def events(
    request: AnyRequest,
    work: WorkDep,
    stream: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    on: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Template:
    """Lines of the trail by stream, kind and day, the latest first."""
    form = read(TrailForm, {"stream": stream, "kind": kind, "on": on})
    rows: list[Line] = []
    checked = None
    if (asked := form.value) is not None:
        about = Asked(asked.stream, asked.kind, asked.on)
        checked = await trail.check(work, about.stream) if about.stream else None
        rows = list(await trail.lines(work, about, place_id(cursor), PAGE + 1))
    more = urlencode({**form.values, "cursor": _place(rows[PAGE - 1])}) if len(rows) > PAGE else ""
    return render(
        request,
        "office/trail.html",
        work,
        form=form,
        checked=checked,
        rows=[_shown(line) for line in rows[:PAGE]],
        next=f"{HERE}?{more}" if more else "",
    )


def _place(line: Line) -> str:
    return cursor(str(line.id))


def _shown(line: Line) -> list[Any]:
    about = [f"{name} {value}" for name, value in line.facts.items() if value not in (None, "", [])]
    return [
        {"text": day_time(line.at), "small": day(line.on)},
        {"text": line.action, "code": True, "href": f"{HERE}?{urlencode({'kind': line.action})}"},
        {"text": line.stream, "href": f"{HERE}?{urlencode({'stream': line.stream})}", "small": f"nr. {line.seq}"},
        line.actor,
        {"text": ", ".join(about), "code": True},
    ]


HANDLERS = [events]
