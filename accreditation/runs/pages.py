"""Runs on pages: a provider plans one with its meetings and seats, and changes it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath, QueryParameter
from litestar.response import Template

from accreditation.courses.policy import IN_PLACE, Given
from accreditation.runs import queries, service
from accreditation.runs.forms import ChangeForm, PlanForm
from accreditation.runs.models import Run
from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import options, redirect, render
from core.web.submissions import Forms

RUNS = "/presentie"


@get(RUNS + "/nieuw", requires=Permission.RUN_KEEP)
async def plan_page(
    request: AnyRequest, work: WorkDep, course: Annotated[str, QueryParameter(name="cursus")] = ""
) -> Template:
    """The form for a new run."""
    return await _plan(request, work, Form(values={"form": Given.CLASSROOM.value, "course_id": course}))


async def _plan(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    offered = await queries.offered_courses(work)
    return render(
        request,
        "attendance/plan.html",
        work,
        form=form,
        courses=[(str(one.id), f"{one.title} ({one.code})") for one in offered],
        forms=options(Given, "given"),
        action=RUNS + "/nieuw",
    )


@get(RUNS + "/{run_id:uuid}/wijzigen", requires=Permission.RUN_KEEP)
async def change_page(request: AnyRequest, work: WorkDep, run_id: FromPath[UUID]) -> Template:
    """A run with what may change in it."""
    return await _change(request, work, run_id, Form(values=_typed(await queries.own_run(work, run_id))))


def _typed(row: Run) -> dict[str, str]:
    days = {"starts_on": row.starts_on, "ends_on": row.ends_on}
    given = {name: f"{one.day}-{one.month}-{one.year}" for name, one in days.items()}
    return given | {"place": row.place, "capacity": str(row.capacity or "")}


async def _change(request: AnyRequest, work: Work, run_id: UUID, form: Form[Any]) -> Template:
    row = await queries.own_run(work, run_id)
    titles = await queries.titles_of(work, [row.course_id])
    return render(
        request,
        "attendance/change.html",
        work,
        form=form,
        title=titles[row.course_id],
        seated=row.form in IN_PLACE,
        version=row.version,
        back=f"{RUNS}/{row.id}",
        action=f"{RUNS}/{row.id}/wijzigen",
    )


plan = Forms(RUNS, _plan)(
    "/nieuw",
    Permission.RUN_KEEP,
    PlanForm,
    lambda work, new: service.plan(work, new.course_id, new.run()),
    to=lambda row: redirect(f"{RUNS}/{row.id}", "run-planned"),
)
change = Forms(RUNS + "/{run_id:uuid}", _change)(
    "/wijzigen",
    Permission.RUN_KEEP,
    ChangeForm,
    lambda work, run_id, new: service.change(work, run_id, new.change()),
    "run-changed",
)

HANDLERS = [plan_page, plan, change_page, change]
