"""Rows that follow from another row and are written with it, whatever way it is written: what finds it by its words."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import SQLModel

Pairs = Iterable[tuple[sa.Table, Mapping[str, Any]]]


class Indexed:
    """A model from whose rows others follow; `verify` derives them anew."""

    __indexed_by__: ClassVar[tuple[str, ...]]
    """The columns from which they follow."""

    @classmethod
    def index_rows(cls, row: Any) -> Pairs:
        """What follows from a row; the same may follow from many."""
        raise NotImplementedError

    @classmethod
    def index_gone(cls, row: Any) -> sa.Delete:
        """Removes what followed from a row."""
        raise NotImplementedError


def write(connection: sa.Connection, model: type[Indexed], rows: Iterable[Any]) -> None:
    """Write what follows from new rows."""
    from sqlalchemy.dialects import postgresql, sqlite

    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    found: dict[sa.Table, dict[tuple[Any, ...], Mapping[str, Any]]] = {}
    for row in rows:
        for table, values in model.index_rows(row):
            found.setdefault(table, {})[tuple(values.values())] = values
    for table, wanted in found.items():
        # In one order for everybody, so that two who write the same do not wait for each other.
        ordered = [wanted[key] for key in sorted(wanted, key=str)]
        connection.execute(insert(table).on_conflict_do_nothing(), ordered)


def follow(model: type[Indexed]) -> None:
    """Let what follows from the rows of a model be written with every flush of one."""

    def came(_mapper: Any, connection: sa.Connection, row: Any) -> None:
        write(connection, model, [row])

    def changed(_mapper: Any, connection: sa.Connection, row: Any) -> None:
        state: Any = sa.inspect(row)
        if any(state.attrs[name].history.has_changes() for name in model.__indexed_by__):
            connection.execute(model.index_gone(row))
            write(connection, model, [row])

    def went(_mapper: Any, connection: sa.Connection, row: Any) -> None:
        connection.execute(model.index_gone(row))

    for name, deed in (("after_insert", came), ("after_update", changed), ("after_delete", went)):
        sa.event.listen(model, name, deed)


async def write_many(connection: Any, model: type[SQLModel], rows: Iterable[Any]) -> None:
    """The same for rows that were inserted together (core.bulk)."""
    if issubclass(model, Indexed):
        await connection.run_sync(write, model, rows)
