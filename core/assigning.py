"""Who works on which file (in behandeling bij): one person at a time.

A room may rest a right on it: an adviser reads the objections that were given to them, and no other.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, select

from core.errors import Refused
from core.store.db import Versioned
from core.store.work import Work


class Assignment(Versioned, table=True):
    """Who works on a case, of any kind; `member_id` is empty once it was released."""

    __tablename__ = "assignment"
    __table_args__ = (sa.UniqueConstraint("case_id"),)

    case_kind: str = Field(max_length=40)
    case_id: UUID
    member_id: UUID | None = Field(default=None, index=True)
    since_at: datetime


async def assign(work: Work, case_kind: str, case_id: UUID, to: UUID | None, was: UUID | None) -> Assignment:
    """Give a case to somebody, or to nobody; Refused("changed-meanwhile") unless `was` has it, as the caller thinks.

    Whoever calls this sees to it that both may work on the case.
    """
    wanted = select(Assignment).where(Assignment.case_id == case_id)
    row = (await work.session.exec(wanted)).one_or_none()
    if (row.member_id if row else None) != was:
        raise Refused("changed-meanwhile")
    if row is None:
        row = Assignment(case_kind=case_kind, case_id=case_id, member_id=to, since_at=work.now)
        work.add(row)
    row.member_id, row.since_at = to, work.now
    await work.flush()
    verb = "release" if to is None else "take" if was is None else "hand-over"
    work.log(f"work:{verb}", row, case=str(case_id), to=str(to) if to else None)
    return row
