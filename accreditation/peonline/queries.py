"""Reads of the keys of platforms."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.peonline.models import PlatformKey, WrongKey
from accreditation.runs.queries import may_act_for
from core.db import AsyncSession
from core.errors import NotFound
from core.work import Work


async def keys_under(work: Work, user_id: str) -> Sequence[PlatformKey]:
    """Every key that was drawn under a user."""
    wanted = select(PlatformKey).where(PlatformKey.user_id == user_id).order_by(col(PlatformKey.id).desc())
    return (await work.session.exec(wanted.limit(50))).all()


async def keys_of(work: Work, provider_id: UUID) -> Sequence[PlatformKey]:
    """The keys of a provider, newest first; the key itself nobody can read again."""
    wanted = select(PlatformKey).where(PlatformKey.provider_id == provider_id).order_by(col(PlatformKey.id).desc())
    return (await work.session.exec(wanted.limit(200))).all()


async def own_key(work: Work, id: UUID) -> PlatformKey:
    """A key of a provider for which the actor acts; NotFound("no-such-key")."""
    found = await work.session.get(PlatformKey, id)
    if found is None or not may_act_for(work, found.provider_id):
        raise NotFound("no-such-key")
    return found


async def failures(session: AsyncSession, who: str, since: datetime) -> int:
    """How often a wrong key came under a user lately."""
    wanted = select(sa.func.count()).select_from(WrongKey).where(WrongKey.who == who, col(WrongKey.at) > since)
    return (await session.exec(wanted)).one()
