"""Many rows at once: what is wanted is held against what stands, and only the difference is written."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa

from core.db import AsyncSession, canonical

Values = Mapping[str, Any]
VERSION = "version"
"""A column that counts the changes of a row; it is no part of what is compared."""


class Written(msgspec.Struct, frozen=True):
    """The keys of the rows that came and of the rows that changed."""

    new: frozenset[Hashable]
    changed: frozenset[Hashable]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


def key_of(table: sa.Table, values: Values) -> Hashable:
    """The primary key of a row; bare when it is one column."""
    columns = table.primary_key.columns.keys()
    return values[columns[0]] if len(columns) == 1 else tuple(values[column] for column in columns)


async def standing(session: AsyncSession, table: sa.Table) -> dict[Hashable, Values]:
    """Every row of a table by its key."""
    found = await (await session.connection()).execute(sa.select(table))
    rows: list[Values] = [dict(row) for row in found.mappings()]
    return {key_of(table, row): row for row in rows}


async def write(
    session: AsyncSession, table: sa.Table, stood: Mapping[Hashable, Values], wanted: Iterable[Values]
) -> Written:
    """Insert what is new and update what differs, counting its version up; what is not named stays as it is."""
    new: dict[Hashable, Values] = {}
    changed: dict[Hashable, Values] = {}
    for values in wanted:
        key = key_of(table, values)
        before = stood.get(key)
        if before is None:
            new[key] = {**values, VERSION: 1}
        elif before != {**before, **values}:
            changed[key] = {**values, VERSION: before[VERSION] + 1}
    connection = await session.connection()
    if new:
        await connection.execute(sa.insert(table), list(new.values()))
    if changed:
        await connection.execute(
            _update(table, next(iter(changed.values()))), [_bound(row) for row in changed.values()]
        )
    return Written(frozenset(new), frozenset(changed))


def _update(table: sa.Table, names: Iterable[str]) -> sa.Update:
    keys = {column.name for column in table.primary_key}
    found = [column == sa.bindparam(f"_{column.name}") for column in table.primary_key]
    return (
        sa.update(table)
        .where(*found)
        .values({name: sa.bindparam(f"_{name}", type_=table.c[name].type) for name in names if name not in keys})
    )


def _bound(values: Values) -> Values:
    return {f"_{name}": value for name, value in values.items()}


async def digest_of_table(session: AsyncSession, table: sa.Table) -> str:
    """SHA-256 of a whole table as it stands: what the last import left there."""
    stood = await standing(session, table)
    content = hashlib.sha256()
    for line in sorted(canonical(values) for values in stood.values()):
        content.update(line + b"\n")
    return content.hexdigest()


def digest_of_all(rows: Iterable[msgspec.Struct]) -> str:
    """SHA-256 of rows in their order: what one line of the trail says about thousands of them."""
    content = hashlib.sha256()
    for row in rows:
        content.update(canonical(msgspec.structs.asdict(row)) + b"\n")
    return content.hexdigest()
