"""Reads over every table about one person: how much of each, and the rows, by the names of the policy."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from core.store.work import Work
from register.entries.models import EntryVersion, Registration
from register.entries.policy import Status
from register.office.imports.models import TakenOver
from register.office.personal_data.policy import KEPT, Kept, Subject

ALONE = (TakenOver,)
"""Models that nothing else in the running service brings in."""


def _table(kept: Kept) -> sa.Table:
    return SQLModel.metadata.tables[kept.table]


def _of(kept: Kept, person_id: UUID) -> list[sa.ColumnElement[bool]]:
    """Whose rows, and which: what is kept back from somebody in a dispute is not given here either."""
    table = _table(kept)
    found = [(table.c.id if kept.table == "person" else table.c.person_id) == person_id]
    if kept.only == "made-known":
        found.append(table.c.notified_on.is_not(None))
    elif kept.only == "open-piece":
        found.append(table.c.only_for == "")
    elif kept.only == "open-file":
        piece = SQLModel.metadata.tables["piece"]
        found.append(~sa.exists().where(piece.c.file_id == table.c.id, piece.c.only_for != ""))
    return found


async def counts(work: Work, person_id: UUID, subjects: Iterable[Subject]) -> Mapping[Subject, int]:
    """How many rows are kept of a person on each of these subjects: one query."""
    parts = [
        sa.select(sa.literal(subject.value).label("subject"), sa.func.count().label("number"))
        .select_from(_table(kept))
        .where(*_of(kept, person_id))
        for subject in subjects
        for kept in KEPT[subject]
    ]
    found = dict.fromkeys(Subject, 0)
    for subject, number in await (await work.session.connection()).execute(sa.union_all(*parts)):
        found[Subject(subject)] += number
    return found


async def rows(work: Work, kept: Kept, person_id: UUID) -> Sequence[dict[str, Any]]:
    """The rows of one table about a person, the oldest first."""
    table = _table(kept)
    wanted = (
        sa.select(*(table.c[name] for name in kept.columns)).where(*_of(kept, person_id)).order_by(*table.primary_key)
    )
    return [dict(row) for row in (await (await work.session.connection()).execute(wanted)).mappings()]


async def left_on(work: Work, person_id: UUID) -> Mapping[str, date | None]:
    """For each register of a person the day on which they left it; None while they are in it."""
    last = sa.select(sa.func.max(EntryVersion.holds_from)).where(
        col(EntryVersion.registration_id) == Registration.id, col(EntryVersion.status) == Status.DEREGISTERED
    )
    wanted: Any = select(Registration.register_code, Registration.status, last.scalar_subquery()).where(
        Registration.person_id == person_id
    )
    found = await work.session.exec(wanted.order_by(col(Registration.register_code)))
    return {register.value: day if status is Status.DEREGISTERED else None for register, status, day in found}
