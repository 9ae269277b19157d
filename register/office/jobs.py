"""Whether the daily chores ran, and what they did: from the line that each sweep leaves in the trail."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from core.store.audit import TrailEvent
from core.store.work import Work

STREAM = "chores/daily"
DONE = "sweep:done"
MOST = 30
OVERDUE = timedelta(hours=26)
"""A day, and time to run: longer ago than this nobody swept today."""
ROW: Any = TrailEvent.__table__  # type: ignore[attr-defined]


class Run(msgspec.Struct, frozen=True):
    """One sweep: when it was done, for which day, and what it did, without what it found nothing of."""

    at: datetime
    on: date
    did: Mapping[str, int]


def note(work: Work, on: date, did: Mapping[str, int]) -> None:
    """Leave the line of a sweep."""
    work.log(DONE, None, stream=STREAM, on=on, **{name: number for name, number in did.items() if number})


async def runs(work: Work) -> Sequence[Run]:
    """The last sweeps, the latest first."""
    wanted = sa.select(ROW.c.at, ROW.c.facts).where(ROW.c.stream == STREAM, ROW.c.action == DONE)
    rows = await (await work.session.connection()).execute(wanted.order_by(ROW.c.seq.desc()).limit(MOST))
    return [_run(at, json.loads(facts)) for at, facts in rows]


def _run(at: datetime, facts: dict[str, Any]) -> Run:
    on = date.fromisoformat(facts.pop("on"))
    return Run(at, on, facts)


def is_overdue(work: Work, found: Sequence[Run]) -> bool:
    """Whether the chores of today were not done."""
    return not found or work.now - found[0].at > OVERDUE
