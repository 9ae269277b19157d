"""The trail (logboek) as the auditor reads it: lines by stream, kind and day, with what they told of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from auth import queries as people
from auth.numbers import bare
from core.errors import Invalid
from core.store.audit import TrailEvent, TrailHead, verify_chains
from core.store.work import Work
from register.portfolio.sharing.queries import LOOKS as LOOKS_AT_PERSONS

HOUSE = frozenset({"house"})
"""Streams of no row."""
ROW: Any = TrailEvent.__table__  # type: ignore[attr-defined]


KINDS = (
    *(
        "account",
        "accreditation",
        "agenda",
        "appeal",
        "application",
        "appointment",
        "appointment-claim",
        "appointments",
    ),
    *(
        "attendance",
        "audit",
        "board",
        "budget",
        "case-letter",
        "completion",
        "condition",
        "consent",
        "correction",
        "course",
    ),
    *(
        "course-application",
        "course-file",
        "course-withdrawal",
        "decision",
        "declaration",
        "delivery",
        "default-notice",
        "dialogue",
    ),
    *(
        "dispute",
        "endorsement",
        "entry",
        "file",
        "goal",
        "hearing",
        "institutional",
        "interim",
        "invoice",
        "keys",
        "letter",
    ),
    *("library-entry", "mail", "measure", "meeting", "message", "name-change", "objection", "offer", "panel", "period"),
    *("person", "platform-key", "portfolio", "programmes", "proposal", "provider"),
    *("publication-objection", "qualification", "rating", "retention"),
    *("reconsideration", "register", "registration", "reminder", "role", "run", "sandbox-key", "schools", "session"),
    *("share", "trail", "work"),
)
"""What a line can be about: what stands before the colon of its action."""
LOOKS = (
    *LOOKS_AT_PERSONS,
    *("person:find", "course-file:read", "trail:read", "trail:check", "board:check", "portfolio:export"),
    *("objection:read", "objection:dossier", "objection:bundle", "appeal:read", "appeal:dossier", "appeal:bundle"),
)
"""Actions by which somebody only looked."""


@dataclass(frozen=True)
class Asked:
    """Which lines: of one stream, of one kind (what stands before the colon of an action, or the whole), of one day,
    and whether only those that tell of a look."""

    stream: str = ""
    kind: str = ""
    on: date | None = None
    looks: bool = False


async def about(work: Work, asked: str, *, kind: str = "", on: date | None = None, looks: bool = False) -> Asked:
    """What was asked, with the stream of a person in the place of their register number; that look is told to them.

    Invalid: `unknown-choice` for a kind that no line is of; NotFound("no-such-person").
    """
    kind = kind.strip()
    if kind and kind.partition(":")[0] not in KINDS:
        raise Invalid("invalid-input", [("kind", "unknown-choice")])
    if kind.partition(":")[2]:
        await _require_action(work, kind)
    stream = asked.strip()
    if stream and "/" not in stream and stream not in HOUSE:
        person = await people.person_by_number(work.session, bare(stream))
        stream = person.stream()
        work.looked("person:read-trail", stream=stream)
    return Asked(stream, kind, on, looks)


async def _require_action(work: Work, action: str) -> None:
    """Refuse an action that was never done: of that one can not tell whether it is known."""
    if action in LOOKS:
        return
    found = await (await work.session.connection()).execute(sa.select(ROW.c.id).where(ROW.c.action == action).limit(1))
    if found.first() is None:
        raise Invalid("invalid-input", [("kind", "unknown-action")])


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
    if asked.looks:
        wanted = wanted.where(ROW.c.action.in_(LOOKS))
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
