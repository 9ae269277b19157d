"""Conditions to a grant as JSON."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import Permission
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.committee.conditions import service
from register.committee.conditions.models import GrantCondition
from register.committee.conditions.schemas import ConditionView, NewCondition


def view(work: Work, row: GrantCondition) -> ConditionView:
    """A condition on this day."""
    overdue = row.met_on is None and row.due_on < work.today
    return ConditionView(row.id, row.decision_id, row.text, row.due_on, row.met_on, overdue)


@post("/decisions/{decision_id:uuid}/conditions", requires=Permission.DECISION_NOTIFY, tags=["decisions"])
async def set_condition(
    work: WorkDep, decision_id: FromPath[UUID], data: JSONBody[NewCondition]
) -> Response[ConditionView]:
    """Add a condition to a grant before it is made known; the letter tells it."""
    row = await service.set_condition(work, decision_id, data)
    return versioned(view(work, row), row.version, 201)


@get("/grant-conditions", requires=Permission.DECISION_NOTIFY, tags=["decisions"])
async def conditions(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What is still to be met, oldest first."""
    size = page_size(pageSize)
    rows = await service.unmet(work, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], lambda row: view(work, row))


@get("/grant-conditions/{condition_id:uuid}", requires=Permission.DECISION_NOTIFY, tags=["decisions"])
async def condition(work: WorkDep, condition_id: FromPath[UUID]) -> Response[ConditionView]:
    """One condition."""
    row = await service.condition(work, condition_id)
    return versioned(view(work, row), row.version)


@post(
    "/grant-conditions/{condition_id:uuid}/fulfilment",
    requires=Permission.DECISION_NOTIFY,
    if_match=True,
    tags=["decisions"],
)
async def meet(work: WorkDep, condition_id: FromPath[UUID]) -> Response[ConditionView]:
    """Record that a condition was met."""
    row = await service.meet(work, condition_id)
    await work.flush()
    return versioned(view(work, row), row.version, 201)


ROUTES = Router("/", route_handlers=[set_condition, conditions, condition, meet])
