"""The trail (logboek) as the auditor reads it: lines by stream, kind and day, with what they told of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from core.store.audit import TrailEvent, TrailHead, verify_chains
from core.store.work import Work

ROW: Any = TrailEvent.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Asked:
    """Which lines: of one stream, of one kind (what stands before the colon of an action, or the whole), of one day."""

    stream: str = ""
    kind: str = ""
    on: date | None = None


class Line(msgspec.Struct, frozen=True):
    """One line of the trail; `facts` are ids, codes and numbers, `hash` links it to the line before."""

    id: UUID
    stream: str
    seq: int
    actor: str
    action: str
    object_kind: str | None
    object_id: str | None
    facts: dict[str, Any]
    at: datetime
    on: date
    hash: str


async def lines(work: Work, asked: Asked, before: UUID | None, most: int) -> Sequence[Line]:
    """The lines that were asked for, the latest first; the look itself is a line too."""
    work.looked("trail:read", of=asked.stream, kind=asked.kind, on=asked.on)
    wanted = sa.select(ROW)
    if asked.stream:
        wanted = wanted.where(ROW.c.stream == asked.stream)
    if asked.kind:
        exact = ROW.c.action == asked.kind
        wanted = wanted.where(
            exact if ":" in asked.kind else ROW.c.action.startswith(f"{asked.kind}:", autoescape=True)
        )
    if asked.on is not None:
        wanted = wanted.where(ROW.c.on_day == asked.on)
    if before is not None:
        wanted = wanted.where(ROW.c.id < before)
    rows = await (await work.session.connection()).execute(wanted.order_by(ROW.c.id.desc()).limit(most))
    return [_line(row) for row in rows.mappings()]


MOST_CHECKED = 20_000
"""Lines of one stream that are walked while somebody waits; a longer one goes through `bekwaam audit verify`."""


class Checked(msgspec.Struct, frozen=True):
    """What walking one stream from its first line to its last brought up; `whole` is false where it was too long."""

    stream: str
    lines: int
    whole: bool
    findings: Sequence[str]


async def check(work: Work, stream: str) -> Checked | None:
    """Whether the lines of a stream hang together; None where there is no such stream. The look is a line too."""
    work.looked("trail:check", of=stream)
    head = await work.session.get(TrailHead, stream)
    if head is None:
        return None
    if head.seq > MOST_CHECKED:
        return Checked(stream, head.seq, False, [])
    async with work.means.database.snapshot() as session:  # a stream of rows wants a transaction
        found = [str(each) async for each in verify_chains(session, stream)]
    return Checked(stream, head.seq, True, found)


def _line(row: Any) -> Line:
    told = {name: row[name] for name in ("id", "stream", "seq", "actor", "action", "object_kind", "object_id", "hash")}
    return Line(**told, facts=json.loads(row["facts"]), at=row["at"], on=row["on_day"])
