"""Tries: everything is done as it would be, on the day that was asked, and then undone."""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID

from accreditation.attendance.finding import authorised_registers
from accreditation.attendance.policy import Source
from accreditation.attendance.receiving import receive
from accreditation.attendance.schemas import ListResult, NewList
from accreditation.attendance.service import provider_of, read_rows
from accreditation.attendance.views import list_view
from accreditation.sandbox import queries
from accreditation.sandbox.models import SandboxKey, SandboxMessage
from accreditation.sandbox.policy import DIGITS, MOST_KEPT, PREFIX, is_sandbox_user, kept
from auth.token_hash import hash_of
from core.clock import AMSTERDAM
from core.errors import Refused, Unauthenticated
from core.store.work import Work

T = TypeVar("T")
NOON = time(12)


async def draw(work: Work, asked: UUID | None) -> tuple[SandboxKey, str]:
    """A key to try with, shown this once; the one before opens nothing any more."""
    provider_id = provider_of(work, asked)
    key = secrets.token_urlsafe(32)
    row = await queries.key_of(work, provider_id)
    if row is None:
        user_id = PREFIX + "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        row = SandboxKey(provider_id=provider_id, user_id=user_id, key_hash=hash_of(key), drawn_at=work.now)
        work.add(row)
    else:
        row.key_hash, row.drawn_at = hash_of(key), work.now
    await work.flush()
    work.log("sandbox-key:draw", row)
    return row, key


async def opened_by(work: Work, user_id: str, key: str) -> UUID | None:
    """The provider whose sandbox a key opens, or None."""
    row = await queries.key_under(work, user_id) if is_sandbox_user(user_id) else None
    if row is None or not hmac.compare_digest(hash_of(key), row.key_hash):
        return None
    return row.provider_id


async def attempt(
    work: Work,
    provider_id: UUID,
    source: Source,
    message: str,
    day: date | None,
    deed: Callable[[], Awaitable[tuple[T, str]]],
) -> T:
    """Do something on a day, undo all of it, and keep what was asked and answered."""
    now, today = work.now, work.today
    if day is not None:
        work.today, work.now = day, datetime.combine(day, NOON, AMSTERDAM)
    found, answer = await deed()
    await work.forget()
    work.now, work.today = now, today
    work.add(
        SandboxMessage(
            provider_id=provider_id,
            source=source,
            received_at=now,
            pretended_on=day,
            message=kept(message),
            answer=kept(answer),
        )
    )
    await work.flush()
    await queries.drop_beyond(work, provider_id, MOST_KEPT)
    return found


async def report(work: Work, user_id: str, key: str, message: str, new: NewList, day: date | None) -> ListResult:
    """A list as JSON, tried; Unauthenticated("wrong-sandbox-key"), Refused("not-authorised") as the real one."""
    provider_id = await opened_by(work, user_id, key)
    if provider_id is None:
        raise Unauthenticated("wrong-sandbox-key")
    if not await authorised_registers(work, provider_id):
        raise Refused("not-authorised")

    async def deed() -> tuple[ListResult, str]:
        sent, unread = read_rows(list(enumerate(new.rows, 1)))
        batch, results = await receive(work, provider_id, Source.API, sent, unread)
        view = list_view(batch, results)
        return view, "\n".join(f"{one.row}: {one.outcome} {one.code or ''}".strip() for one in view.rows)

    return await attempt(work, provider_id, Source.API, message, day, deed)
