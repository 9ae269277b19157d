"""The trail on a page, for the auditor: every deed with who, when and what, page by page."""

from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template
from pydantic import Field

from auth.permissions import Permission
from auth.schemas import Schema
from core import texts
from core.errors import Invalid, NotFound
from core.fields import TypedDay
from core.texts import day, day_time
from core.web.http import AnyRequest, WorkDep, cursor, place_id
from core.web.pages import SAID, _, label, options, read, render
from register.office import trail
from register.office.personal_data.copy import said
from register.office.trail import Line

HERE = "/logboek"
PAGE = 50


class TrailForm(Schema):
    """Which lines: of one stream or person, one kind, one day, and whether only looks."""

    stream: str = Field(default="", max_length=120)
    kind: str = Field(default="", max_length=60)
    on: TypedDay | None = None
    looks: bool = False


@get(HERE, requires=Permission.TRAIL_READ)
async def events(
    request: AnyRequest,
    work: WorkDep,
    stream: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    on: FromQuery[str] = "",
    looks: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
) -> Template:
    """Lines of the trail by stream, kind and day, the latest first."""
    form = read(TrailForm, {"stream": stream, "kind": kind, "on": on, "looks": looks})
    rows: list[Line] = []
    checked = None
    if (asked := form.value) is not None:
        try:
            about = await trail.about(work, asked.stream, kind=asked.kind, on=asked.on, looks=asked.looks)
        except Invalid as error:
            form.refused(error, SAID, texts.spoken())
        except NotFound as error:
            form.wrong("stream", SAID.sentence(error.code))
        else:
            checked = await trail.check(work, about.stream) if about.stream else None
            rows = list(await trail.lines(work, about, place_id(cursor), PAGE + 1))
    more = urlencode({**form.values, "cursor": _place(rows[PAGE - 1])}) if len(rows) > PAGE else ""
    return render(
        request,
        "office/trail.html",
        work,
        form=form,
        kinds=_kinds(form.values.get("kind", "")),
        checked=checked,
        rows=[_shown(line) for line in rows[:PAGE]],
        next=f"{HERE}?{more}" if more else "",
    )


def _kinds(chosen: str) -> list[tuple[str, str]]:
    """What a line can be about, in words; one action alone that was followed from a line stands first."""
    kinds = sorted(options(trail.KINDS, "trail-kind"), key=lambda one: one[1].lower())
    one = (chosen, _("{kind}: één handeling", kind=_kind(chosen)))
    return [one, *kinds] if ":" in chosen and chosen.partition(":")[0] in trail.KINDS else kinds


def _kind(action: str) -> str:
    return label(action.partition(":")[0], "trail-kind")


def _place(line: Line) -> str:
    return cursor(str(line.id))


def _shown(line: Line) -> list[Any]:
    about = [f"{_name(name)} {said(name, value)}" for name, value in line.facts.items() if value not in (None, "", [])]
    return [
        {"text": day_time(line.at), "small": day(line.on)},
        {
            "text": line.action,
            "href": f"{HERE}?{urlencode({'kind': line.action})}",
            "code": True,
            "small": _kind(line.action),
        },
        {"text": line.stream, "href": f"{HERE}?{urlencode({'stream': line.stream})}", "small": f"nr. {line.seq}"},
        label(line.actor, "trail-actor"),
        {"text": ", ".join(about), "code": True},
    ]


def _name(fact: str) -> str:
    """What a fact is called: as a column, as a field, or by its code."""
    dashed = fact.replace("_", "-")
    return label(dashed, "kept-column") if SAID.has(f"kept-column.{dashed}", "nl") else SAID.field(fact) or fact


HANDLERS = [events]
