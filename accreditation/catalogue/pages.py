"""The agenda on pages, as a file for a spreadsheet, and as a feed for a diary; all take the same query."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from accreditation.catalogue import service
from accreditation.catalogue.api import key_of, whereabouts
from accreditation.catalogue.policy import Listing
from accreditation.catalogue.schemas import ListedRun, TypedWish, Wish
from accreditation.courses.hours import in_words as hours_in_words
from accreditation.courses.policy import Given
from auth.permissions import PUBLIC
from core.diary import MEDIA_TYPE
from core.errors import Invalid
from core.texts import day_time
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep, cursor
from core.web.pages import _, label, options, read, render

HERE = "/agenda"
SHOWN = 20
OWN = frozenset({"cursor", "bom"})
"""What a query holds beside the wish."""


@get(HERE, requires=PUBLIC)
async def agenda(request: AnyRequest, work: WorkDep) -> Template:
    """Which courses there are, in the list that was chosen."""
    form = read(TypedWish, request.query_params)
    wish = form.value or Wish()
    place = whereabouts(request.query_params.get("cursor"))
    # What cannot be read is told; a list that answers another question is not shown below it.
    found = await service.runs(work, wish, place, SHOWN + 1) if form.value else ()
    shown = found[:SHOWN]
    following = _address(request, cursor=cursor(*key_of(shown[-1]))) if len(found) > SHOWN else ""
    return render(
        request,
        "catalogue/agenda.html",
        work,
        form=form,
        lists=[
            {
                "href": _address(request, list=one.value),
                "label": label(one, "listing"),
                "current": wish.listing is one,
            }
            for one in Listing
        ],
        everything={"href": _address(request, list=""), "current": wish.listing is None},
        registers=options(work.rules.registers(), "register"),
        forms=options(Given, "given"),
        readable=form.value is not None,
        from_today=wish.from_on is not None and wish.from_on < work.today,
        today=work.today,
        runs=[_shown(run) for run in shown],
        next=following,
        csv=_address(request, path=f"{HERE}/csv"),
        feed=_address(request, path=f"{HERE}/feed"),
    )


def _address(request: AnyRequest, path: str = HERE, **instead: str) -> str:
    """The same query, with one thing otherwise; another list begins at its first page."""
    asked = {key: value for key, value in request.query_params.items() if value and key not in OWN}
    query = urlencode({key: value for key, value in {**asked, **instead}.items() if value})
    return f"{path}?{query}" if query else path


def _shown(run: ListedRun) -> dict[str, Any]:
    return {
        "href": f"{HERE}/{run.course_code}",
        "title": run.title,
        "provider": run.provider,
        "register": label(run.register_code, "register"),
        "themes": ", ".join(run.themes),
        "starts_on": run.starts_on,
        "ends_on": run.ends_on,
        "where": run.place or label(run.form, "given"),
        "points": run.points,
        "hours": hours_in_words(run.hours),
        "level": run.level,
        "ects": run.ects,
        "rating": run.rating,
        "ratings": run.ratings,
    }


@get(HERE + "/{code:str}", requires=PUBLIC)
async def course(request: AnyRequest, work: WorkDep, code: FromPath[str]) -> Template:
    """One course: what its provider says of it, and when it is given."""
    found = await service.course(work, code)
    answers = {name: value for name, value in found.answers.items() if value not in (None, "", [], found.title)}
    return render(
        request,
        "catalogue/course.html",
        work,
        title=found.title,
        provider=found.provider,
        kind=label(found.kind, "course-kind"),
        website=answers.pop("website", ""),
        summary=answers.pop("summary", ""),
        answered=[(label(name.replace("_", "-"), "question"), _said(name, value)) for name, value in answers.items()],
        runs=[
            _shown(run)
            | {
                "meetings": [
                    f"{day_time(one.starts_at)} – {day_time(one.ends_at)}"
                    for one in found.meetings
                    if one.run_id == run.run_id
                ]
            }
            for run in found.runs
        ],
    )


def _said(name: str, value: Any) -> str:
    if name == "form":
        return label(value, "given")
    return ", ".join(value) if isinstance(value, list) else str(value)


@get(HERE + "/csv", requires=PUBLIC)
async def download(request: AnyRequest, work: WorkDep, bom: FromQuery[bool] = True) -> Response[bytes]:
    """The same for a spreadsheet; `bom=false` leaves the byte order mark out."""
    content = await service.as_csv(work, _wish(request), bom=bom)
    headers = {"Content-Disposition": f'attachment; filename="agenda-{work.today}.csv"'}
    return Response(content, media_type="text/csv", headers=headers)


@get(HERE + "/feed", requires=PUBLIC)
async def feed(request: AnyRequest, work: WorkDep) -> Response[bytes]:
    """The same for a diary that asks again by itself."""
    content = await service.as_feed(work, _wish(request), _("Agenda van Bekwaam"))
    headers = {"Content-Disposition": 'inline; filename="agenda.ics"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _wish(request: AnyRequest) -> Wish:
    form: Form[TypedWish] = read(TypedWish, request.query_params)
    if form.value is None:
        raise Invalid("invalid-input", [(name, _code(name)) for name, _sentence in form.summary])
    return form.value


def _code(name: str) -> str:
    return "day-typed" if name in {"from", "until"} else "invalid-value"


HANDLERS = [agenda, course, download, feed]
