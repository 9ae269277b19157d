"""What left the house, what waits to, and what could not: messages without their text or their reader."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from core.store import outbox
from core.store.outbox import OutboxMessage
from core.store.work import Work

ROW: Any = OutboxMessage.__table__  # type: ignore[attr-defined]


class Stand(StrEnum):
    """Where a message stands: it waits (also after a failure, while we still try), went, or was given up."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


OF = {
    Stand.WAITING: sa.and_(ROW.c.sent_at.is_(None), ROW.c.failed_at.is_(None)),
    Stand.SENT: ROW.c.sent_at.is_not(None),
    Stand.FAILED: sa.and_(ROW.c.sent_at.is_(None), ROW.c.failed_at.is_not(None)),
}


async def counts(work: Work) -> dict[Stand, int]:
    """How many messages stand where."""
    stand = sa.case(*((condition, each.value) for each, condition in OF.items())).label("stand")
    rows = await (await work.session.connection()).execute(sa.select(stand, sa.func.count()).group_by(stand))
    return dict.fromkeys(Stand, 0) | {Stand(name): number for name, number in rows}


async def messages(work: Work, stand: Stand, before: UUID | None, most: int) -> Sequence[Any]:
    """The messages that stand so, the latest first: id, topic, times, attempts and error; nothing of who or what."""
    shown = (ROW.c.id, ROW.c.topic, ROW.c.created_at, ROW.c.sent_at, ROW.c.failed_at, ROW.c.next_try_at)
    wanted = sa.select(*shown, ROW.c.attempts, ROW.c.error).where(OF[stand])
    if before is not None:
        wanted = wanted.where(ROW.c.id < before)
    return (await (await work.session.connection()).execute(wanted.order_by(ROW.c.id.desc()).limit(most))).all()


async def again(work: Work, id: UUID) -> None:
    """Try a message that failed anew; NotFound and Refused as `core.store.outbox.again`."""
    row = await outbox.again(work.session, id)
    work.log("mail:again", None, message=str(row.id))
