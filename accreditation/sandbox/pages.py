"""The page of the sandbox: its key, how it is used, and the last messages with their answers."""

from typing import Any

from litestar import get
from litestar.response import Template

from accreditation.providers import queries as providers
from accreditation.sandbox import queries, service
from accreditation.sandbox.policy import DOOR, MOST_KEPT
from accreditation.sandbox.schemas import NewSandboxKey
from auth.permissions import Permission
from core.store.work import Work
from core.texts import day_time
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from core.web.submissions import Forms

HERE = "/presentie/proef"


@get(HERE, requires=Permission.ATTENDANCE_REPORT)
async def sandbox(request: AnyRequest, work: WorkDep) -> Template:
    """What was tried, and with which key one may try."""
    return await _sandbox(request, work, Form())


async def _sandbox(request: AnyRequest, work: Work, form: Form[Any], drawn: tuple[str, str] | None = None) -> Template:
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


draw = Forms(HERE, _sandbox)(
    "",
    Permission.ATTENDANCE_REPORT,
    NewSandboxKey,
    lambda work, new: service.draw(work, new.provider_id),
    shows=lambda request, work, drawn: _sandbox(request, work, Form(), (drawn[0].user_id, drawn[1])),
    idempotent=False,  # the answer holds a key: it is not kept for a second click
)

HANDLERS = [sandbox, draw]
