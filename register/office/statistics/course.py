"""The course of the register and of its work over the last quarters: counted by the database, whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from core.agenda import AgendaEntry
from core.decisions import Decision
from core.store.work import Work
from register.entries.entry import REGISTERED_NOW
from register.entries.history.service import end_of
from register.entries.models import EntryVersion, Registration
from register.entries.policy import Register
from register.office.statistics.quarters import Quarter, last_quarters, quarter_of

LINE: Any = EntryVersion.__table__  # type: ignore[attr-defined]
ENTRY: Any = Registration.__table__  # type: ignore[attr-defined]
DECIDED: Any = Decision.__table__  # type: ignore[attr-defined]
TASK: Any = AgendaEntry.__table__  # type: ignore[attr-defined]
QUARTERS = 12
TO_DECIDE = "decide"
"""The task on the agenda whose day is the last one to decide."""


@dataclass(frozen=True)
class Handled:
    """Decisions of one kind that were made known in a quarter: how many, and how many by the last day to decide."""

    kind: str
    quarter: Quarter
    number: int
    in_time: int


@dataclass(frozen=True)
class Course:
    """What a report tells: who was registered at the end of each quarter, and what was decided in it."""

    quarters: Sequence[Quarter]
    registered: dict[str, Sequence[int]]
    """By register: one number for each quarter; of the running one, today's."""
    handled: Sequence[Handled]

    def of(self, quarter: Quarter) -> tuple[int, int]:
        """Decided in time and too late."""
        found = [each for each in self.handled if each.quarter == quarter]
        in_time = sum(each.in_time for each in found)
        return in_time, sum(each.number for each in found) - in_time

    def kinds(self, quarters: Sequence[Quarter]) -> list[tuple[str, int, int]]:
        """Each kind of decision in these quarters: how many, and how many in time."""
        sums: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for each in self.handled:
            if each.quarter in quarters:
                sums[each.kind] = sums[each.kind][0] + each.number, sums[each.kind][1] + each.in_time
        return [(kind, *sums[kind]) for kind in sorted(sums)]


async def course(work: Work) -> Course:
    """The last twelve quarters, in two queries."""
    quarters = last_quarters(work.today, QUARTERS)
    days = [min(quarter.last_day, work.today) for quarter in quarters]
    return Course(quarters, await _registered(work, days, end_of(work.today)), await _handled(work, quarters))


async def _registered(work: Work, days: Sequence[date], recorded_by: datetime) -> dict[str, Sequence[int]]:
    """How many entries were registered on each day, as it is known now.

    A line holds from its day until the first day of those after it, so that one pass over the lines serves every day.
    """
    taken_from = sa.func.min(LINE.c.holds_from).over(
        partition_by=LINE.c.registration_id, order_by=LINE.c.seq, rows=(1, None)
    )
    lines = (
        sa.select(LINE.c.registration_id, LINE.c.status, LINE.c.holds_from, taken_from.label("taken_from"))
        .where(LINE.c.recorded_at <= recorded_by)
        .subquery("lines")
    )
    stands = [
        sa.and_(lines.c.holds_from <= day, sa.or_(lines.c.taken_from.is_(None), lines.c.taken_from > day))
        for day in days
    ]
    wanted = (
        sa.select(ENTRY.c.register_code, *(sa.func.sum(sa.case((each, 1), else_=0)) for each in stands))
        .join(ENTRY, ENTRY.c.id == lines.c.registration_id)
        .where(lines.c.status.in_(REGISTERED_NOW))
        .group_by(ENTRY.c.register_code)
    )
    rows = await (await work.session.connection()).execute(wanted)
    found = {register: [int(number) for number in numbers] for register, *numbers in rows}
    return {register.value: found.get(register, [0] * len(days)) for register in Register}


async def _handled(work: Work, quarters: Sequence[Quarter]) -> list[Handled]:
    """First decisions by kind and quarter of making known, held against the last day to decide of their file."""
    known = DECIDED.c.notified_on
    month = (sa.extract("year", known), sa.extract("month", known))
    in_time = sa.func.sum(sa.case((known <= TASK.c.due_on, 1), else_=0))
    wanted = (
        sa.select(DECIDED.c.kind, *month, sa.func.count(), in_time)
        .join(TASK, sa.and_(TASK.c.case_id == DECIDED.c.subject_id, TASK.c.task == TO_DECIDE))
        .where(known >= quarters[0].first_day, DECIDED.c.replaces.is_(None))
        .group_by(DECIDED.c.kind, *month)
    )
    sums: dict[tuple[str, Quarter], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for kind, year, month_of_it, number, punctual in await (await work.session.connection()).execute(wanted):
        key = kind, quarter_of(date(int(year), int(month_of_it), 1))
        sums[key] = sums[key][0] + number, sums[key][1] + punctual
    return [Handled(kind, quarter, *counted) for (kind, quarter), counted in sums.items()]
