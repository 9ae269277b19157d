"""Rows of an older release that a migration puts right: each with its line in the trail, as any other change."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from core.clock import legal_day, machine_now
from core.store.audit import GENESIS, TrailEvent, TrailHead, link
from core.store.db import canonical, digest_of, new_id

ACTOR = "system"
EVENTS: sa.Table = TrailEvent.__table__  # type: ignore[attr-defined]
HEADS: sa.Table = TrailHead.__table__  # type: ignore[attr-defined]


def standing(bind: sa.Connection, name: str) -> sa.Table | None:
    """A table as it stands at this revision, with the types that its columns have in the house; None before it is."""
    known = SQLModel.metadata.tables[name]
    inspector = sa.inspect(bind)
    if not inspector.has_table(name):
        return None
    there = {column["name"] for column in inspector.get_columns(name)}
    columns = [sa.Column(one.name, one.type, primary_key=one.primary_key) for one in known.columns if one.name in there]
    return sa.Table(name, sa.MetaData(), *columns)


def mend(
    bind: sa.Connection, table: sa.Table, row: Mapping[str, Any], changes: Mapping[str, Any], action: str, stream: str
) -> None:
    """Change one row; where rows of its table are traced, its version counts up and the trail tells of it."""
    traced = "salt" in table.c
    values = {**row, **changes, **({"version": row["version"] + 1} if traced else {})}
    changed = {name: values[name] for name in values if values[name] != row[name]}
    same = [column == row[column.name] for column in table.primary_key.columns]
    bind.execute(sa.update(table).where(*same).values(changed))
    if traced:
        _tell(bind, table, values, action, stream)


def _tell(bind: sa.Connection, table: sa.Table, row: Mapping[str, Any], action: str, stream: str) -> None:
    head = bind.execute(sa.select(HEADS.c.seq, HEADS.c.hash).where(HEADS.c.stream == stream)).first()
    seq, last = head or (0, GENESIS)
    now = machine_now()
    event: dict[str, Any] = {
        "id": new_id(),
        "stream": stream,
        "seq": seq + 1,
        "prev_hash": last,
        "actor": ACTOR,
        "session_ref": None,
        "action": action,
        "object_kind": table.name,
        "object_id": str(row["id"]),
        "object_version": row["version"],
        "row_digest": digest_of(table, row),
        "facts": canonical({}).decode(),
        "request_id": "",
        "at": now,
        "on_day": legal_day(now),
    }
    event["hash"] = link(last, event)
    bind.execute(sa.insert(EVENTS).values(event))
    latest = {"seq": seq + 1, "hash": event["hash"]}
    if head is None:
        bind.execute(sa.insert(HEADS).values(stream=stream, **latest))
    else:
        bind.execute(sa.update(HEADS).where(HEADS.c.stream == stream).values(latest))
