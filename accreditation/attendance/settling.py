"""Keeps the books of course credits: what counts is held against what is booked, and only the difference is written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from accreditation.attendance.directory import Run
from accreditation.attendance.models import Attendance, CreditLine
from accreditation.attendance.policy import Amount, Line, State, complete, lacking
from core.store.db import new_id
from core.store.work import Work

LINES: sa.Table = CreditLine.__table__  # type: ignore[attr-defined]
ROWS: sa.Table = Attendance.__table__  # type: ignore[attr-defined]
Pair = tuple[UUID, UUID]


async def settle(work: Work, runs: Mapping[UUID, Run], persons: Any) -> int:
    """Write the lines that the books of these people in these runs lack; how many.

    `persons` is a collection of ids or a query that gives them.
    """
    connection = await work.session.connection()
    # A query that gives the people may give nobody's id too; `IN` passes over that.
    counting = sa.select(ROWS.c.run_id, ROWS.c.person_id, ROWS.c.meeting, ROWS.c.ended_on).where(
        ROWS.c.run_id.in_(list(runs)), ROWS.c.person_id.in_(persons), ROWS.c.state == State.COUNTING
    )
    was: dict[Pair, list[Any]] = defaultdict(list)
    for run, person, meeting, ended_on in await connection.execute(counting):
        was[run, person].append((meeting, ended_on))
    booked: dict[Pair, list[Line]] = defaultdict(list)
    standing = sa.select(
        LINES.c.run_id,
        LINES.c.person_id,
        LINES.c.register_code,
        LINES.c.done_on,
        LINES.c.category,
        LINES.c.points,
        LINES.c.hundredths,
    ).where(LINES.c.run_id.in_(list(runs)), LINES.c.person_id.in_(persons))
    for run, person, register, done_on, category, points, hundredths in await connection.execute(standing):
        booked[run, person].append(Line(register, done_on, category, Amount(points, hundredths)))
    new = []
    for pair in {**was, **booked}:
        run_id, person_id = pair
        for line in lacking(due(runs[run_id], was.get(pair, ())), booked.get(pair, ())):
            new.append(_values(run_id, person_id, line, work))
    if new:
        await connection.execute(sa.insert(LINES), new)
    return len(new)


def due(run: Run, was: Collection[Any]) -> list[Line]:
    """What somebody should have of a run: nothing before presence was enough."""
    attended: frozenset[str | None] = frozenset(meeting or None for meeting, _ in was)
    if not was or not complete(frozenset(one.id for one in run.meetings), attended):
        return []
    done_on = max(ended_on for _, ended_on in was)
    return list(worth(run, done_on))


def worth(run: Run, done_on: Any) -> Iterable[Line]:
    """Points, or hours by what they are about, in each register in which the course is accredited."""
    for one in run.accredited(done_on):
        if one.points:
            yield Line(one.register, done_on, None, Amount(points=one.points))
        for category, hours in one.hours.items():
            yield Line(one.register, done_on, category, Amount(hundredths=hours * 100))


def _values(run_id: UUID, person_id: UUID, line: Line, work: Work) -> dict[str, object]:
    return {
        "id": new_id(),
        "person_id": person_id,
        "run_id": run_id,
        "register_code": line.register,
        "done_on": line.done_on,
        "category": line.category,
        "points": line.amount.points,
        "hundredths": line.amount.hundredths,
        "booked_at": work.now,
    }
