"""The room of a board as JSON: a list checked, what changed, and what it says of posts."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import Permission
from core.fields import Day
from core.law.days import add_months
from core.records import filled
from core.web.http import WorkDep
from register.employers.board import queries, service
from register.employers.board.schemas import ChangeView, CheckedView, NewCheck, NewPost, PostEnd, SaidView
from register.employers.deliveries.models import AppointmentClaim
from register.portfolio.sharing import queries as sharing


@post("/board/checks", requires=Permission.STAFF_READ, status_code=200)
async def check(work: WorkDep, data: JSONBody[NewCheck]) -> Sequence[CheckedView]:
    """An answer for each line of a list, with the public entries under its number; 2,000 lines at most."""
    return await service.check(work, data.list.encode())


@get("/board/changes", requires=Permission.STAFF_READ)
async def changes(work: WorkDep, since: FromQuery[Day | None] = None) -> Sequence[ChangeView]:
    """What changed since a day (three months ago unless told) in what everybody may know of one's people."""
    return await service.changes(work, since or add_months(work.today, -3))


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


ROUTES = Router("/", route_handlers=[check, changes, said, came, ended], tags=["board"])
