"""The trail: one hash chain per stream, written in the transaction of the change that it tells of.

An event names ids, codes and numbers, never a person, and carries the digest of the row as it stands after the change.
So `verify` finds an edit of the chain and an edit of a row behind the service's back.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, select

from core.store.db import (
    AsyncSession,
    Row,
    UTCDateTime,
    Versioned,
    canonical,
    digest,
    digest_of,
    engine_of,
    new_id,
    require_fits,
    upsert,
)

T = TypeVar("T")
DOMAIN_TAG = "bekwaam/trail/1"
GENESIS = "0" * 64


class TrailEvent(Row, table=True):
    """One line of the trail; append only (a trigger in both databases refuses change and removal)."""

    __tablename__ = "trail_event"
    __table_args__ = (
        sa.UniqueConstraint("stream", "seq"),
        sa.Index("ix_trail_event_object", "object_id", "seq"),
        sa.Index("ix_trail_event_day", "on_day", "id"),
    )

    stream: str = Field(max_length=120)
    seq: int
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    actor: str = Field(max_length=80)
    session_ref: str | None = Field(default=None, max_length=40)
    action: str = Field(max_length=60)
    object_kind: str | None = Field(default=None, max_length=60)
    object_id: str | None = Field(default=None, max_length=60)
    object_version: int | None = None
    row_digest: str | None = Field(default=None, max_length=64)
    facts: str = "{}"
    request_id: str = Field(default="", max_length=60)
    at: datetime
    on_day: date


class TrailRow(SQLModel, table=True):
    """The digest of one row among the many that one event tells of (core.bulk); append only, like the trail.

    The event keeps a digest of all of them, and `batch` in its facts.
    """

    __tablename__ = "trail_row"

    object_kind: str = Field(primary_key=True, max_length=60)
    object_id: str = Field(primary_key=True, max_length=60)
    batch: UUID = Field(index=True)
    object_version: int
    row_digest: str = Field(max_length=64)


class TrailHead(SQLModel, table=True):
    """The last link of each stream, locked last in a transaction."""

    __tablename__ = "trail_head"

    stream: str = Field(primary_key=True, max_length=120)
    seq: int = 0
    hash: str = Field(default=GENESIS, max_length=64)


def spelled(prev_hash: str, values: Mapping[str, object]) -> bytes:
    """What the hash of an event is taken of: its canonical content with the hash before it."""
    return canonical({**{key: value for key, value in values.items() if key != "hash"}, "prev_hash": prev_hash})


def link(prev_hash: str, values: Mapping[str, object]) -> str:
    """The hash of one event."""
    return hashlib.sha256(b"\0" + DOMAIN_TAG.encode() + spelled(prev_hash, values)).hexdigest()


class Untraced(RuntimeError):
    """A row changed without a line in the trail: a mistake of ours, so nothing is committed."""


@dataclass
class Head:
    """A head as it was read, and moves on with each line."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True)
class Bare:
    """A row that was written without an object of its model, as the trail tells of it; no digest: it is gone."""

    kind: str
    id: str
    version: int
    digest: str | None


@dataclass
class _Line:
    action: str
    stream: str
    row: SQLModel | None
    facts: Mapping[str, object]
    bare: Bare | None = None


@dataclass
class Trace:
    """Gathers the lines of one transaction and seals them at its end."""

    lines: list[_Line] = field(default_factory=list)
    changed: dict[int, Versioned] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def log(self, action: str, row: SQLModel | None, stream: str, facts: Mapping[str, object]) -> None:
        self.lines.append(_Line(action, stream, row, facts))

    def tell(
        self, action: str, table: sa.Table, row: Mapping[str, Any], left: Mapping[str, object] | None = None
    ) -> None:
        """One line about a row that a statement for many changed into `left`, or removed."""
        person, version = row.get("person_id"), (left or row)["version"]
        about = Bare(table.name, str(row["id"]), int(str(version)), digest_of(table, left) if left else None)
        stream = f"person/{person}" if person else f"{table.name}/{row['id']}"
        self.lines.append(_Line(action, stream, None, {}, about))

    def kept(self) -> "Trace":
        """As it stands now, to go back to."""
        return Trace(list(self.lines), dict(self.changed), set(self.gone))

    def restore(self, kept: "Trace") -> None:
        """Forget what came after."""
        self.lines, self.changed, self.gone = kept.lines, kept.changed, kept.gone

    def watch(self, session: AsyncSession) -> None:
        """Remember every traced row that a flush writes, and refuse one that does not fit."""

        def remember(sync_session: Any, _context: object) -> None:
            for row in (*sync_session.new, *sync_session.dirty):
                require_fits(row)
                if isinstance(row, Versioned) and row.__traced__ and sync_session.is_modified(row):
                    self.changed[id(row)] = row
            for row in sync_session.deleted:
                if isinstance(row, Versioned) and row.__traced__:
                    self.changed[id(row)] = row
                    self.gone.add(id(row))

        sa.event.listen(session.sync_session, "before_flush", lambda s, c, _i: remember(s, c))

    async def seal(
        self, session: AsyncSession, *, actor: str, session_ref: str | None, request_id: str, now: datetime, today: date
    ) -> None:
        """Write the lines behind the heads of their streams; Untraced when a changed row has none."""
        told = {id(line.row) for line in self.lines if line.row is not None}
        silent = [type(row).__name__ for key, row in self.changed.items() if key not in told]
        if silent:
            raise Untraced(", ".join(sorted(silent)))
        if not self.lines:
            return
        streams = sorted({line.stream for line in self.lines})
        heads = await _lock_heads(session, streams)
        events: list[dict[str, object]] = []
        for line in self.lines:
            head = heads[line.stream]
            row = line.bare or self._bare(line.row)
            values: dict[str, object] = {
                "id": new_id(),
                "stream": line.stream,
                "seq": head.seq + 1,
                "prev_hash": head.hash,
                "actor": actor,
                "session_ref": session_ref,
                "action": line.action,
                "object_kind": row and row.kind,
                "object_id": (row and row.id) or None,
                "object_version": (row and row.version) or None,
                "row_digest": row and row.digest,
                "facts": canonical(line.facts).decode(),
                "request_id": request_id,
                "at": now,
                "on_day": today,
            }
            values["hash"] = link(head.hash, values)
            head.seq, head.hash = head.seq + 1, str(values["hash"])
            events.append(values)
        for some in _at_once(list(heads.values())):
            rows = [{"stream": head.stream, "seq": head.seq, "hash": head.hash} for head in some]
            await session.exec(upsert(session, HEAD, rows, "stream", "seq", "hash"))
        await session.exec(sa.insert(TrailEvent), params=events)

    def _bare(self, row: SQLModel | None) -> Bare | None:
        if row is None:
            return None
        stands = isinstance(row, Versioned) and id(row) not in self.gone
        return Bare(
            str(row.__tablename__),
            str(row.id) if isinstance(row, Row) else "",
            row.version if isinstance(row, Versioned) else 0,
            digest(row) if stands else None,
        )


HEAD: sa.Table = TrailHead.__table__  # type: ignore[attr-defined]
HEADS_AT_ONCE = 5_000
"""Well within what either database binds in one statement."""


def _at_once(rows: Sequence[T]) -> Iterable[Sequence[T]]:
    return (rows[at : at + HEADS_AT_ONCE] for at in range(0, len(rows), HEADS_AT_ONCE))


async def _lock_heads(session: AsyncSession, streams: Sequence[str]) -> dict[str, Head]:
    """The head of each stream, made where there is none, and locked by the one statement that asks for it."""
    found: dict[str, Head] = {}
    for some in _at_once(streams):
        rows = [{"stream": name, "seq": 0, "hash": GENESIS} for name in some]
        wanted = upsert(session, HEAD, rows, "stream", "stream").returning(HEAD.c.stream, HEAD.c.seq, HEAD.c.hash)
        found |= {row.stream: Head(*row) for row in await session.exec(wanted)}
    return found


@dataclass(frozen=True)
class Finding:
    """One thing that the trail or a row does not bear out."""

    code: str
    where: str

    def __str__(self) -> str:
        return f"{self.code}: {self.where}"


APPEND_ONLY = ("trail_event", "trail_row", "entry_version")
"""Tables of which triggers refuse that a row is changed or removed."""


async def verify_triggers(session: AsyncSession) -> AsyncIterator[Finding]:
    """`trigger-missing` by table where nothing keeps it as it is any more."""
    if engine_of(session) == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        kept = {table: {f"{table}_no_update", f"{table}_no_delete"} for table in APPEND_ONLY}
    else:
        asked = (
            "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND c.relnamespace = current_schema()::regnamespace"
        )
        kept = {table: {f"{table}_append_only"} for table in APPEND_ONLY}
    stand = {name for (name,) in await (await session.connection()).execute(sa.text(asked))}
    for table, names in kept.items():
        if not names <= stand:
            yield Finding("trigger-missing", table)


async def verify_chains(session: AsyncSession, stream: str = "") -> AsyncIterator[Finding]:
    """Walk every stream, or one, from its start: numbers without gaps, each hash over the one before, the head at the
    end."""
    wanted = select(TrailHead)
    table: sa.Table = TrailEvent.__table__  # type: ignore[attr-defined]
    lines = sa.select(table).order_by(table.c.stream, table.c.seq)
    if stream:
        wanted, lines = wanted.where(TrailHead.stream == stream), lines.where(table.c.stream == stream)
    heads = {head.stream: (head.seq, head.hash) for head in await session.exec(wanted)}
    at: dict[str, tuple[int, str]] = {}
    rows = await session.stream(lines)
    async for row in rows.mappings():
        values = dict(row)
        seq, prev_hash = at.get(values["stream"], (0, GENESIS))
        where = f"{values['stream']}#{values['seq']}"
        if values["seq"] != seq + 1:
            yield Finding("gap-in-trail", where)
        if values["prev_hash"] != prev_hash or link(values["prev_hash"], values) != values["hash"]:
            yield Finding("broken-link", where)
        at[values["stream"]] = (values["seq"], values["hash"])
    for each in sorted(heads.keys() | at.keys()):
        if heads.get(each, (0, GENESIS)) != at.get(each, (0, GENESIS)):
            yield Finding("head-does-not-match", each)


async def verify_rows(session: AsyncSession) -> AsyncIterator[Finding]:
    """Hold each traced row against the digest in the last event that names it."""
    last: dict[tuple[str, str], str | None] = {}
    together: sa.Table = TrailRow.__table__  # type: ignore[attr-defined]
    rows_told = await session.stream(sa.select(together.c.object_kind, together.c.object_id, together.c.row_digest))
    async for kind, object_id, row_digest in rows_told:
        last[(kind, object_id)] = row_digest
    events: sa.Table = TrailEvent.__table__  # type: ignore[attr-defined]
    found = await session.stream(
        sa.select(events.c.object_kind, events.c.object_id, events.c.row_digest)
        .where(events.c.object_id.is_not(None))
        .order_by(events.c.object_id, events.c.object_version, events.c.seq)
    )
    async for kind, object_id, row_digest in found:
        last[(kind, object_id)] = row_digest
    for model in traced_models():
        table: sa.Table = model.__table__  # type: ignore[attr-defined]
        rows = await session.stream(sa.select(table))
        async for row in rows.mappings():
            key = (table.name, str(row["id"]))
            if key not in last:
                yield Finding("row-without-event", "/".join(key))
            elif last.pop(key) != digest_of(table, dict(row)):
                yield Finding("row-changed-behind-the-trail", "/".join(key))
    for (kind, object_id), row_digest in last.items():
        if row_digest is not None:
            yield Finding("row-is-gone", f"{kind}/{object_id}")


async def events_about(session: AsyncSession, object_id: UUID) -> list[dict[str, Any]]:
    """What the trail tells of one row, oldest first."""
    table: sa.Table = TrailEvent.__table__  # type: ignore[attr-defined]
    wanted = sa.select(table).where(table.c.object_id == str(object_id)).order_by(table.c.at)
    rows = await (await session.connection()).execute(wanted)
    return [{**row, "facts": json.loads(row["facts"])} for row in rows.mappings()]


def traced_models() -> list[type[Versioned]]:
    """Every table whose rows carry a digest in the trail."""
    return [model for model in _subclasses(Versioned) if hasattr(model, "__table__") and model.__traced__]


def _subclasses(base: type[Versioned]) -> list[type[Versioned]]:
    return [found for child in base.__subclasses__() for found in (child, *_subclasses(child))]


__all__ = ["Finding", "Trace", "TrailEvent", "TrailHead", "UTCDateTime", "verify_chains", "verify_rows"]
