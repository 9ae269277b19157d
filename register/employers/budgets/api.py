"""Ledgers of hours and budget as JSON: kept by a board, read by it and by the holder."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import Permission
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id
from register.employers.budgets import service, views
from register.employers.budgets.schemas import BudgetView, NewSpending, NewTerms, SpendingView, TakeBack


@get("/budgets", requires=Permission.BUDGET_READ_OWN)
async def own(work: WorkDep) -> Sequence[BudgetView]:
    """One's own hours and budget, of each appointment of which a board keeps them."""
    return [views.view(one) for one in await service.own(work)]


@get("/board/budgets", requires=Permission.BUDGET_KEEP)
async def of_boards(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What is left of the hours and budget of one's staff, also of who left."""
    size = page_size(pageSize)
    rows = [views.of_staff(*one) for one in await service.of_boards(work, place_id(cursor), size + 1)]
    return listed(request, rows, size, lambda row: [str(row.appointment_id)])


@get("/board/posts/{appointment_id:uuid}/budget", requires=Permission.BUDGET_KEEP)
async def of_post(work: WorkDep, appointment_id: FromPath[UUID]) -> BudgetView:
    """The hours and budget of a post at one's board, also of one that ended."""
    return views.view(await service.of_post(work, appointment_id))


@post("/board/posts/{appointment_id:uuid}/budget-terms", requires=Permission.BUDGET_KEEP, status_code=201)
async def note_terms(work: WorkDep, appointment_id: FromPath[UUID], data: JSONBody[NewTerms]) -> BudgetView:
    """By which cao it is worked out, whether euros may be saved, and the working-time factor from a day on."""
    await service.note_terms(work, appointment_id, data)
    return views.view(await service.of_post(work, appointment_id))


@post("/board/posts/{appointment_id:uuid}/spending", requires=Permission.BUDGET_KEEP, status_code=201)
async def book(work: WorkDep, appointment_id: FromPath[UUID], data: JSONBody[NewSpending]) -> SpendingView:
    """One line: it takes hours from its year, and euros from the oldest budget that is open."""
    return views.line(await service.book(work, appointment_id, data))


@post("/board/spending/{line_id:uuid}/reversal", requires=Permission.BUDGET_KEEP, status_code=201)
async def take_back(work: WorkDep, line_id: FromPath[UUID], data: JSONBody[TakeBack]) -> SpendingView:
    """A counter-booking: both lines stay, and neither counts."""
    return views.line(await service.take_back(work, line_id, data))


ROUTES = Router("/", route_handlers=[own, of_boards, of_post, note_terms, book, take_back], tags=["board"])
