"""The ledger of what was erased, held against the lines of the trail that tell of each row."""

from collections.abc import AsyncIterator

import sqlalchemy as sa
from sqlmodel import col, select

from core.store.audit import Finding, TrailEvent, traced_models
from core.store.db import AsyncSession
from register.office.retention.models import Erasure
from register.office.retention.service import ERASE


async def erasures(session: AsyncSession) -> AsyncIterator[Finding]:
    """So many rows of each traced table as the ledger says, and no others."""
    kinds = {str(model.__tablename__) for model in traced_models()} - {"person"}
    noted = select(col(Erasure.what), sa.func.sum(col(Erasure.number))).group_by(col(Erasure.what))
    told = (
        select(col(TrailEvent.object_kind), sa.func.count())
        .where(TrailEvent.action == ERASE)
        .group_by(col(TrailEvent.object_kind))
    )
    said = {what: int(number) for what, number in await session.exec(noted) if what in kinds}
    went = {str(kind): number for kind, number in await session.exec(told)}
    for kind in sorted(said.keys() | went.keys()):
        if said.get(kind) != went.get(kind):
            yield Finding("erasures-differ", kind)
