"""The message box: messages placed for a person, read by that person and nobody else."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth.actor import person_of
from auth.queries import Addressee
from core.errors import NotFound
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.notification.models import BoxMessage, CaseLetter
from register.notification.policy import DELIVERY, DeliveryEvent


async def place(
    work: Work, person: Addressee, topic: str, subject: str, body: str, decision_id: UUID | None = None
) -> tuple[BoxMessage, OutboxMessage]:
    """Put a message into somebody's box, and a notice without content into the mail."""
    message = BoxMessage(
        person_id=person.id, topic=topic, subject=subject, body=body, decision_id=decision_id, placed_at=work.now
    )
    mail = OutboxMessage(
        topic=topic,
        person_id=person.id,
        address=person.email,
        subject="Er staat een bericht voor u klaar bij Bekwaam",
        body="In uw berichtenbox bij Bekwaam staat een nieuw bericht. Log in om het te lezen.\n"
        "In deze e-mail staat met opzet geen link.\n",
        created_at=work.now,
    )
    work.add(message, mail)
    await work.flush()
    work.log("message:place", message, topic=topic)
    return message, mail


async def messages(work: Work, before: UUID | None, most: int) -> Sequence[BoxMessage]:
    """The messages of who asks, the latest first."""
    wanted = select(BoxMessage).where(BoxMessage.person_id == person_of(work.actor))
    if before is not None:
        wanted = wanted.where(col(BoxMessage.id) < before)
    return (await work.session.exec(wanted.order_by(col(BoxMessage.id).desc()).limit(most))).all()


async def message(work: Work, id: UUID) -> BoxMessage:
    """A message of who asks; NotFound("no-such-message") for anybody else's."""
    wanted = select(BoxMessage).where(BoxMessage.id == id, BoxMessage.person_id == person_of(work.actor))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-message")
    return found


async def unread(work: Work) -> int:
    """How many messages of who asks were never opened."""
    wanted = select(sa.func.count()).select_from(BoxMessage).where(BoxMessage.person_id == person_of(work.actor))
    return int((await work.session.exec(wanted.where(col(BoxMessage.read_at).is_(None)))).one())


async def open_message(work: Work, id: UUID) -> BoxMessage:
    """A message of who asks; from now on it counts as read. NotFound("no-such-message")."""
    found, actor = await message(work, id), work.actor

    async def read(aside: Work) -> None:
        mark(aside, await message(aside, id))
        await _letter_read(aside, id)

    work.then(lambda means: means.do(actor, read))
    return found


async def _letter_read(work: Work, message_id: UUID) -> None:
    """The message that was opened may be a letter of a case: it is read."""
    wanted = select(CaseLetter).where(CaseLetter.message_id == message_id)
    for row in (await work.session.exec(wanted)).all():
        if DELIVERY.may(row.state, DeliveryEvent.OPEN):
            row.state, row.read_at = DELIVERY.after(row.state, DeliveryEvent.OPEN), work.now
            work.log("case-letter:open", row)


def mark(work: Work, message: BoxMessage) -> None:
    """Note when a message was first opened."""
    if message.read_at is None:
        message.read_at = work.now
        work.log("message:read", message)
