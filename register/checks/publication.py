"""Entries out of the sight of the public, told again from the objections to their publication (AVG 18, 21)."""

from collections.abc import Sequence

from sqlmodel import col, select

from core.store.audit import Finding
from core.store.db import AsyncSession
from register.entries.models import Registration
from register.office.publication.models import PublicationObjection


async def withheld(session: AsyncSession, entries: Sequence[Registration]) -> list[Finding]:
    """An entry is withheld exactly while one objection to it was granted, or is weighed and withholds meanwhile."""
    wanted = select(PublicationObjection).where(
        col(PublicationObjection.registration_id).in_([entry.id for entry in entries])
    )
    out = {
        row.registration_id
        for row in await session.exec(wanted)
        if row.state == "granted" or (row.state == "asked" and row.withheld)
    }
    return [
        Finding("withheld-differs", f"registration/{entry.id}")
        for entry in entries
        if bool(entry.withheld) != (entry.id in out)
    ]
