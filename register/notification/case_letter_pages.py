"""The letters of objections and appeals on paper, on pages: print one, note the day it went, or that it came back."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from auth.permissions import Permission
from core.store.work import Work
from core.typed import written
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, options, render
from core.web.submissions import Forms
from register.notification import case_letters
from register.notification.models import CaseLetter
from register.notification.policy import CameBack, Delivery
from register.notification.post_forms import Posted, Return

POST = "/kantoor/post"
HERE = f"{POST}/zaak"


def listed(row: CaseLetter) -> dict[str, Any]:
    """A letter in the list of the office."""
    return {
        "href": f"{HERE}/{row.id}",
        "number": row.number,
        "kind": row.subject,
        "addressee": row.name,
        "begun_at": row.begun_at,
        "sent_on": row.sent_on,
    }


@get(HERE + "/{letter_id:uuid}", requires=Permission.POST_SEND)
async def letter(request: AnyRequest, work: WorkDep, letter_id: FromPath[UUID]) -> Template:
    """One letter, as it goes today or went, with the form for the day on which it went."""
    return await _letter(request, work, letter_id, Form())


async def _letter(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await case_letters.one(work, id)
    work.looked("case-letter:print", stream=row.stream(), letter=str(row.id))
    waits, own = row.state is Delivery.TO_POST, case_letters.own(work, row)
    here = f"{HERE}/{row.id}"
    return render(
        request,
        "office/case_letter.html",
        work,
        form=form,
        letter=await case_letters.letter(work, row, work.today),
        state=row.state.value,
        sent_on=row.sent_on,
        version=row.version,
        own=own,
        action=f"{here}/verzonden" if waits and not own else "",
        came_back=options(CameBack, "came-back") if row.state is Delivery.POSTED and not own else [],
        here=here,
        back=(POST, _("Post")),
        day=written(work.today),
    )


@get(HERE + "/{letter_id:uuid}/brief", requires=Permission.POST_SEND)
async def printed(work: WorkDep, letter_id: FromPath[UUID], dag: FromQuery[date | None] = None) -> Response[bytes]:
    """The letter as PDF, for the post of a day, today unless told; or as it went."""
    row = await case_letters.one(work, letter_id)
    work.looked("case-letter:print", stream=row.stream(), letter=str(row.id))
    headers = {"Content-Disposition": f'attachment; filename="{row.number}.pdf"'}
    content = await case_letters.pdf(work, row, dag or work.today)
    return Response(content, media_type="application/pdf", headers=headers)


on_letter = Forms(HERE + "/{letter_id:uuid}", _letter, if_match=True)
posted = on_letter(
    "/verzonden",
    Permission.POST_SEND,
    Posted,
    lambda work, id, new: case_letters.posted(work, id, new.sent_on),
    "posted",
    POST,
)
came_back = on_letter(
    "/teruggekomen",
    Permission.POST_SEND,
    Return,
    lambda work, id, new: case_letters.returned(work, id, new.cause),
    "letter-returned",
    POST,
)
HANDLERS = [letter, printed, posted, came_back]
