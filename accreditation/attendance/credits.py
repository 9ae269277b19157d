"""What somebody has from courses, as the portfolio shows it, and what runs are called."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.attendance.counting import accredited_for
from accreditation.attendance.models import Attendance, CreditLine
from accreditation.attendance.policy import Amount, State
from accreditation.attendance.standing import stands
from accreditation.courses.models import Course, CourseAccreditation
from accreditation.providers.models import Provider
from accreditation.runs.models import Run
from core.store.db import AsyncSession
from core.store.work import Work

AT_ONCE = 5_000
STANDING = (State.UNMATCHED, State.HELD, State.COUNTING, State.DISPUTED)


Booked = CreditLine
"""A line of the ledger of credits, as the portfolio reads it."""


@dataclass(frozen=True)
class CourseCredit:
    """What one person has from one run in one register, as the portfolio shows it."""

    run_id: UUID
    attendance_id: UUID
    title: str
    provider: str
    state: str
    standing: str
    """How it stands in that register: a `Standing`."""
    done_on: date
    version: int
    themes: Sequence[str]
    lines: Sequence[CreditLine]
    doubts: Sequence[str] = ()


class Shown(NamedTuple):
    """What a list says of a run."""

    title: str
    provider: str
    starts_on: date
    ends_on: date


async def runs_shown(session: AsyncSession, run_ids: Collection[UUID]) -> Mapping[UUID, Shown]:
    """The course and provider of runs, in words."""
    wanted = (
        sa.select(col(Run.id), col(Course.title), col(Provider.name), col(Run.starts_on), col(Run.ends_on))
        .join(Course, col(Course.id) == Run.course_id)
        .join(Provider, col(Provider.id) == Run.provider_id)
        .where(col(Run.id).in_(list(run_ids)))
    )
    rows = await (await session.connection()).execute(wanted)
    return {row[0]: Shown(*row[1:]) for row in rows}


async def credits_of(work: Work, person_id: UUID, register: str) -> Sequence[CourseCredit]:
    """What somebody has from courses in a register, run by run, in two queries."""
    wanted = (
        select(CreditLine)
        .where(CreditLine.person_id == person_id, CreditLine.register_code == register)
        .order_by(col(CreditLine.id))
    )
    lines: dict[UUID, list[CreditLine]] = defaultdict(list)
    for line in await work.session.exec(wanted):
        lines[line.run_id].append(line)
    rows = (
        select(Attendance, Course, Provider.name)
        .join(Run, col(Run.id) == Attendance.run_id)
        .join(Course, col(Course.id) == Run.course_id)
        .join(Provider, col(Provider.id) == Run.provider_id)
        .where(Attendance.person_id == person_id)
        .where(
            sa.exists().where(
                col(CourseAccreditation.course_id) == Course.id, col(CourseAccreditation.register_code) == register
            )
        )
        .order_by(col(Attendance.ended_on), col(Attendance.id))
    )
    found: dict[UUID, CourseCredit] = {}
    listed = (await work.session.exec(rows)).all()
    unbooked = [row for row, _, _ in listed if row.state is State.COUNTING and not _sum(lines.get(row.run_id, ()))]
    accredited = await accredited_for(work, unbooked) if unbooked else {}
    for row, course, provider in listed:
        known = found.get(row.run_id)
        counted = stands(
            row.state,
            row.cause,
            accredited=accredited.get(row.id, (register,)),
            booked=(register,) if _sum(lines.get(row.run_id, ())) else (),
            own=(register,),
        )
        if known is None or known.state == State.REVERSED.value:
            found[row.run_id] = CourseCredit(
                row.run_id,
                row.id,
                course.title,
                provider,
                row.state.value,
                counted.standing.value,
                row.ended_on,
                row.version,
                course.themes,
                lines.get(row.run_id, ()),
                row.doubt_codes(),
            )
    return list(found.values())


def _sum(lines: Iterable[CreditLine]) -> Amount:
    return sum((line.booking().amount for line in lines), Amount())
