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
OF_SCHOOL = {Kind.VO: "vo", Kind.MBO: "mbo"}


async def counts_on(work: Work, on: date, recorded_by: datetime) -> Sequence[Count]:
    """How many entries stood in each register, sector, status and level on a day, as recorded by an instant.

    The sector of a teacher is that of the post held on that day, unknown between two.
    """
    nth = sa.func.row_number().over(partition_by=LINE.c.registration_id, order_by=LINE.c.seq.desc())
    lines = (
        sa.select(LINE.c.registration_id, LINE.c.status, LINE.c.level, nth.label("nth"))
        .where(LINE.c.holds_from <= on, LINE.c.recorded_at <= recorded_by)
        .subquery("lines")
    )
    school = (
        sa.select(PLACE.c.kind)
        .select_from(POST.outerjoin(PLACE, PLACE.c.code == POST.c.location_code))
        .where(
            POST.c.person_id == ENTRY.c.person_id,
            POST.c.appointed_on <= on,
            sa.or_(POST.c.ended_on.is_(None), POST.c.ended_on >= on),
        )
        .order_by(POST.c.appointed_on.desc(), POST.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # One look at each line and one at the posts of each person: no plan makes a loop over everybody of everybody.
    of_teacher = sa.case((ENTRY.c.register_code == Register.TEACHERS, school))
    keys = (ENTRY.c.register_code, of_teacher.label("school"), lines.c.status, lines.c.level)
    wanted = (
        sa.select(*keys, sa.func.count().label("number"))
        .join(ENTRY, ENTRY.c.id == lines.c.registration_id)
        .where(lines.c.nth == 1)
        .group_by(*keys)
    )
    rows = await (await work.session.connection()).execute(wanted)
    return [
        Count(register.value, _sector(register, kind), status.value, level, number)
        for register, kind, status, level, number in rows
    ]


def _sector(register: Register, school: Kind | None) -> str:
    return OF_REGISTER.get(register) or (OF_SCHOOL.get(school, "po") if school else "unknown")
