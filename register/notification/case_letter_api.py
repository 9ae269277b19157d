"""The letters of objections and appeals that go by post, as JSON."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import Permission
from core.records import filled
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.notification import case_letters
from register.notification.models import CaseLetter
from register.notification.post_forms import Posted, Return


class CaseLetterView(msgspec.Struct, frozen=True):
    """A letter in an objection or appeal that goes by post."""

    id: UUID
    dispute_id: UUID
    number: str
    """Of the objection or appeal."""
    topic: str
    subject: str
    name: str
    """To whom."""
    state: str
    begun_at: datetime
    sent_on: date | None


def _view(row: CaseLetter) -> CaseLetterView:
    return filled(CaseLetterView, row)


@get("/case-letters", requires=Permission.POST_SEND, tags=["post"])
async def waiting(
    request: AnyRequest, work: WorkDep, cursor: FromQuery[str | None] = None, pageSize: FromQuery[int | None] = None
) -> Response[Page]:
    """The letters that wait for the post, oldest first."""
    size = page_size(pageSize)
    rows = await case_letters.waiting(work, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], _view)


@get("/case-letters/{letter_id:uuid}", requires=Permission.POST_SEND, tags=["post"])
async def letter(work: WorkDep, letter_id: FromPath[UUID]) -> Response[CaseLetterView]:
    """One letter; the look leaves a trace with whose case it is."""
    row = await case_letters.one(work, letter_id)
    work.looked("case-letter:read", stream=row.stream(), letter=str(row.id))
    return versioned(_view(row), row.version)


@get(
    "/case-letters/{letter_id:uuid}/document",
    requires=Permission.POST_SEND,
    produces="application/pdf",
    media_type="application/pdf",
    tags=["post"],
)
async def document(work: WorkDep, letter_id: FromPath[UUID], sentOn: FromQuery[date | None] = None) -> Response[bytes]:
    """The letter as PDF, as it would go on a day, today unless told; or as it went."""
    row = await case_letters.one(work, letter_id)
    work.looked("case-letter:print", stream=row.stream(), letter=str(row.id))
    headers = {"Content-Disposition": f'attachment; filename="{row.number}.pdf"'}
    content = await case_letters.pdf(work, row, sentOn or work.today)
    return Response(content, media_type="application/pdf", headers=headers)


@post("/case-letters/{letter_id:uuid}/posting", requires=Permission.POST_SEND, if_match=True, tags=["post"])
async def posted(work: WorkDep, letter_id: FromPath[UUID], data: JSONBody[Posted]) -> Response[CaseLetterView]:
    """A letter went to the post: the term that it names runs from that day."""
    row = await case_letters.posted(work, letter_id, data.sent_on)
    await work.flush()
    return versioned(_view(row), row.version, 201)


@post("/case-letters/{letter_id:uuid}/return", requires=Permission.POST_SEND, if_match=True, tags=["post"])
async def returned(work: WorkDep, letter_id: FromPath[UUID], data: JSONBody[Return]) -> Response[CaseLetterView]:
    """A letter came back: it goes onto the posting list again, and what it asked was not asked."""
    row = await case_letters.returned(work, letter_id, data.cause)
    await work.flush()
    return versioned(_view(row), row.version, 201)


@post("/case-letters/{letter_id:uuid}/bounce", requires=Permission.OUTBOX_KEEP, tags=["post"])
async def bounced(work: WorkDep, letter_id: FromPath[UUID]) -> CaseLetterView:
    """The notice of a letter in the message box came back later on: the letter goes by post. 409 `message-not-sent`."""
    row = await case_letters.came_back(work, letter_id)
    await work.flush()
    return _view(row)


ROUTES = Router("/", route_handlers=[waiting, letter, document, posted, returned, bounced])
