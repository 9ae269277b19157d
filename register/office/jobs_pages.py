"""The daily chores on a page and as JSON: when they ran, what they did, and whether today's are missing."""

from collections.abc import Sequence

from litestar import Router, get
from litestar.response import Template

from auth.permissions import Permission
from core.texts import day, day_time
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from register.office import jobs, outbox
from register.office.jobs import Run


@get("/kantoor/taken", requires=Permission.OFFICE_READ)
async def page(request: AnyRequest, work: WorkDep) -> Template:
    """What ran."""
    found = await jobs.runs(work)
    counts = await outbox.counts(work)
    return render(
        request,
        "office/jobs.html",
        work,
        overdue=jobs.is_overdue(work, found),
        rows=[[day_time(run.at), day(run.on), _did(run)] for run in found],
        mail=[(label(stand, "outbox"), number) for stand, number in counts.items()],
        mail_href="/kantoor/uitgaand" if work.actor.can(Permission.OUTBOX_KEEP) else "",
        failed=counts[outbox.Stand.FAILED],
    )


def _did(run: Run) -> str:
    return ", ".join(f"{label(name.replace('_', '-'), 'swept')} {number}" for name, number in run.did.items()) or "–"


@get("/sweeps", requires=Permission.OFFICE_READ, tags=["office"])
async def listing(work: WorkDep) -> Sequence[Run]:
    """The last thirty sweeps, with what each did."""
    return await jobs.runs(work)


HANDLERS = [page]
ROUTES = Router("/", route_handlers=[listing])
