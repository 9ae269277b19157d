"""Shares, what they show, who looked, and the staff of a board, as JSON."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import SIGNED_IN, Permission
from core.errors import Invalid
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place, place_id, versioned
from core.web.uploads import download
from register.portfolio.sharing import queries, service
from register.portfolio.sharing.schemas import NewShare, SharedPortfolioView, ShareView
from register.portfolio.sharing.views import look_views, share_views, shared_items, shared_view, staff_views


@get("/portfolio-shares", requires=Permission.PORTFOLIO_SHARE, tags=["sharing"])
async def shares(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What one shares or shared, the latest first, and whether it opens anything today."""
    size = page_size(pageSize)
    rows = await queries.own_shares(work, place_id(cursor), size + 1)
    return listed(request, await share_views(work, rows), size, lambda row: [str(row.id)])


@post("/portfolio-shares", requires=Permission.PORTFOLIO_SHARE, tags=["sharing"])
async def share(work: WorkDep, data: JSONBody[NewShare]) -> Response[ShareView]:
    """Show one's portfolio, or a part of it, to one's board or to a person, until a day."""
    row = await service.share(work, data)
    (view,) = await share_views(work, [(row, True)])
    return versioned(view, row.version, 201, Location=f"/v1/portfolio-shares/{row.id}")


@get("/portfolio-shares/{share_id:uuid}", requires=Permission.PORTFOLIO_SHARE, tags=["sharing"])
async def one_share(work: WorkDep, share_id: FromPath[UUID]) -> Response[ShareView]:
    """One share of one's own."""
    row = await queries.own_share(work, share_id)
    (view,) = await share_views(work, [(row, await queries.employed(work, row))])
    return versioned(view, row.version)


@post("/portfolio-shares/{share_id:uuid}/ending", requires=Permission.PORTFOLIO_SHARE, if_match=True, tags=["sharing"])
async def end(work: WorkDep, share_id: FromPath[UUID]) -> Response[ShareView]:
    """Take a share back; it works at once."""
    row = await service.end_share(work, share_id)
    (view,) = await share_views(work, [(row, True)])
    return versioned(view, row.version, 201)


@get("/portfolio-looks", requires=Permission.PORTFOLIO_READ_OWN, tags=["sharing"])
async def looks(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """Who else looked at what is one's own, or tried to, the latest first."""
    size = page_size(pageSize)
    events = await queries.looks(work, _number(place(cursor, 1)), size + 1)
    numbers = {event.id: str(event.seq) for event in events}
    return listed(request, await look_views(work, events), size, lambda row: [numbers[row.id]])


def _number(keys: list[str] | None) -> int | None:
    if keys is None:
        return None
    if not (keys[0].isascii() and keys[0].isdigit() and len(keys[0]) < 16):
        raise Invalid("cursor", [("cursor", "cursor")])
    return int(keys[0])


@get("/shared-portfolios", requires=SIGNED_IN, tags=["sharing"])
async def shared(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The portfolios that are shown to whoever asks, at this moment."""
    size = page_size(pageSize)
    rows = await queries.shared_with(work, place_id(cursor), size + 1)
    return listed(request, await shared_items(work, rows), size, lambda row: [str(row.registration_id)])


@get("/shared-portfolios/{registration_id:uuid}", requires=SIGNED_IN, tags=["sharing"])
async def shared_portfolio(work: WorkDep, registration_id: FromPath[UUID]) -> SharedPortfolioView:
    """Somebody else's portfolio as far as they show it; the look, and a refused one, is told to its owner."""
    return await shared_view(work, await service.look(work, registration_id))


@get(
    "/shared-portfolios/{registration_id:uuid}/entries/{entry_id:uuid}/evidence",
    requires=SIGNED_IN,
    produces="application/octet-stream",
    tags=["sharing"],
)
async def shared_evidence(work: WorkDep, registration_id: FromPath[UUID], entry_id: FromPath[UUID]) -> Response[bytes]:
    """The evidence behind a shown activity, where it is shared too."""
    return download(*await service.look_at_file(work, registration_id, entry_id))


@get("/board/staff", requires=Permission.STAFF_READ, tags=["board"])
async def staff(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """Who works for one's board now: the public status of each, and what they chose to show."""
    size = page_size(pageSize)
    rows = await queries.staff(work, place(cursor, 3), size + 1)
    keys = {(row.register_number, row.register_code): row.name_key for row in rows}
    return listed(
        request,
        await staff_views(work, rows),
        size,
        lambda row: [
            keys[row.register_number, row.entry.register_code],
            row.register_number,
            row.entry.register_code,
        ],
    )


ROUTES = Router(
    "/",
    route_handlers=[
        shares,
        share,
        one_share,
        end,
        looks,
        shared,
        shared_portfolio,
        shared_evidence,
        staff,
    ],
)
