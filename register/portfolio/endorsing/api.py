"""Endorsements as JSON: the owner asks and ends, the colleague reads, endorses, declines or takes it back."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.portfolio import service as portfolio
from register.portfolio.endorsing import queries, service
from register.portfolio.endorsing.models import Endorsement
from register.portfolio.endorsing.schemas import EndorsementView, NewRequest, RequestView, Statement
from register.portfolio.endorsing.views import endorsement_views, request_items, request_view, standing
from register.portfolio.models import PortfolioEntry


@get("/portfolio-entries/{entry_id:uuid}/endorsements", requires=SIGNED_IN, tags=["endorsements"])
async def endorsements(work: WorkDep, entry_id: FromPath[UUID]) -> Sequence[EndorsementView]:
    """What colleagues were asked and said about an activity, for its owner and for who values it."""
    entry, own = await portfolio.read_entry(work, entry_id)
    given = await queries.of_entries(work, [entry.id])
    return await endorsement_views(work, given if own else standing(entry, given))


@post("/portfolio-entries/{entry_id:uuid}/endorsements", requires=Permission.PORTFOLIO_KEEP, tags=["endorsements"])
async def ask(work: WorkDep, entry_id: FromPath[UUID], data: JSONBody[NewRequest]) -> Response[EndorsementView]:
    """Ask a colleague to endorse a draft; they get a message."""
    row = await service.ask(work, entry_id, data)
    return await _own(work, row, 201)


@get("/endorsements/{endorsement_id:uuid}", requires=Permission.PORTFOLIO_READ_OWN, tags=["endorsements"])
async def endorsement(work: WorkDep, endorsement_id: FromPath[UUID]) -> Response[EndorsementView]:
    """One request of one's own, and what came of it."""
    return await _own(work, await queries.own(work, endorsement_id), 200)


@post(
    "/endorsements/{endorsement_id:uuid}/ending",
    requires=Permission.PORTFOLIO_KEEP,
    if_match=True,
    tags=["endorsements"],
)
async def end(work: WorkDep, endorsement_id: FromPath[UUID]) -> Response[EndorsementView]:
    """Ask no longer, or give up an endorsement so that the draft can change; what was said stays in the history."""
    return await _own(work, await service.end(work, endorsement_id), 201)


@get("/endorsement-requests", requires=SIGNED_IN, tags=["endorsements"])
async def requests(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What colleagues ask one to endorse, the latest first."""
    size = page_size(pageSize)
    rows = await queries.all_asked_of_me(work, place_id(cursor), size + 1)
    return listed(request, await request_items(work, rows), size, lambda row: [str(row.id)])


@get("/endorsement-requests/{request_id:uuid}", requires=SIGNED_IN, tags=["endorsements"])
async def one_request(work: WorkDep, request_id: FromPath[UUID]) -> Response[RequestView]:
    """One request; its `ETag` is that of the activity, so that what is endorsed is what was read."""
    return await _asked(work, *await service.read(work, request_id), 200)


@post("/endorsement-requests/{request_id:uuid}/endorsement", requires=SIGNED_IN, if_match=True, tags=["endorsements"])
async def endorse(work: WorkDep, request_id: FromPath[UUID], data: JSONBody[Statement]) -> Response[RequestView]:
    """Endorse the activity as it was read."""
    return await _asked(work, *await service.endorse(work, request_id, data.statement), 201)


@post("/endorsement-requests/{request_id:uuid}/decline", requires=SIGNED_IN, if_match=True, tags=["endorsements"])
async def decline(work: WorkDep, request_id: FromPath[UUID]) -> Response[RequestView]:
    """Decline."""
    return await _asked(work, *await service.decline(work, request_id), 201)


@post("/endorsement-requests/{request_id:uuid}/revocation", requires=SIGNED_IN, if_match=True, tags=["endorsements"])
async def revoke(work: WorkDep, request_id: FromPath[UUID]) -> Response[RequestView]:
    """Take one's word back; that it was given stays in the history."""
    return await _asked(work, *await service.revoke(work, request_id), 201)


async def _own(work: Work, row: Endorsement, status_code: int) -> Response[EndorsementView]:
    await work.flush()
    (view,) = await endorsement_views(work, [row])
    return versioned(view, row.version, status_code)


async def _asked(work: Work, row: Endorsement, entry: PortfolioEntry, status_code: int) -> Response[RequestView]:
    await work.flush()
    return versioned(await request_view(work, row, entry), entry.version, status_code)


ROUTES = Router(
    "/",
    route_handlers=[endorsements, ask, endorsement, end, requests, one_request, endorse, decline, revoke],
)
