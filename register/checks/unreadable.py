"""Cells that hold nothing of their type, such as an unknown word of a choice: each is named, none is fatal."""

from collections.abc import AsyncIterator
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from core.store.audit import Finding
from core.store.db import AsyncSession, engine_of


async def cells(session: AsyncSession) -> AsyncIterator[Finding]:
    """Every such cell, by table, key and column; PostgreSQL itself holds all types but those of choices."""
    connection = await session.connection()
    everything = engine_of(session) == "sqlite"
    for table in SQLModel.metadata.sorted_tables:
        keys = [sa.type_coerce(column, sa.types.NullType()).label(column.name) for column in table.primary_key.columns]
        for column in table.columns:
            if not (everything or isinstance(column.type, sa.Enum)):
                continue
            read = column.type.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
            if read is None:
                continue
            raw = sa.type_coerce(column, sa.types.NullType()).label("the_cell")
            for *key, value in await connection.execute(sa.select(*keys, raw).select_from(table)):
                if not _readable(read, value):
                    yield Finding("unreadable-cell", f"{table.name}/{'/'.join(map(str, key))} {column.name}")


def _readable(read: Any, value: object) -> bool:
    try:
        read(value)
    except (LookupError, ValueError, TypeError, ArithmeticError, AttributeError):
        return False
    return True
