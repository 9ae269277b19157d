"""Many rows at once: what is wanted is held against what stands, and only the difference is written."""

import hashlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from core.store import indexing
from core.store.audit import Finding, TrailEvent, TrailRow
from core.store.db import AsyncSession, Versioned, canonical, digest_of, new_id, require_fits_in
from core.store.work import Work

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


class Lean(SimpleNamespace):
    """A new row as plain values: an object of the model costs forty times as much, which thousands of rows feel."""


def lean(model: type[SQLModel], base: type[Lean] = Lean, **values: object) -> Any:
    """A row of a model with its defaults; reads as an object of the model does."""
    given, made = _defaults(model)
    row = base(model=model, **{**given, **values})
    for name, factory in made.items():
        if name not in values:
            setattr(row, name, factory())
    return row


def whole(row: Any) -> Any:
    """A lean row as an object of its model, for one that goes by itself."""
    values = {name: getattr(row, name) for name in row.model.model_fields}
    return row.model(**values)


@cache
def _defaults(model: type[SQLModel]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    given: dict[str, Any] = {}
    made: dict[str, Any] = {}
    for name, field_of in model.model_fields.items():
        if field_of.default_factory is not None:
            made[name] = field_of.default_factory
        elif not field_of.is_required():
            given[name] = field_of.default
    return given, made


@dataclass
class Batch:
    """New rows of many tables at once, of which one event tells; `verify` knows each of them by its own digest."""

    work: Work
    id: UUID = field(default_factory=new_id)
    told: list[dict[str, Any]] = field(default_factory=list)

    async def insert(self, rows: Sequence[Lean]) -> None:
        """Insert rows of one table; Invalid as in require_fits."""
        if not rows:
            return
        model = rows[0].model
        table: sa.Table = model.__table__
        keys = [column.key for column in table.columns]
        values = [{key: getattr(row, key) for key in keys} for row in rows]
        for row in values:
            require_fits_in(table, row)
        connection = await self.work.session.connection()
        await connection.execute(sa.insert(table), values)
        await indexing.write_many(connection, model, rows)
        if issubclass(model, Versioned) and model.__traced__:
            self.tell(table, values)

    def tell(self, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take rows up that are inserted by themselves: plain values of every column, as the table will hold them."""
        self.told += [
            {
                "object_kind": table.name,
                "object_id": str(each["id"]),
                "batch": self.id,
                "object_version": each["version"],
                "row_digest": digest_of(table, each),
            }
            for each in rows
        ]

    async def log(self, action: str, stream: str, facts: Mapping[str, object], row: SQLModel | None = None) -> None:
        """The one line about all of them, and about the row that names them together where there is one."""
        if self.told:
            await (await self.work.session.connection()).execute(sa.insert(TrailRow), self.told)
        about = {"batch": str(self.id), "batch_rows": len(self.told), "batch_digest": self.digest()}
        self.work.trace.log(action, row, stream, {**about, **facts})

    def digest(self) -> str:
        """Of all its rows."""
        return digest_of_batch((each["object_kind"], each["object_id"], each["row_digest"]) for each in self.told)


def digest_of_batch(rows: Iterable[tuple[str, str, str]]) -> str:
    """SHA-256 of the rows of a batch, whatever their order."""
    content = hashlib.sha256()
    for line in sorted(" ".join(row) for row in rows):
        content.update(line.encode() + b"\n")
    return content.hexdigest()


async def verify_batches(session: AsyncSession) -> AsyncIterator[Finding]:
    """Hold the rows of each batch against the digest in its event, and every batch against an event."""
    rows: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    table: sa.Table = TrailRow.__table__  # type: ignore[attr-defined]
    found = await session.stream(sa.select(table.c.batch, table.c.object_kind, table.c.object_id, table.c.row_digest))
    async for batch, kind, id, row_digest in found:
        rows[str(batch)].append((kind, id, row_digest))
    for event in await session.exec(select(TrailEvent).where(col(TrailEvent.facts).contains('"batch_digest":'))):
        facts = json.loads(event.facts)
        if digest_of_batch(rows.pop(facts["batch"], [])) != facts["batch_digest"]:
            yield Finding("batch-differs", f"{event.stream}#{event.seq}")
    for batch in sorted(rows):
        yield Finding("batch-without-event", batch)
