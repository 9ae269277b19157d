"""The outbox on a page: what waits, went, or was given up, with the reason and another try."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.store.outbox import UNFINISHED
from core.texts import day_time
from core.web.http import AnyRequest, WorkDep, cursor, place_id
from core.web.pages import _, label, redirect, render
from register.office import outbox
from register.office.outbox import Stand

HERE = "/kantoor/uitgaand"
PAGE = 50


@get(HERE, requires=Permission.OUTBOX_KEEP)
async def messages(
    request: AnyRequest, work: WorkDep, stand: FromQuery[Stand] = Stand.FAILED, cursor: FromQuery[str | None] = None
) -> Template:
    """Messages by where they stand, the latest first."""
    counts = await outbox.counts(work)
    rows = await outbox.messages(work, stand, place_id(cursor), PAGE + 1)
    more = f"{HERE}?stand={stand.value}&cursor={_place(rows[PAGE - 1].id)}" if len(rows) > PAGE else ""
    return render(
        request,
        "office/outbox.html",
        work,
        stands=[
            {
                "href": f"{HERE}?stand={each.value}",
                "said": label(each, "outbox"),
                "number": number,
                "here": each is stand,
            }
            for each, number in counts.items()
        ],
        stand=stand.value,
        messages=[_shown(row) for row in rows[:PAGE]],
        next=more,
    )


def _place(id: UUID) -> str:
    return cursor(str(id))


def _shown(row: Any) -> dict[str, Any]:
    tried = _("{n} keer geprobeerd", n=row.attempts) if row.attempts else ""
    next_try = _("opnieuw op {at}", at=day_time(row.next_try_at)) if row.next_try_at else ""
    sent = _("verstuurd op {at}", at=day_time(row.sent_at)) if row.sent_at else ""
    return {
        "topic": label(row.topic, "mail-topic"),
        "error": label(row.error, "mail-error") if row.error not in {"", UNFINISHED} else "",
        "facts": [fact for fact in (day_time(row.created_at), sent, tried, next_try) if fact],
        "again": f"{HERE}/{row.id}/opnieuw" if row.failed_at and not row.sent_at else "",
    }


@post(HERE + "/{message_id:uuid}/opnieuw", requires=Permission.OUTBOX_KEEP)
async def again(work: WorkDep, message_id: FromPath[UUID]) -> Redirect:
    """Try a message that failed anew."""
    await outbox.again(work, message_id)
    return redirect(HERE, "sent-again", stand=Stand.WAITING.value)


HANDLERS = [messages, again]
