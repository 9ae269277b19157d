"""Ratings of one's own, as JSON."""

from uuid import UUID

from litestar import Response, Router, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from accreditation.rating import queries, service
from accreditation.rating.schemas import NewRating, RatingView
from auth.permissions import Permission
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned


@post("/runs/{run_id:uuid}/rating", requires=Permission.COURSE_RATE)
async def rate(work: WorkDep, run_id: FromPath[UUID], data: JSONBody[NewRating]) -> Response[RatingView]:
    """Rate a run in which one has credit, once."""
    row = await service.rate(work, run_id, data)
    _, course = await queries.own(work, row.id)
    location = f"/v1/course-ratings/{row.id}"
    return versioned(service.view(work, row, course), row.version, 201, Location=location)


@get("/course-ratings", requires=Permission.COURSE_RATE)
async def ratings(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What one thought of what one attended."""
    size = page_size(pageSize)
    rows = await queries.own_ratings(work, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda one: [str(one[0].id)], lambda one: service.view(work, *one))


@get("/course-ratings/{rating_id:uuid}", requires=Permission.COURSE_RATE)
async def rating(work: WorkDep, rating_id: FromPath[UUID]) -> Response[RatingView]:
    """One of them."""
    row, course = await queries.own(work, rating_id)
    return versioned(service.view(work, row, course), row.version)


@patch("/course-ratings/{rating_id:uuid}", requires=Permission.COURSE_RATE, if_match=True)
async def change(work: WorkDep, rating_id: FromPath[UUID], data: JSONBody[NewRating]) -> Response[RatingView]:
    """Think otherwise, as long as that may."""
    await service.change(work, rating_id, data)
    row, course = await queries.own(work, rating_id)
    return versioned(service.view(work, row, course), row.version)


ROUTES = Router("/", route_handlers=[rate, ratings, rating, change], tags=["attendance"])
