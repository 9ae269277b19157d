"""The message box, the posting list and the mail that failed, as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from auth.schemas import Schema
from core.decisions import Decision
from core.fields import Day
from core.records import filled
from core.store import outbox
from core.store.outbox import OutboxMessage
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.notification import announcing, box, sending, service
from register.notification.models import BoxMessage, MakingKnown
from register.notification.policy import CameBack, WrongDay


class MessageView(msgspec.Struct, frozen=True):
    """A message in one's own box."""

    id: UUID
    topic: str
    subject: str
    body: str
    decision_id: UUID | None
    placed_at: datetime
    read_at: datetime | None


class DeliveryView(msgspec.Struct, frozen=True):
    """One way in which a decision went to its addressee; `mail` is waiting, accepted or bounced, of the notice."""

    id: UUID
    channel: str
    state: str
    begun_at: datetime
    sent_on: date | None
    read_at: datetime | None
    mail: str | None
    mail_at: datetime | None


class LetterView(msgspec.Struct, frozen=True):
    """A letter that waits for the post."""

    id: UUID
    decision_id: UUID
    decision_number: str
    decided_on: date
    addressee: str
    address: str
    postcode: str
    town: str
    country: str
    state: str
    sent_on: date | None


class FailedMail(msgspec.Struct, frozen=True):
    """A message that did not go out; `given_up_at` is null while it is still tried."""

    id: UUID
    topic: str
    error: str
    attempts: int
    created_at: datetime
    given_up_at: datetime | None


class Posting(Schema):
    """The day on which the letter went to the post."""

    sent_on: Day


class PostingCorrection(Posting):
    """The day on which the letter did go, and how another came to be noted."""

    reason: WrongDay


class LetterReturn(Schema):
    """What stood on the letter that came back."""

    cause: CameBack


def message_view(row: BoxMessage) -> MessageView:
    """A message as its reader sees it."""
    return MessageView(row.id, row.topic, row.subject, row.body, row.decision_id, row.placed_at, row.read_at)


def delivery_view(row: MakingKnown, mail: OutboxMessage | None) -> DeliveryView:
    """The proof of one way of making known."""
    told, at = None, None
    if mail is not None:
        at = mail.sent_at or mail.failed_at
        told = "accepted" if mail.sent_at else "bounced" if mail.failed_at else "waiting"
    return DeliveryView(row.id, row.channel.value, row.state.value, row.begun_at, row.sent_on, row.read_at, told, at)


def letter_view(row: MakingKnown, decision: Decision, person: people.Addressee) -> LetterView:
    """A letter with where it goes."""
    return filled(
        LetterView,
        person,
        id=row.id,
        decision_id=decision.id,
        decision_number=decision.number,
        decided_on=decision.decided_on,
        addressee=person.name,
        state=row.state.value,
        sent_on=row.sent_on,
    )


@get("/messages", requires=SIGNED_IN, tags=["messages"])
async def messages(
    request: AnyRequest, work: WorkDep, cursor: FromQuery[str | None] = None, pageSize: FromQuery[int | None] = None
) -> Response[Page]:
    """The own message box, the latest first."""
    size = page_size(pageSize)
    rows = await box.messages(work, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], message_view)


@get("/messages/{message_id:uuid}", requires=SIGNED_IN, tags=["messages"])
async def message(work: WorkDep, message_id: FromPath[UUID]) -> MessageView:
    """One message; it counts as read from now on."""
    seen = message_view(await box.open_message(work, message_id))
    return msgspec.structs.replace(seen, read_at=seen.read_at or work.now)


@get("/decisions/{decision_id:uuid}/deliveries", requires=SIGNED_IN, tags=["decisions"])
async def deliveries(work: WorkDep, decision_id: FromPath[UUID]) -> Sequence[DeliveryView]:
    """How and when a decision was made known: the proof, for its addressee and for the secretary."""
    row = await service.decision(work, decision_id)
    return [delivery_view(*each) for each in await announcing.proof(work, row.id)]


@get("/posting-list", requires=Permission.POST_SEND, tags=["post"])
async def posting_list(
    request: AnyRequest, work: WorkDep, cursor: FromQuery[str | None] = None, pageSize: FromQuery[int | None] = None
) -> Response[Page]:
    """The letters that wait for the post, oldest first."""
    size = page_size(pageSize)
    rows = await announcing.posting_list(work, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda row: [str(row[0].id)], lambda row: letter_view(*row))


@get("/posting-list/{letter_id:uuid}", requires=Permission.POST_SEND, tags=["post"])
async def letter(work: WorkDep, letter_id: FromPath[UUID]) -> Response[LetterView]:
    """One letter; the look leaves a trace with its addressee."""
    row = await announcing.letter(work, letter_id)
    work.looked("delivery:read", stream=row.stream(), delivery=str(row.id))
    return versioned(await _letter(work, row), row.version)


async def _letter(work: WorkDep, row: MakingKnown) -> LetterView:
    decision = await work.session.get_one(Decision, row.decision_id)
    (to,) = await sending.addressees(work, [decision])
    return letter_view(row, decision, to)


@post("/posting-list/{letter_id:uuid}/posting", requires=Permission.POST_SEND, if_match=True, tags=["post"])
async def posted(work: WorkDep, letter_id: FromPath[UUID], data: JSONBody[Posting]) -> Response[LetterView]:
    """A letter went to the post: the term to object starts the day after, and the decision takes effect."""
    row = await announcing.posted(work, letter_id, data.sent_on)
    await work.flush()
    return versioned(await _letter(work, row), row.version, 201)


@post("/posting-list/{letter_id:uuid}/correction", requires=Permission.POST_SEND, if_match=True, tags=["post"])
async def corrected(
    work: WorkDep, letter_id: FromPath[UUID], data: JSONBody[PostingCorrection]
) -> Response[LetterView]:
    """Another day was noted than that on which a letter went: the term to object starts with the right one."""
    row = await announcing.correct(work, letter_id, data.sent_on, data.reason)
    await work.flush()
    return versioned(await _letter(work, row), row.version, 201)


@post("/posting-list/{letter_id:uuid}/return", requires=Permission.POST_SEND, if_match=True, tags=["post"])
async def returned(work: WorkDep, letter_id: FromPath[UUID], data: JSONBody[LetterReturn]) -> Response[LetterView]:
    """A letter came back: it goes onto the posting list again, and the term starts with the one that follows."""
    row = await announcing.returned(work, letter_id, data.cause)
    await work.flush()
    return versioned(await _letter(work, row), row.version, 201)


@get("/mail-failures", requires=Permission.OUTBOX_KEEP, tags=["post"])
async def failures(
    request: AnyRequest, work: WorkDep, cursor: FromQuery[str | None] = None, pageSize: FromQuery[int | None] = None
) -> Response[Page]:
    """The mail that failed, and what was given up."""
    size = page_size(pageSize)
    rows = await outbox.failures(work.session, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], failed_mail)


def failed_mail(row: OutboxMessage) -> FailedMail:
    """What the office sees of a message: never its text or address."""
    return FailedMail(row.id, row.topic, row.error, row.attempts, row.created_at, row.failed_at)


@post("/mail-failures/{message_id:uuid}/resending", requires=Permission.OUTBOX_KEEP, tags=["post"])
async def again(work: WorkDep, message_id: FromPath[UUID]) -> FailedMail:
    """Try a message that failed anew."""
    row = await outbox.again(work.session, message_id)
    work.log("mail:again", None, message=str(row.id))
    return failed_mail(row)


@post("/deliveries/{delivery_id:uuid}/bounce", requires=Permission.OUTBOX_KEEP, tags=["post"])
async def bounced(work: WorkDep, delivery_id: FromPath[UUID]) -> DeliveryView:
    """The notice of a message box came back later on: a letter goes onto the posting list. 409 `message-not-sent`."""
    row = await announcing.came_back(work, delivery_id)
    await work.flush()
    return delivery_view(row, None)


ROUTES = Router(
    "/",
    route_handlers=[
        messages,
        message,
        deliveries,
        posting_list,
        letter,
        posted,
        corrected,
        returned,
        failures,
        again,
        bounced,
    ],
)
