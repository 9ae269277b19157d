"""Goals as their owner sees them, each with what was done for it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from core.records import filled
from core.store.work import Work
from register.portfolio.models import DevelopmentGoal, PortfolioEntry
from register.portfolio.planning import queries
from register.portfolio.planning.policy import progress
from register.portfolio.planning.schemas import GoalView, LinkedView


async def goal_views(work: Work, goals: Sequence[tuple[DevelopmentGoal, str]]) -> Sequence[GoalView]:
    """Goals with their activities, in one query whatever their number."""
    served: dict[UUID, list[PortfolioEntry]] = {}
    for entry in await queries.linked(work, [goal.id for goal, _register in goals]):
        if entry.goal_id:
            served.setdefault(entry.goal_id, []).append(entry)
    return [goal_view(goal, register, served.get(goal.id, ()), work.today) for goal, register in goals]


def goal_view(goal: DevelopmentGoal, register: str, served: Sequence[PortfolioEntry], today: date) -> GoalView:
    """One goal."""
    return filled(
        GoalView,
        goal,
        register_code=register,
        category=goal.category.value if goal.category else None,
        progress=progress(goal.reach_by, goal.reached_on, today).value,
        entries=[_linked(entry) for entry in served],
    )


def _linked(entry: PortfolioEntry) -> LinkedView:
    evidence = entry.file_id is not None or entry.endorsed_sha256 is not None
    return LinkedView(entry.id, entry.title, entry.done_on, entry.state.value, evidence)
