"""The room of a board as JSON: a list checked, what changed, and what it says of posts."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import Permission
from core.fields import Day
from core.law.days import add_months
from core.records import filled
from core.web.http import MOST_A_PAGE, AnyRequest, WorkDep, following, link_to, page_size
from register.employers.board import changes, queries, service
from register.employers.board.schemas import ChangeView, CheckedView, NewCheck, NewPost, PostEnd, SaidView
from register.employers.deliveries.models import AppointmentClaim
from register.portfolio.sharing import queries as sharing


@post("/board/checks", requires=Permission.STAFF_READ, status_code=200)
async def check(work: WorkDep, data: JSONBody[NewCheck]) -> Sequence[CheckedView]:
    """An answer for each line of a list, with the public entries under its number; 2,000 lines at most."""
    return await service.check(work, data.list.encode())


@get("/board/changes", requires=Permission.STAFF_READ)
async def changed(
    request: AnyRequest,
    work: WorkDep,
    since: FromQuery[Day | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Sequence[ChangeView]]:
    """What changed since a day (three months ago unless told) in what everybody may know of one's people.

    The latest first, with a `Link` to the next page while there is more.
    """
    size = page_size(pageSize) if pageSize is not None else MOST_A_PAGE
    day = since or add_months(work.today, -3)
    rows = await changes.since(work, day, changes.place_of(cursor), size + 1)
    after = following(rows, size, changes.key_of)
    headers = {"Link": link_to(request.url.path, request.scope["query_string"], after)} if after else {}
    return Response([row.view for row in rows[:size]], headers=headers)


@get("/board/post-claims", requires=Permission.STAFF_READ)
async def said(work: WorkDep) -> Sequence[SaidView]:
    """What one's board said of posts, and what their holders answered, the latest first; 500 at most."""
    return [view(row) for row in await queries.said_by(work, await sharing.boards_of(work))]


@post("/board/post-claims", requires=Permission.STAFF_KEEP, status_code=201)
async def came(work: WorkDep, data: JSONBody[NewPost]) -> SaidView:
    """Somebody works here; they confirm it."""
    return view(await service.say_came(work, data))


@post("/board/posts/{appointment_id:uuid}/end-claim", requires=Permission.STAFF_KEEP, status_code=201)
async def ended(work: WorkDep, appointment_id: FromPath[UUID], data: JSONBody[PostEnd]) -> SaidView:
    """A post ended; its holder confirms it."""
    return view(await service.say_ended(work, appointment_id, data))


def view(row: AppointmentClaim) -> SaidView:
    """What was said, as the board sees it."""
    return filled(SaidView, row, said_at=row.delivered_at)


ROUTES = Router("/", route_handlers=[check, changed, said, came, ended], tags=["board"])
