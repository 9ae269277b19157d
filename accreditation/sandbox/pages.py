"""The page of the sandbox: its key, how it is used, and the last messages with their answers."""

from typing import Any

from litestar import get, post
from litestar.response import Template

from accreditation.providers import queries as providers
from accreditation.sandbox import queries, service
from accreditation.sandbox.policy import DOOR, MOST_KEPT
from accreditation.sandbox.schemas import NewSandboxKey
from auth.permissions import Permission
from core.store.work import Work
from core.texts import day_time
from core.web.forms import Form
from core.web.http import WorkDep
from core.web.pages import MENDABLE, AnyRequest, label, read, render, typed, undone

HERE = "/presentie/proef"


@get(HERE, requires=Permission.ATTENDANCE_REPORT)
async def sandbox(request: AnyRequest, work: WorkDep) -> Template:
    """What was tried, and with which key one may try."""
    return await _sandbox(request, work, Form(), None)


async def _sandbox(request: AnyRequest, work: Work, form: Form[Any], drawn: tuple[str, str] | None) -> Template:
    mine = await providers.own_providers(work)
    rows = await queries.messages_of(work, [one.id for one in mine], None, MOST_KEPT)
    origin = work.means.settings.address
    return render(
        request,
        "sandbox/sandbox.html",
        work,
        form=form,
        providers=[(str(one.id), one.name) for one in mine],
        drawn=drawn,
        door=f"{origin}{DOOR}",
        bulk=f"{origin}/v1/sandbox/attendances/bulk",
        messages=[
            {
                "at": day_time(row.received_at),
                "source": label(row.source, "sandbox-source"),
                "on": row.pretended_on,
                "message": row.message,
                "answer": row.answer,
            }
            for row in rows
        ],
    )


@post(
    HERE,
    requires=Permission.ATTENDANCE_REPORT,
    idempotent=False,  # the answer holds a key: it is not kept for a second click
    status_code=200,
)
async def draw(request: AnyRequest, work: WorkDep) -> Template:
    """Draw a key, and show it this once."""
    form = read(NewSandboxKey, await typed(request))
    if form.value is None:
        return await _sandbox(request, work, form, None)
    try:
        row, key = await service.draw(work, form.value.provider_id)
    except MENDABLE as error:
        return await _sandbox(request, work, await undone(work, form, error), None)
    return await _sandbox(request, work, Form(), (row.user_id, key))


HANDLERS = [sandbox, draw]
