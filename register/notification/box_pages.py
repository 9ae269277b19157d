"""The own message box on pages."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from auth.permissions import SIGNED_IN
from core.web.http import AnyRequest, WorkDep, cursor, place_id
from core.web.pages import render
from register.notification import box
from register.notification.models import BoxMessage

PAGE = 50
HERE = "/mijn/berichten"


@get(HERE, requires=SIGNED_IN)
async def messages(request: AnyRequest, work: WorkDep, cursor: FromQuery[str | None] = None) -> Template:
    """The message box, the latest first."""
    rows = await box.messages(work, place_id(cursor), PAGE + 1)
    more = len(rows) > PAGE
    return render(
        request,
        "mine/messages.html",
        work,
        messages=[_shown(row) for row in rows[:PAGE]],
        next=f"{HERE}?cursor={_cursor(rows[PAGE - 1])}" if more else "",
    )


def _cursor(row: BoxMessage) -> str:
    return cursor(str(row.id))


@get(HERE + "/{message_id:uuid}", requires=SIGNED_IN)
async def message(request: AnyRequest, work: WorkDep, message_id: FromPath[UUID]) -> Template:
    """One message; opening it marks it as read."""
    row = await box.open_message(work, message_id)
    return render(request, "mine/message.html", work, message={**_shown(row), "body": row.body.splitlines()})


def _shown(row: BoxMessage) -> dict[str, Any]:
    return {
        "href": f"{HERE}/{row.id}",
        "subject": row.subject,
        "placed_at": row.placed_at,
        "unread": row.read_at is None,
        "decision": f"/mijn/besluiten/{row.decision_id}" if row.decision_id else "",
    }


HANDLERS = [messages, message]
