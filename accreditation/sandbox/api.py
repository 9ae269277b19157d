"""The sandbox as JSON: draw its key, send a list to it, read back what was tried."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromQuery, HeaderParameter, JSONBody

from accreditation.attendance.schemas import ListResult, NewList
from accreditation.attendance.service import provider_of
from accreditation.sandbox import queries, service
from accreditation.sandbox.models import SandboxMessage
from accreditation.sandbox.policy import day_of
from accreditation.sandbox.schemas import NewSandboxKey, SandboxKeyView, SandboxMessageView
from auth.permissions import PUBLIC, Permission
from core.web.guard import body_of
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id


@post("/sandbox-keys", requires=Permission.ATTENDANCE_REPORT, idempotent=False)
async def draw(work: WorkDep, data: JSONBody[NewSandboxKey]) -> SandboxKeyView:
    """Draw a key to try with; it is shown this once, and the one before stops working."""
    row, key = await service.draw(work, data.provider_id)
    return SandboxKeyView(row.user_id, key, row.drawn_at)


@post("/sandbox/attendances/bulk", requires=PUBLIC, idempotent=False)
async def report(
    request: AnyRequest,
    work: WorkDep,
    data: JSONBody[NewList],
    user: Annotated[str, HeaderParameter(name="Sandbox-User")] = "",
    key: Annotated[str, HeaderParameter(name="Sandbox-Key")] = "",
    on: Annotated[str | None, HeaderParameter(name="Sandbox-Date")] = None,
) -> ListResult:
    """Try `POST /attendances/bulk` without effect, with a key of the sandbox, as on the day of `Sandbox-Date`."""
    message = body_of(dict(request.scope)).decode(errors="replace")
    return await service.report(work, user, key, message, data, day_of(on, work.today))


def message_view(row: SandboxMessage) -> SandboxMessageView:
    """One try."""
    return SandboxMessageView(row.id, row.source.value, row.received_at, row.pretended_on, row.message, row.answer)


@get("/sandbox-messages", requires=Permission.ATTENDANCE_REPORT)
async def messages(
    request: AnyRequest,
    work: WorkDep,
    provider: FromQuery[UUID | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What one's provider tried last, the latest first."""
    size = page_size(pageSize)
    rows = await queries.messages_of(work, [provider_of(work, provider)], place_id(cursor), size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], message_view)


ROUTES = Router("/", route_handlers=[draw, report, messages], tags=["attendance"])
