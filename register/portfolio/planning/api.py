"""The plan for development as JSON; only its owner knows of it."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import Permission
from core.store.work import Work
from core.web.http import WorkDep, versioned
from register.entries import queries as registrations
from register.entries.policy import Register
from register.portfolio import queries as portfolios
from register.portfolio.models import DevelopmentGoal
from register.portfolio.planning import queries, service
from register.portfolio.planning.schemas import ChangedGoal, GoalView, NewGoal, NewLink
from register.portfolio.planning.views import goal_views
from register.portfolio.schemas import EntryView
from register.portfolio.views import entry_view


@get("/development-goals", requires=Permission.PORTFOLIO_READ_OWN, tags=["portfolio"])
async def goals(work: WorkDep, register: FromQuery[Register | None] = None) -> Sequence[GoalView]:
    """One's own plan for development, with what was done for each goal; a hundred goals a register at most."""
    return await goal_views(work, await queries.own_goals(work, register))


@post("/development-goals", requires=Permission.PORTFOLIO_KEEP, tags=["portfolio"])
async def add(work: WorkDep, data: JSONBody[NewGoal]) -> Response[GoalView]:
    """Set a goal."""
    row = await service.add_goal(work, data)
    return await _answer(work, row, 201, Location=f"/v1/development-goals/{row.id}")


@get("/development-goals/{goal_id:uuid}", requires=Permission.PORTFOLIO_READ_OWN, tags=["portfolio"])
async def goal(work: WorkDep, goal_id: FromPath[UUID]) -> Response[GoalView]:
    """One goal with what was done for it."""
    return await _answer(work, await queries.own_goal(work, goal_id))


@patch("/development-goals/{goal_id:uuid}", requires=Permission.PORTFOLIO_KEEP, if_match=True, tags=["portfolio"])
async def change(work: WorkDep, goal_id: FromPath[UUID], data: JSONBody[ChangedGoal]) -> Response[GoalView]:
    """Change a goal, or say on which day it was reached; what is left out stays."""
    return await _answer(work, await service.change_goal(work, goal_id, data))


@delete(
    "/development-goals/{goal_id:uuid}",
    requires=Permission.PORTFOLIO_KEEP,
    if_match=True,
    status_code=204,
    tags=["portfolio"],
)
async def remove(work: WorkDep, goal_id: FromPath[UUID]) -> None:
    """Take a goal away; what was done for it stays."""
    await service.delete_goal(work, goal_id)


@post(
    "/portfolio-entries/{entry_id:uuid}/goal",
    requires=Permission.PORTFOLIO_KEEP,
    if_match=True,
    status_code=200,
    tags=["portfolio"],
)
async def link(work: WorkDep, entry_id: FromPath[UUID], data: JSONBody[NewLink]) -> Response[EntryView]:
    """Say which goal an activity serves, or that it serves none."""
    row = await service.link_entry(work, entry_id, data.goal_id)
    files = await portfolios.files_of(work, [row])
    return versioned(entry_view(row, files.get(row.file_id) if row.file_id else None), row.version)


async def _answer(work: Work, row: DevelopmentGoal, status_code: int = 200, **headers: str) -> Response[GoalView]:
    entry = await registrations.registration(work, row.registration_id)
    (view,) = await goal_views(work, [(row, entry.register_code.value)])
    return versioned(view, row.version, status_code, **headers)


ROUTES = Router("/", route_handlers=[goals, add, goal, change, remove, link])
