"""What a renewal would give, as JSON."""

from litestar import Router, get, post
from litestar.params import FromQuery, JSONBody

from auth.permissions import Permission
from core.records import filled
from core.web.http import WorkDep
from register.applications.renewal import service
from register.applications.renewal.schemas import ReadingView, RungView, StepView, WhatIfView
from register.applications.renewal.what_if import SupposedView, Supposition, suppose, supposed_view
from register.entries.policy import Register


@get("/portfolio/assessment", requires=Permission.PORTFOLIO_READ_OWN, tags=["portfolio"])
async def assessment(work: WorkDep, register: FromQuery[Register]) -> WhatIfView:
    """What one's own portfolio would give today: what counts, what does not and why, and what is short."""
    return view(register, await service.what_if(work, register))


@post(
    "/portfolio/what-ifs", requires=Permission.PORTFOLIO_READ_OWN, idempotent=False, status_code=200, tags=["portfolio"]
)
async def what_if(work: WorkDep, data: JSONBody[Supposition]) -> SupposedView:
    """What hours that are not in one's portfolio yet would make of a renewal: norm by norm; nothing is stored."""
    async with work.means.work(work.actor, write=False) as reading:
        return supposed_view(data.register_code, await suppose(reading, data))


def view(register: Register, found: service.WhatIf) -> WhatIfView:
    """The answer of the rules, entry by entry."""
    answer = found.assessment
    return filled(
        WhatIfView,
        answer,
        register_code=register.value,
        decided_on=found.decided_on,
        explanation=[StepView(each.rule, each.code, each.why, each.from_on, each.to_on) for each in answer.explanation],
        lines=[_line(each) for each in found.readings],
        ladder=[RungView(each.points, each.years, each.due_on, each.short) for each in found.ladder],
    )


def _line(reading: service.Reading) -> ReadingView:
    entry, line = reading.entry, reading.line
    return ReadingView(
        entry_id=entry.id,
        title=entry.title,
        done_on=entry.done_on,
        state=entry.state.value,
        counts=bool(line and line.counts),
        points=line.points if line else 0,
        hours=float(line.hours) if line else 0.0,
        themes=line.themes if line else 0,
        code=reading.code,
    )


ROUTES = Router("/", route_handlers=[assessment, what_if])
