"""What waits as JSON, and who works on it."""

from datetime import date
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import Permission
from auth.schemas import Schema
from core.errors import Invalid
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place
from register.office.worklist import queries, service
from register.office.worklist.policy import Filter, WorkKind
from register.office.worklist.queries import Waiting


class WorkItem(msgspec.Struct, frozen=True):
    """One term that runs in one file; `assigned_to` is the person who works on it."""

    case_id: UUID
    kind: str
    number: str
    task: str
    due_on: date
    article: str
    overdue: bool
    assigned_to: UUID | None


class Assigned(msgspec.Struct, frozen=True):
    """Who works on a file from now on."""

    case_id: UUID
    assigned_to: UUID | None


class NewAssignment(Schema):
    """Who is to work on a file, nobody when left out; `was` is who works on it now, as the caller knows."""

    to: UUID | None = None
    was: UUID | None = None


def after(cursor: str | None) -> tuple[date, UUID] | None:
    """The place in the list that a cursor names; Invalid("cursor") for one that we did not give."""
    keys = place(cursor, 2)
    try:
        return (date.fromisoformat(keys[0]), UUID(keys[1])) if keys else None
    except ValueError as error:
        raise Invalid("cursor", [("cursor", "cursor")]) from error


@get("/work-items", requires=Permission.WORK_READ, tags=["work"])
async def items(
    request: AnyRequest,
    work: WorkDep,
    kind: FromQuery[WorkKind | None] = None,
    task: FromQuery[str] = "",
    mine: FromQuery[bool] = False,
    overdue: FromQuery[bool] = False,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """Every term that runs in a file that waits for the caller, the nearest last day first.

    Of a member of a committee: the files on agendas that wait for their vote.
    """
    size = page_size(pageSize)
    asked = Filter(kind, task, mine, overdue=overdue)
    rows = await queries.waiting(work, asked, after(cursor), size + 1)

    def show(row: Waiting) -> WorkItem:
        told = (row.case_id, row.kind.value, row.number, row.task, row.due_on, row.article)
        return WorkItem(*told, row.due_on < work.today, row.holder)

    return listed(request, rows, size, lambda row: [str(row.due_on), str(row.id)], show)


@post("/work-items/{case_id:uuid}/assignment", requires=Permission.WORK_TAKE, status_code=201, tags=["work"])
async def assign(work: WorkDep, case_id: FromPath[UUID], data: JSONBody[NewAssignment]) -> Assigned:
    """Take a file upon oneself, hand it over to a colleague who may work on it, or let it go."""
    row = await service.give(work, case_id, data.to, data.was)
    return Assigned(case_id, row.member_id)


ROUTES = Router("/", route_handlers=[items, assign])
