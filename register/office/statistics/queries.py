"""Counts on a day, from the histories: one query, whatever the number of entries."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from core.store.work import Work
from register.entries.models import Appointment, EntryVersion, Registration
from register.entries.policy import Register
from register.office.statistics.policy import Count
from register.schools.duo.rows import Kind
from register.schools.models import Location

LINE: Any = EntryVersion.__table__  # type: ignore[attr-defined]
ENTRY: Any = Registration.__table__  # type: ignore[attr-defined]
POST: Any = Appointment.__table__  # type: ignore[attr-defined]
PLACE: Any = Location.__table__  # type: ignore[attr-defined]
OF_REGISTER = {Register.LEADERS_PO: "po", Register.LEADERS_VO: "vo"}
"""The sector of a register; teachers go by their school."""


async def counts_on(work: Work, on: date, recorded_by: datetime) -> Sequence[Count]:
    """How many entries stood in each register, sector, status and level on a day, as recorded by an instant.

    The sector of a teacher is that of the post held on that day, unknown between two.
    """
    last = (
        sa.select(LINE.c.registration_id, sa.func.max(LINE.c.seq).label("seq"))
        .where(LINE.c.holds_from <= on, LINE.c.recorded_at <= recorded_by)
        .group_by(LINE.c.registration_id)
        .subquery()
    )
    latest = sa.func.row_number().over(
        partition_by=POST.c.person_id, order_by=(POST.c.appointed_on.desc(), POST.c.id.desc())
    )
    posts = sa.select(POST.c.person_id, POST.c.location_code, latest.label("place")).where(
        POST.c.appointed_on <= on, sa.or_(POST.c.ended_on.is_(None), POST.c.ended_on >= on)
    )
    at = posts.subquery()
    sector = sa.case(
        *((ENTRY.c.register_code == register, name) for register, name in OF_REGISTER.items()),
        (PLACE.c.kind == Kind.VO, "vo"),
        (PLACE.c.kind == Kind.MBO, "mbo"),
        (PLACE.c.kind.is_not(None), "po"),
        else_="unknown",
    ).label("sector")
    keys = (ENTRY.c.register_code, sector, LINE.c.status, LINE.c.level)
    wanted = (
        sa.select(*keys, sa.func.count().label("number"))
        .select_from(last)
        .join(LINE, sa.and_(LINE.c.registration_id == last.c.registration_id, LINE.c.seq == last.c.seq))
        .join(ENTRY, ENTRY.c.id == last.c.registration_id)
        .outerjoin(at, sa.and_(at.c.person_id == ENTRY.c.person_id, at.c.place == 1))
        .outerjoin(PLACE, PLACE.c.code == at.c.location_code)
        .group_by(*keys)
    )
    rows = await (await work.session.connection()).execute(wanted)
    return [
        Count(register.value, sector, status.value, level, number) for register, sector, status, level, number in rows
    ]
