"""The agenda as JSON, for everybody."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery, QueryParameter

from accreditation.catalogue import service
from accreditation.catalogue.policy import Listing
from accreditation.catalogue.queries import Place
from accreditation.catalogue.schemas import ListedCourse, ListedRun, Points, Wish
from accreditation.courses.policy import Given
from auth.permissions import PUBLIC
from core.errors import Invalid
from core.fields import Day, Line
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place


@get("/catalogue-runs", requires=PUBLIC, tags=["accreditation"])
async def runs(
    request: AnyRequest,
    work: WorkDep,
    in_list: Annotated[Listing | None, QueryParameter(name="list")] = None,
    register: FromQuery[Line | None] = None,
    q: FromQuery[Line] = "",
    theme: FromQuery[Line] = "",
    at_place: Annotated[Line, QueryParameter(name="place")] = "",
    form: FromQuery[Given | None] = None,
    from_on: Annotated[Day | None, QueryParameter(name="from")] = None,
    until_on: Annotated[Day | None, QueryParameter(name="until")] = None,
    minPoints: FromQuery[Points | None] = None,
    maxPoints: FromQuery[Points | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The runs to come of accredited courses, the first to begin on top: three lists, by theme, day, place, points.

    Invalid: `ends-before-start` when `until` lies before `from`.
    """
    if from_on and until_on and until_on < from_on:
        raise Invalid("invalid-input", [("until", "ends-before-start")])
    wish = Wish(
        listing=in_list,
        register_code=register,
        q=q,
        theme=theme,
        place=at_place,
        form=form,
        from_on=from_on,
        until_on=until_on,
        min_points=minPoints,
        max_points=maxPoints,
    )
    size = page_size(pageSize)
    found = await service.runs(work, wish, whereabouts(cursor), size + 1)
    return listed(request, found, size, key_of)


def key_of(run: ListedRun) -> list[str]:
    """What a cursor holds."""
    return [run.starts_on.isoformat(), str(run.run_id), run.register_code]


def whereabouts(cursor: str | None) -> Place | None:
    """Where the page before ended; Invalid("cursor") for one that we did not give."""
    keys = place(cursor, 3)
    if keys is None:
        return None
    try:
        return date.fromisoformat(keys[0]), UUID(keys[1]), keys[2]
    except ValueError as error:
        raise Invalid("cursor", [("cursor", "cursor")]) from error


@get("/catalogue-courses/{code:str}", requires=PUBLIC, tags=["accreditation"])
async def course(work: WorkDep, code: FromPath[str]) -> ListedCourse:
    """One course of the agenda, or accredited without a day, with its public answers, runs and meetings."""
    return await service.course(work, code)


ROUTES = Router("/", route_handlers=[runs, course])
