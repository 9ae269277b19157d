"""The library as JSON: searched by who decides on objections and appeals."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from appeals.disputes.policy import Kind
from appeals.library import queries, service
from appeals.library.models import LibraryEntry
from appeals.library.schemas import LibraryView, NewLibraryEntry, Rewriting
from auth.permissions import Permission
from core.records import filled
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned

ONE = "/library-entries/{entry_id:uuid}"


def view(row: LibraryEntry) -> LibraryView:
    """A decision in the library as it is told."""
    return filled(LibraryView, row)


async def _changed(work: Work, row: LibraryEntry) -> Response[LibraryView]:
    await work.flush()
    return versioned(view(row), row.version, 201)


@get("/library-entries", requires=Permission.LIBRARY_READ)
async def entries(
    request: AnyRequest,
    work: WorkDep,
    q: Annotated[str, QueryParameter(max_length=200)] = "",
    kind: FromQuery[Kind | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What was decided before, by words; drafts only for who handles the dispute."""
    size = page_size(pageSize)
    rows = await queries.entries(work, q, kind, place_id(cursor), size + 1)
    return listed(request, [view(row) for row in rows], size, lambda one: [str(one.id)])


@get(ONE, requires=Permission.LIBRARY_READ)
async def entry(work: WorkDep, entry_id: FromPath[UUID]) -> Response[LibraryView]:
    """One decision."""
    row = await queries.entry(work, entry_id)
    return versioned(view(row), row.version)


@post("/library-entries", requires=Permission.LIBRARY_KEEP, status_code=201)
async def prepare(work: WorkDep, data: JSONBody[NewLibraryEntry]) -> Response[LibraryView]:
    """Write down what was decided, without names."""
    return await _changed(work, await service.prepare(work, data))


@post(f"{ONE}/text", requires=Permission.LIBRARY_KEEP, if_match=True, status_code=201)
async def rewrite(work: WorkDep, entry_id: FromPath[UUID], data: JSONBody[Rewriting]) -> Response[LibraryView]:
    """Put it in other words."""
    return await _changed(work, await service.rewrite(work, entry_id, data))


@post(f"{ONE}/publication", requires=Permission.LIBRARY_KEEP, if_match=True, status_code=201)
async def publish(work: WorkDep, entry_id: FromPath[UUID]) -> Response[LibraryView]:
    """Publish what somebody else wrote down."""
    return await _changed(work, await service.publish(work, entry_id))


@post(f"{ONE}/withdrawal", requires=Permission.LIBRARY_KEEP, if_match=True, status_code=201)
async def take_back(work: WorkDep, entry_id: FromPath[UUID]) -> Response[LibraryView]:
    """Take it out of sight, to be written anew."""
    return await _changed(work, await service.take_back(work, entry_id))


ROUTES = Router(
    "/", route_handlers=[entries, entry, prepare, rewrite, publish, take_back], tags=["objections", "appeals"]
)
