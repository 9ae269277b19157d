"""Known devices: a stranger who guesses locks out strangers, never somebody in a browser of their own (R15)."""

import secrets
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select

from auth.models import Account, KnownDevice
from auth.token_hash import hash_of
from core.clock import machine_now
from core.store.db import AsyncSession
from core.store.work import Work

A_YEAR = 365 * 24 * 3600
NOBODY = UUID(int=0)


async def mark_of(session: AsyncSession, account: Account | None, cookie: str) -> str:
    """The mark of a device that this account knows, "" for any other; asked in the same way for an unknown account."""
    if not cookie or len(cookie) > 100:
        return ""
    wanted = select(KnownDevice.token_hash).where(
        KnownDevice.token_hash == hash_of(cookie), KnownDevice.account_id == (account.id if account else NOBODY)
    )
    return (await session.exec(wanted)).one_or_none() or ""


def remember(work: Work, account: Account) -> str:
    """A new mark for the browser in which somebody signed in: the cookie to set."""
    token = secrets.token_urlsafe(32)
    work.add(KnownDevice(account_id=account.id, token_hash=hash_of(token), made_at=machine_now()))
    return token


async def forget(work: Work, account_id: UUID) -> None:
    """No browser of this account is known any more."""
    await work.session.exec(sa.delete(KnownDevice).where(KnownDevice.account_id == account_id))  # type: ignore[arg-type]
