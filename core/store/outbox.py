"""Letters and e-mail: written in the transaction of the change, sent afterwards, at least once.

The table is the truth. A message carries everything that is sent; its row is not part of the trail, the change is.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Field, col, select

from core.clock import machine_now
from core.errors import NotFound, Refused
from core.mail import DeliveryOutcome, Result, Transport
from core.store.db import AsyncSession, Database, Row, is_locked, must_retry

T = TypeVar("T")
LOG = logging.getLogger("bekwaam")
LEASE = timedelta(minutes=10)
"""How long a message belongs to whoever is sending it; after a crash somebody else takes it up."""
PAUSES = [timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720, 1440)]
"""How long to wait after each failure; after the last one we give up."""
AT_ONCE, ATTEMPTS = 50, 8
SECRET = re.compile(r"/[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
"""The end of a link that opens something once (256 bits as base64url): nobody needs it here once it is sent."""
UNFINISHED = "sending"


class OutboxMessage(Row, table=True):
    """One message to one person; the days here are the machine's. `error` says in a code why the last try failed."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.Index("ix_outbox_message_unsent", "sent_at", "created_at"),
        sa.Index("ix_outbox_message_due", "sent_at", "failed_at", "next_try_at"),
    )

    topic: str = Field(max_length=60)
    person_id: UUID | None = None
    address: str = Field(max_length=320)
    subject: str = Field(max_length=200)
    body: str
    created_at: datetime
    sent_at: datetime | None = None
    attempts: int = 0
    next_try_at: datetime | None = None
    failed_at: datetime | None = None
    error: str = Field(default="", max_length=40)


class OutboxSilence(Row, table=True):
    """A person to whom nothing is sent any more; what waited for them is dropped."""

    __tablename__ = "outbox_silence"

    person_id: UUID = Field(unique=True)


async def deliver(database: Database, way: Transport) -> int:
    """Try what is due, oldest first, and say how many; sending twice after a crash is possible, losing is not.

    What came of each is kept as it comes, so that a fault forgets one at most; who is slow keeps its lease.
    """
    taken = await _again(partial(_take, database))
    if not taken:  # and nobody is called for nothing
        return 0
    left = {message.id: message for message in taken}
    leased = monotonic()
    with closing(way.send(taken)) as results:
        while (result := await asyncio.to_thread(next, results, None)) is not None:
            message = left.pop(result.id)
            await _again(partial(_keep, database, [result.id], _after(result, message)))
            if left and monotonic() - leased > LEASE.total_seconds() / 2:
                await _again(partial(_keep, database, list(left), {"next_try_at": machine_now() + LEASE}))
                leased = monotonic()
    return len(taken)


async def _keep(database: Database, ids: Sequence[UUID], values: dict[str, object]) -> None:
    async with database.writing(skews=False) as writing, writing.begin():
        await writing.exec(sa.update(OutboxMessage).where(col(OutboxMessage.id).in_(ids)).values(**values))


async def _again(deed: Callable[[], Awaitable[T]]) -> T:
    """In a transaction of its own, again while the database asks for it: what was sent must not be forgotten."""
    for attempt in range(ATTEMPTS):
        try:
            return await deed()
        except DBAPIError as error:
            if not (must_retry(error) or is_locked(error)):
                raise
            await asyncio.sleep(0.02 * 2**attempt)
    return await deed()


async def _take(database: Database) -> Sequence[OutboxMessage]:
    """What is due, with the intent to send it written first: two senders never take the same message."""
    now = machine_now()
    due = sa.or_(col(OutboxMessage.next_try_at).is_(None), col(OutboxMessage.next_try_at) <= now)
    open_ones = (col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.failed_at).is_(None), due)
    async with database.reading() as reading:
        if (await reading.exec(select(OutboxMessage.id).where(*open_ones).limit(1))).first() is None:
            return []
    async with database.writing(skews=False) as writing, writing.begin():
        silent = select(OutboxSilence.person_id)
        await writing.exec(sa.delete(OutboxMessage).where(*open_ones, col(OutboxMessage.person_id).in_(silent)))
        oldest = select(OutboxMessage).where(*open_ones).order_by(col(OutboxMessage.created_at)).limit(AT_ONCE)
        oldest = oldest.with_for_update(skip_locked=True)  # two senders go on side by side; SQLite has one writer
        taken = (await writing.exec(oldest)).all()
        for message in taken:
            message.attempts += 1
            message.next_try_at, message.error = now + LEASE, UNFINISHED
    return taken


def _after(result: Result, message: OutboxMessage) -> dict[str, object]:
    now = machine_now()
    if result.outcome is DeliveryOutcome.ACCEPTED:
        return {"sent_at": now, "next_try_at": None, "error": "", "body": SECRET.sub("/…", message.body)}
    if result.outcome is DeliveryOutcome.LATER and message.attempts <= len(PAUSES):
        return {"next_try_at": now + PAUSES[message.attempts - 1], "error": result.error}
    LOG.error("message given up", extra={"message_id": str(message.id), "topic": message.topic, "error": result.error})
    return {"failed_at": now, "next_try_at": None, "error": result.error}


async def failures(session: AsyncSession, after: UUID | None, most: int) -> Sequence[OutboxMessage]:
    """What was given up, oldest first, and what fails so far."""
    wanted = select(OutboxMessage).where(
        col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.error).not_in(["", UNFINISHED])
    )
    if after is not None:
        wanted = wanted.where(col(OutboxMessage.id) > after)
    return (await session.exec(wanted.order_by(col(OutboxMessage.id)).limit(most))).all()


async def again(session: AsyncSession, id: UUID) -> OutboxMessage:
    """Let a message that was given up be tried anew; NotFound("no-such-message"), Refused("message-not-failed")."""
    found = await session.get(OutboxMessage, id)
    if found is None:
        raise NotFound("no-such-message")
    if found.sent_at is not None or found.error in {"", UNFINISHED}:
        raise Refused("message-not-failed")
    found.failed_at, found.next_try_at, found.attempts, found.error = None, None, 0, ""
    return found


async def bounced(session: AsyncSession, id: UUID) -> OutboxMessage:
    """Note that a message came back after the mail server had taken it; NotFound, Refused("message-not-sent")."""
    found = await session.get(OutboxMessage, id)
    if found is None:
        raise NotFound("no-such-message")
    if found.sent_at is None:
        raise Refused("message-not-sent")
    found.sent_at, found.failed_at, found.error = None, machine_now(), "bounced"
    return found


async def silence(session: AsyncSession, person_id: UUID) -> None:
    """Send nothing to somebody any more."""
    known = (await session.exec(select(OutboxSilence).where(OutboxSilence.person_id == person_id))).one_or_none()
    if known is None:
        session.add(OutboxSilence(person_id=person_id))


async def speak(session: AsyncSession, person_id: UUID) -> None:
    """Send to somebody again; what was dropped meanwhile is not sent any more."""
    known = (await session.exec(select(OutboxSilence).where(OutboxSilence.person_id == person_id))).one_or_none()
    if known is not None:
        await session.delete(known)
