"""The plan for development on pages: the goals of a register, and one goal with what was done for it."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.store.work import Work
from core.typed import written
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import form_values, label, read, redirect, render
from core.web.submissions import Forms
from register.entries import queries as registrations
from register.entries.policy import Register
from register.portfolio import queries as portfolios
from register.portfolio.page_views import category_choices, category_in_words
from register.portfolio.planning import queries, service
from register.portfolio.planning.forms import ChangeForm, GoalForm, LinkForm
from register.portfolio.planning.schemas import GoalView
from register.portfolio.planning.views import goal_views
from register.portfolio.policy import Measure, measure_of

HERE = "/mijn/plan"


@get(HERE, requires=Permission.PORTFOLIO_READ_OWN)
async def plan(request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None) -> Template:
    """What one wants to learn, and how far it is."""
    return await _plan(request, work, Form(values={"register_code": register.value} if register else {}))


async def _plan(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    mine = [row.register_code for row in await registrations.own_registrations(work)]
    asked = form.values.get("register_code", "")
    register = next((each for each in mine if each.value == asked), mine[0] if mine else None)
    goals = await goal_views(work, await queries.own_goals(work, register)) if register else []
    return render(
        request,
        "mine/plan.html",
        work,
        form=form,
        register=register.value if register else "",
        registers=[each.value for each in mine],
        goals=[_goal(each) for each in goals],
        categories=_categories(work, register),
        action=HERE,
    )


def _categories(work: Work, register: Register | None) -> list[tuple[str, str]]:
    """What a goal of a teacher may be about; leaders name themes."""
    if register is None or measure_of(work.rules.chosen(register.value, work.today)) is Measure.POINTS:
        return []
    return category_choices()


def _goal(view: GoalView) -> dict[str, Any]:
    return {
        "href": f"{HERE}/{view.id}",
        "title": view.title,
        "about": ", ".join([*view.themes, *([category_in_words(view.category)] if view.category else [])]),
        "reach_by": view.reach_by,
        "reached_on": view.reached_on,
        "progress": view.progress,
        "entries": [
            {
                "id": str(each.entry_id),
                "href": f"/mijn/portfolio/{each.entry_id}",
                "title": each.title,
                "done_on": each.done_on,
                "state": label(each.state, "entry"),
            }
            for each in view.entries
        ],
    }


@get(HERE + "/{goal_id:uuid}", requires=Permission.PORTFOLIO_READ_OWN)
async def goal(request: AnyRequest, work: WorkDep, goal_id: FromPath[UUID]) -> Template:
    """One goal: change it, say that it was reached, and link what was done for it."""
    return await _page(request, work, goal_id, Form())


@post(HERE + "/{goal_id:uuid}/koppelen", requires=Permission.PORTFOLIO_KEEP)
async def link(request: AnyRequest, work: WorkDep, goal_id: FromPath[UUID]) -> Template | Redirect:
    """Link an activity to it, or take the link away."""
    form = read(LinkForm, await form_values(request))
    if form.value is None:
        return await _page(request, work, goal_id, form)
    await service.link_entry(work, form.value.entry_id, None if form.value.unlink else goal_id)
    return redirect(f"{HERE}/{goal_id}", "goal-kept")


@post(HERE + "/{goal_id:uuid}/verwijderen", requires=Permission.PORTFOLIO_KEEP, if_match=True)
async def delete(work: WorkDep, goal_id: FromPath[UUID]) -> Redirect:
    """Take it away."""
    await service.delete_goal(work, goal_id)
    return redirect(HERE, "goal-deleted")


async def _page(request: AnyRequest, work: Work, goal_id: UUID, form: Form[Any]) -> Template:
    row = await queries.own_goal(work, goal_id)
    entry = await registrations.registration(work, row.registration_id)
    (view,) = await goal_views(work, [(row, entry.register_code.value)])
    if not form.summary:
        form.values = {
            "title": row.title,
            "themes": "\n".join(row.themes),
            "category": row.category.value if row.category else "",
            "reach_by": written(row.reach_by),
            "reached_on": written(row.reached_on),
        }
    free = [each for each in await portfolios.entries_of(work, entry.id) if each.goal_id != row.id]
    return render(
        request,
        "mine/goal.html",
        work,
        form=form,
        goal=_goal(view),
        register=entry.register_code.value,
        categories=_categories(work, entry.register_code),
        others=[(str(each.id), each.title) for each in free],
        version=row.version,
        action=f"{HERE}/{row.id}",
    )


async def _add(work: Work, new: GoalForm) -> Redirect:
    await service.add_goal(work, new.goal())
    return redirect(HERE, "goal-kept", register=new.register_code.value)


add = Forms(HERE, _plan)("", Permission.PORTFOLIO_KEEP, GoalForm, _add)
action = Forms(HERE + "/{goal_id:uuid}", _page, if_match=True)
change = action(
    "",
    Permission.PORTFOLIO_KEEP,
    ChangeForm,
    lambda work, id, new: service.change_goal(work, id, new.changed()),
    "goal-kept",
)

HANDLERS = [plan, add, goal, change, link, delete]
