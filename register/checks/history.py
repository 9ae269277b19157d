"""The history of each entry, told again from the trail: naive on purpose, and apart from what wrote it."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from core.store.audit import Finding, TrailEvent
from core.store.db import AsyncSession
from register.entries.models import EntryVersion, Registration
from register.office.imports.models import TakenOver

KEPT = ("status", "level", "registered_on", "period_began_on", "due_on", "decision_id")


async def histories(session: AsyncSession, entries: Sequence[Registration]) -> list[Finding]:
    """Each line as its event in the trail told it, and the entry as its last line says."""
    ids = [entry.id for entry in entries]
    told: dict[UUID, list[TrailEvent]] = defaultdict(list)
    about = select(TrailEvent).where(
        TrailEvent.object_kind == "registration", col(TrailEvent.object_id).in_([str(id) for id in ids])
    )
    for event in await session.exec(about.order_by(col(TrailEvent.id))):
        if "holds_from" in event.facts:
            told[UUID(event.object_id)].append(event)
    kept: dict[UUID, list[EntryVersion]] = defaultdict(list)
    written = select(EntryVersion).where(col(EntryVersion.registration_id).in_(ids))
    for line in await session.exec(written.order_by(col(EntryVersion.seq))):
        kept[line.registration_id].append(line)
    begun = await first_lines(session, ids)
    return [
        Finding(code, f"registration/{entry.id}")
        for entry in entries
        for code in _flaws(entry, kept[entry.id], _retold(told[entry.id], begun.get(entry.id, [])))
    ]


async def first_lines(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The lines with which the history of an entry of another system begins: one event tells of all of them."""
    wanted = select(TakenOver).where(col(TakenOver.registration_id).in_(ids))
    return {
        row.registration_id: [
            {"event": "import", "at": datetime.fromisoformat(row.stood["first"]["at"]), "decision_id": None, **line}
            for line in row.stood["first"]["lines"]
        ]
        for row in await session.exec(wanted)
    }


def _flaws(entry: Registration, lines: Sequence[EntryVersion], retold: Sequence[Mapping[str, Any]]) -> list[str]:
    flaws = []
    if [_plain(line) for line in lines] != retold:
        flaws.append("history-differs-from-trail")
    if not lines or any(getattr(lines[-1], name) != getattr(entry, name) for name in (*KEPT, "title")):
        flaws.append("history-differs-from-entry")
    return flaws


def _plain(line: EntryVersion) -> dict[str, Any]:
    says = {name: getattr(line, name) for name in KEPT}
    return {
        "event": line.event,
        "holds_from": line.holds_from.isoformat(),
        "at": line.recorded_at,
        **{name: _text(value) for name, value in says.items()},
    }


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _retold(events: Sequence[TrailEvent], begun: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the events say, each with what was so before it."""
    found = [*begun]
    before: Mapping[str, Any] = begun[-1] if begun else {**dict.fromkeys(KEPT), "status": "enrolled"}
    for event in events:
        facts = json.loads(event.facts)
        before = {name: facts.get(name, before[name]) for name in KEPT}
        event_name = event.action.removeprefix("registration:")
        found.append({"event": event_name, "holds_from": facts["holds_from"], "at": event.at, **before})
    return found
