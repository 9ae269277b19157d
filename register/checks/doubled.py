"""What stands twice where it may stand once: days of accreditations, decisions, and the days that letters show."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.courses.models import Course, CourseAccreditation
from accreditation.courses.succession import last_counting, share_a_day
from accreditation.institutional.models import InstitutionalAccreditation
from accreditation.institutional.policy import InstitutionalState
from accreditation.kinds import CourseKind
from accreditation.offer.models import AccreditedOffer
from core.decisions import Decision, DecisionState
from core.panel.service import PanelItem
from core.panel.votes import ItemState
from core.store.audit import Finding
from core.store.db import AsyncSession

RECURRING = frozenset({"provider-admission", "provider-suspension", "provider-withdrawal"})
"""About a provider the same can be decided again: it was restored, or asked anew."""


async def shared_days(session: AsyncSession) -> AsyncIterator[Finding]:
    """Each accreditation that shares a day with an earlier one."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in await session.exec(select(CourseAccreditation).order_by(col(CourseAccreditation.from_on))):
        groups[row.course_id, row.register_code].append(row)
    granted = select(InstitutionalAccreditation).where(
        InstitutionalAccreditation.state == InstitutionalState.GRANTED,
        col(InstitutionalAccreditation.from_on).is_not(None),
    )
    for one in await session.exec(granted.order_by(col(InstitutionalAccreditation.from_on))):
        groups[one.provider_id, one.register_code].append(one)
    for rows in groups.values():
        for finding in _overlaps(rows):
            yield finding


def _overlaps(rows: Sequence[Any]) -> list[Finding]:
    return [
        Finding("accreditations-overlap", f"{row.__tablename__}/{row.id}")
        for at, row in enumerate(rows)
        if any(share_a_day(row, earlier) for earlier in rows[:at])
    ]


async def shared_offer(session: AsyncSession) -> AsyncIterator[Finding]:
    """Each line of the offer that shares a day with an earlier one of the same course, or shows what none gives."""
    wanted = select(AccreditedOffer).order_by(col(AccreditedOffer.accredited_from))
    lines = (await session.exec(wanted)).all()
    courses = {course.code: course for course in await session.exec(select(Course))}
    groups: dict[tuple[str, str], list[AccreditedOffer]] = defaultdict(list)
    for line in lines:
        parts = line.code.split("-")
        starts = ("-".join(parts[:at]) for at in range(len(parts), 0, -1))
        if code := next((start for start in starts if start in courses), None):
            groups[code, line.register_code].append(line)
    for (code, register), found in groups.items():
        for at, line in enumerate(found):
            if any(line.accredited_from <= earlier.accredited_until for earlier in found[:at]):
                yield Finding("accreditations-overlap", f"accredited_offer/{line.id}")
        if courses[code].kind is not CourseKind.MASTER and await _shows_more(session, courses[code], register, found):
            yield Finding("offer-differs", f"course/{courses[code].id}")


async def _shows_more(session: AsyncSession, course: Course, register: str, lines: Sequence[AccreditedOffer]) -> bool:
    """Whether the offer shows a day before or after all that the course was given, or is of a course given nothing."""
    wanted = select(CourseAccreditation).where(
        CourseAccreditation.course_id == course.id, CourseAccreditation.register_code == register
    )
    given = (await session.exec(wanted)).all()
    if not given:
        return True
    begins_before = min(line.accredited_from for line in lines) < min(row.from_on for row in given)
    # What was withdrawn on its first day keeps that day in the offer.
    last = max(max(row.from_on, last_counting(row)) for row in given)
    return begins_before or max(line.accredited_until for line in lines) > last


async def shown_days(session: AsyncSession) -> AsyncIterator[Finding]:
    """Each file that was decided in a session whose agenda shows another last day than the decision gave."""
    item: sa.Table = PanelItem.__table__  # type: ignore[attr-defined]
    row: sa.Table = Decision.__table__  # type: ignore[attr-defined]
    same = sa.and_(row.c.subject_id == item.c.case_id, row.c.taken_in == item.c.session_id)
    wanted = sa.select(item.c.id, item.c.summary, row.c.due_on).join(row, same)
    decided = wanted.where(item.c.state == ItemState.DECIDED).order_by(item.c.id)
    for id, summary, due_on in await (await session.connection()).execute(decided):
        if "due_on" in summary and summary["due_on"] != (due_on.isoformat() if due_on else None):
            yield Finding("shown-date-differs", f"panel_item/{id}")


async def doubled_decisions(session: AsyncSession) -> AsyncIterator[Finding]:
    """Each decision that works, or waits to, beside another of its kind about the same."""
    live = (DecisionState.TAKEN, DecisionState.NOTIFIED)
    table: sa.Table = Decision.__table__  # type: ignore[attr-defined]
    columns: list[Any] = [table.c[name] for name in ("id", "subject_id", "kind", "state", "replaces")]
    wanted = sa.select(*columns).where(table.c.state.in_(live)).order_by(table.c.id)
    groups: dict[tuple[UUID, str], list[Any]] = defaultdict(list)
    for row in await (await session.connection()).execute(wanted):
        groups[row.subject_id, row.kind].append(row)
    for (_subject, kind), rows in groups.items():
        replaced = {row.replaces for row in rows}
        standing = [row for row in rows if row.id not in replaced]
        waiting = [row for row in standing if row.state is DecisionState.TAKEN]
        for row in (waiting if kind in RECURRING else standing)[1:]:
            yield Finding("decided-twice", f"decision/{row.id}")
