"""Reads of the sandbox: the key behind a user, and what a provider tried last."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.sandbox.models import SandboxKey, SandboxMessage
from core.store.work import Work


async def key_under(work: Work, user_id: str) -> SandboxKey | None:
    """The key that was drawn under a user, or None."""
    return (await work.session.exec(select(SandboxKey).where(SandboxKey.user_id == user_id))).one_or_none()


async def key_of(work: Work, provider_id: UUID) -> SandboxKey | None:
    """The key of a provider, or None."""
    return (await work.session.exec(select(SandboxKey).where(SandboxKey.provider_id == provider_id))).one_or_none()


async def messages_of(
    work: Work, provider_ids: Sequence[UUID], after: UUID | None, most: int
) -> Sequence[SandboxMessage]:
    """What providers tried, the latest first."""
    wanted = select(SandboxMessage).where(col(SandboxMessage.provider_id).in_(provider_ids))
    if after is not None:
        wanted = wanted.where(col(SandboxMessage.id) < after)
    return (await work.session.exec(wanted.order_by(col(SandboxMessage.id).desc()).limit(most))).all()


async def drop_beyond(work: Work, provider_id: UUID, most: int) -> None:
    """Keep the last messages of a provider only."""
    last = (
        select(SandboxMessage.id)
        .where(SandboxMessage.provider_id == provider_id)
        .order_by(col(SandboxMessage.id).desc())
        .limit(most)
    )
    older = (await work.session.exec(last.offset(most).limit(most))).all()
    if older:
        await work.session.exec(sa.delete(SandboxMessage).where(col(SandboxMessage.id).in_(older)))
