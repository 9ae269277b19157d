"""Reads of the keys of platforms."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.peonline.models import PlatformKey, PlatformKeyUse, WrongKey
from accreditation.runs.queries import may_act_for
from core.errors import NotFound
from core.store.db import AsyncSession
from core.store.work import Work


async def keys_under(work: Work, user_id: str) -> Sequence[PlatformKey]:
    """Every key that was drawn under a user."""
    wanted = select(PlatformKey).where(PlatformKey.user_id == user_id).order_by(col(PlatformKey.id).desc())
    return (await work.session.exec(wanted.limit(50))).all()


async def keys_of(work: Work, provider_ids: Collection[UUID]) -> Sequence[PlatformKey]:
    """The keys of providers, newest first; the key itself nobody can read again."""
    wanted = (
        select(PlatformKey).where(col(PlatformKey.provider_id).in_(provider_ids)).order_by(col(PlatformKey.id).desc())
    )
    return (await work.session.exec(wanted.limit(200))).all()


async def own_key(work: Work, id: UUID) -> PlatformKey:
    """A key of a provider for which the actor acts; NotFound("no-such-key")."""
    found = await work.session.get(PlatformKey, id)
    if found is None or not may_act_for(work, found.provider_id):
        raise NotFound("no-such-key")
    return found


async def use_of(work: Work, key_id: UUID) -> PlatformKeyUse | None:
    """What came under a key lately, locked for what follows; None before its first call."""
    wanted = select(PlatformKeyUse).where(PlatformKeyUse.key_id == key_id).with_for_update()
    return (await work.session.exec(wanted)).one_or_none()


async def last_used(work: Work, key_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When keys were used last, of those that ever were."""
    wanted = select(PlatformKeyUse.key_id, PlatformKeyUse.used_at).where(col(PlatformKeyUse.key_id).in_(key_ids))
    return dict((await work.session.exec(wanted)).all())


async def failures(session: AsyncSession, who: str, since: datetime) -> int:
    """How often a wrong key came under a user lately."""
    wanted = select(sa.func.count()).select_from(WrongKey).where(WrongKey.who == who, col(WrongKey.at) > since)
    return (await session.exec(wanted)).one()
