"""Which rows name a person, and which of them may still name a double after two became one."""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from auth import merged_persons
from core.store.audit import Finding
from core.store.db import AsyncSession
from register.entries.models import Registration
from register.entries.policy import Status

# What names a person without a foreign key, by the name of the column; whose a row is says `person_id`.
NAMES = frozenset(
    [
        "person_id",
        "advised_by",
        "asked_by",
        "assessor_id",
        "auditor_id",
        "booked_by",
        "chair_id",
        "checked_by",
        "confirmed_by",
        "declared_by",
        "grantee_id",
        "member_id",
        "noted_by",
        "peer_id",
        "prepared_by",
        "proposed_by",
        "representative_id",
        "settled_by",
        "signed_by",
        "started_by",
        "submitted_by",
    ]
)
# Rows that stay with the double on purpose.
STAYS = {
    "account": "it closes with its double: a way in never goes over",
    "role_grant": "it ends with its double: a right is given, never inherited",
    "person": "the double itself, which leads to who was kept",
    "person_word": "the office finds who was kept by the names of the double too",
    "taken_over": "a line of another system, which changes by an import alone",
    "trail_event": "the trail tells what happened",
}


def columns() -> Iterator[tuple[sa.Table, sa.Column[Any]]]:
    """Every column that names a person; whose a row is comes first."""
    found = [
        (table, column)
        for table in SQLModel.metadata.sorted_tables
        if table.name not in STAYS
        for column in table.columns
        if isinstance(column.type, sa.Uuid) and (column.name in NAMES or _refers(column))
    ]
    yield from sorted(found, key=lambda one: one[1].name != "person_id")


def _refers(column: sa.Column[Any]) -> bool:
    return any(key.target_fullname == "person.id" for key in column.foreign_keys)


def both_stand(table: sa.Table, column: sa.Column[Any], row: Mapping[str, Any], kept: UUID) -> list[sa.Select[Any]]:
    """Where who was kept acted on the same: a row that may stand only once. If one is found, this one stays."""
    found = []
    unique = [one for one in table.constraints if isinstance(one, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
    for names in [[each.name for each in one.columns] for one in unique]:
        if column.name in names:
            same = [table.c[name] == row[name] for name in names if name != column.name]
            found.append(sa.select(sa.literal(1)).select_from(table).where(column == kept, *same).limit(1))
    return found


def acted_too(table: sa.Table, column: sa.Column[Any], row: Mapping[str, Any], kept: UUID) -> bool:
    """Whether who was kept stands in another column of the row: that two acted there is what happened."""
    if column.name == "person_id":
        return False
    return any(row[other.name] == kept for at, other in columns() if at is table and other is not column)


async def on_doubles(session: AsyncSession) -> AsyncIterator[Finding]:
    """Each row that still names a double and may not."""
    kept_of = await merged_persons.merged(session)
    if not kept_of:
        return
    connection = await session.connection()
    for code, where in await merged_persons.rights_of_doubles(session, kept_of):
        yield Finding(code, where)
    for table, column in columns():
        for row in (await connection.execute(sa.select(table).where(column.in_(list(kept_of))))).mappings().all():
            if await _may_stay(connection, table, column, dict(row), kept_of[row[column.name]]):
                continue
            key = "/".join(str(row[each.name]) for each in table.primary_key.columns)
            yield Finding("hangs-on-merged-person", f"{table.name}/{key} {column.name}")


async def _may_stay(
    connection: Any, table: sa.Table, column: sa.Column[Any], row: Mapping[str, Any], kept: UUID
) -> bool:
    if table.name == Registration.__tablename__ and row["status"] != Status.DEREGISTERED:
        return False
    if acted_too(table, column, row, kept):
        return True
    for wanted in both_stand(table, column, row, kept):
        if (await connection.execute(wanted)).first() is not None:
            return True
    return False
