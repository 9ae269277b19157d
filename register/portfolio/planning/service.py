"""Keeping a plan for development: goals set, changed, reached, taken away, and linked to what was done for them."""

from uuid import UUID

from core.errors import Invalid, NotFound
from core.store.work import Work
from register.entries import queries as registrations
from register.portfolio import queries as portfolios
from register.portfolio.models import DevelopmentGoal, PortfolioEntry
from register.portfolio.planning import queries
from register.portfolio.planning.policy import MOST_GOALS, require_ahead, require_reached
from register.portfolio.planning.schemas import ChangedGoal, NewGoal


async def add_goal(work: Work, new: NewGoal) -> DevelopmentGoal:
    """Set a goal. NotFound("no-such-registration"); Invalid: `goal-in-the-past`, `too-many-goals`."""
    registration = await registrations.own_registration(work, new.register_code)
    require_ahead(new.reach_by, work.today)
    if await queries.how_many(work, registration.id) >= MOST_GOALS:
        raise Invalid("too-many-goals", most=MOST_GOALS)
    goal = DevelopmentGoal(
        person_id=registration.person_id,
        registration_id=registration.id,
        title=new.title,
        themes=list(dict.fromkeys(new.themes)),
        category=new.category,
        reach_by=new.reach_by,
    )
    work.add(goal)
    await work.flush()
    work.log("goal:add", goal)
    return goal


async def change_goal(work: Work, goal_id: UUID, changed: ChangedGoal) -> DevelopmentGoal:
    """Change a goal, or say that it was reached. NotFound("no-such-goal"); Invalid: `goal-in-the-past`,
    `not-done-yet`; Stale."""
    goal = await queries.own_goal(work, goal_id)
    work.expect(goal)
    if "reach_by" in changed.model_fields_set and changed.reach_by != goal.reach_by:
        require_ahead(changed.reach_by, work.today)
    require_reached(changed.reached_on, work.today)
    for name in changed.model_fields_set:
        setattr(goal, name, getattr(changed, name))
    await work.flush()
    work.log("goal:change", goal, fields=sorted(changed.model_fields_set))
    return goal


async def delete_goal(work: Work, goal_id: UUID) -> None:
    """Take a goal away; what was done for it stays in the portfolio. NotFound("no-such-goal"); Stale."""
    goal = await queries.own_goal(work, goal_id)
    work.expect(goal)
    for entry in await queries.linked(work, [goal.id]):
        _link(work, entry, None)
    await work.flush()
    await work.session.delete(goal)
    await work.flush()
    work.log("goal:delete", goal)


async def link_entry(work: Work, entry_id: UUID, goal_id: UUID | None) -> PortfolioEntry:
    """Say which goal an activity serves, also after it was handed in: what was claimed does not change.

    NotFound: `no-such-entry`, `no-such-goal` (also one of another register); Stale.
    """
    entry = await portfolios.own_entry(work, entry_id)
    work.expect(entry)
    goal = await queries.own_goal(work, goal_id) if goal_id else None
    if goal and goal.registration_id != entry.registration_id:
        raise NotFound("no-such-goal")
    if entry.goal_id != goal_id:
        _link(work, entry, goal_id)
        await work.flush()
    return entry


def _link(work: Work, entry: PortfolioEntry, goal_id: UUID | None) -> None:
    entry.goal_id = goal_id
    work.log("entry:link", entry, goal=str(goal_id) if goal_id else None)
