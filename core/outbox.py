"""Letters and e-mail: written in the transaction of the change, sent afterwards, at least once.

The table is the truth. A message carries everything that is sent; its row is not part of the trail, the change is.
"""

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col, select

from core.clock import machine_now
from core.db import Database, Row


class OutboxMessage(Row, table=True):
    """One message to one person."""

    __tablename__ = "outbox_message"
    __table_args__ = (sa.Index("ix_outbox_message_unsent", "sent_at", "created_at"),)

    topic: str = Field(max_length=60)
    person_id: UUID | None = None
    address: str = Field(max_length=320)
    subject: str = Field(max_length=200)
    body: str
    created_at: datetime
    sent_at: datetime | None = None
    attempts: int = 0


def as_email(message: OutboxMessage, sender: str = "register@bekwaam.invalid") -> EmailMessage:
    """The message as RFC 5322 text; its id keeps a second sending recognisable."""
    email = EmailMessage()
    email["From"] = sender
    email["To"] = message.address
    email["Subject"] = message.subject
    email["Message-ID"] = f"<{message.id}@bekwaam.invalid>"
    email["Date"] = message.created_at
    email.set_content(message.body)
    return email


def _drop(folder: Path, messages: Sequence[OutboxMessage]) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for message in messages:
        part = folder / f".{message.id}.part"
        part.write_bytes(bytes(as_email(message)))
        os.replace(part, folder / f"{message.id}.eml")


async def deliver(database: Database, url: str, limit: int = 100) -> int:
    """Send what waits, oldest first, and say how many; sending twice after a crash is possible, losing is not."""
    folder = Path(unquote(urlsplit(url).path))
    async with database.reading() as reading:
        waiting = (
            await reading.exec(
                select(OutboxMessage)
                .where(col(OutboxMessage.sent_at).is_(None))
                .order_by(col(OutboxMessage.created_at))
                .limit(limit)
            )
        ).all()
    if not waiting:
        return 0
    await asyncio.to_thread(_drop, folder, waiting)
    async with database.writing() as writing, writing.begin():
        await writing.exec(
            sa.update(OutboxMessage)
            .where(col(OutboxMessage.id).in_([message.id for message in waiting]))
            .values(sent_at=machine_now(), attempts=OutboxMessage.attempts + 1)
        )
    return len(waiting)
