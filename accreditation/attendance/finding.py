"""What a list is held against: courses and runs, what stands already, and where people were."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.attendance import directory
from accreditation.attendance.doubts import Limits, Stay, strictest
from accreditation.attendance.models import Attendance
from accreditation.attendance.policy import Cause, State
from accreditation.courses.models import Course, CourseAccreditation
from accreditation.courses.policy import Given
from accreditation.providers.models import ProviderAuthorisation
from accreditation.providers.policy import AuthorisationState
from accreditation.runs import queries as runs
from accreditation.runs.models import Meeting, Run
from accreditation.runs.policy import RunState
from auth import merged_persons
from core.clock import legal_day
from core.records import filled
from core.store.work import Work

AT_ONCE = 5_000
STANDING = (State.UNMATCHED, State.HELD, State.COUNTING, State.DISPUTED)


async def directory_of(work: Work, provider_id: UUID, pe_course_ids: Collection[str] = ()) -> directory.Directory:
    """Every course and run of a provider, in five queries whatever their number."""
    session = work.session
    courses = (await session.exec(select(Course).where(Course.provider_id == provider_id))).all()
    accredited = await runs.accreditations_of(work, [course.id for course in courses])
    known = {course.id: _course(course, accredited.get(course.id, ())) for course in courses}
    rows = (await session.exec(select(Run).where(Run.provider_id == provider_id))).all()
    sittings: dict[UUID, list[Meeting]] = defaultdict(list)
    wanted = select(Meeting).join(Run, col(Run.id) == Meeting.run_id).where(Run.provider_id == provider_id)
    for meeting in await session.exec(wanted.order_by(col(Meeting.starts_at))):
        sittings[meeting.run_id].append(meeting)
    numbers = [int(one) for one in pe_course_ids if one.isascii() and one.isdigit() and len(one) < 10]
    others = select(Course.pe_course_id).where(col(Course.pe_course_id).in_(numbers), Course.provider_id != provider_id)
    foreign = frozenset(str(one) for one in await session.exec(others)) if numbers else frozenset()
    listed = [run_as_named(row, known[row.course_id], sittings.get(row.id, ())) for row in rows]
    return directory.Directory(list(known.values()), listed, foreign)


def _course(row: Course, accredited: Sequence[CourseAccreditation]) -> directory.Course:
    return directory.Course(
        str(row.id),
        str(row.provider_id),
        row.code,
        str(row.pe_course_id),
        row.external_id or "",
        [accredited_as(one) for one in accredited],
    )


def accredited_as(one: CourseAccreditation) -> directory.Accredited:
    """An accreditation as the rules see it."""
    return directory.Accredited(
        one.register_code, one.from_on, one.until_on, one.withdrawn_on, one.points or 0, one.hours
    )


def run_as_named(row: Run, course: directory.Course, meetings: Sequence[Meeting]) -> directory.Run:
    """A run as the rules see it."""
    return filled(
        directory.Run,
        row,
        id=str(row.id),
        course=course,
        pe_edition_id=str(row.pe_edition_id),
        external_id=row.external_id or "",
        form=row.form.value,
        withdrawn=row.state is RunState.WITHDRAWN,
        meetings=[
            directory.Meeting(str(one.id), str(one.pe_meeting_id), one.external_id or "", legal_day(one.starts_at))
            for one in meetings
        ],
    )


async def run_of(work: Work, run_id: UUID) -> directory.Run:
    """One run as the rules see it, for the house itself."""
    return (await runs_of(work, [run_id]))[run_id]


async def runs_of(work: Work, run_ids: Collection[UUID]) -> dict[UUID, directory.Run]:
    """Runs as the rules see them, for the house itself; in four queries whatever their number."""
    found = (await work.session.exec(select(Run).where(col(Run.id).in_(list(run_ids))))).all()
    courses = await work.session.exec(select(Course).where(col(Course.id).in_({run.course_id for run in found})))
    named = {course.id: course for course in courses}
    accredited = await runs.accreditations_of(work, list(named))
    meetings = await runs.meetings_of(work, [run.id for run in found])
    return {
        run.id: run_as_named(
            run, _course(named[run.course_id], accredited.get(run.course_id, ())), meetings.get(run.id, ())
        )
        for run in found
    }


class Known(NamedTuple):
    """What stands of an attendance that a row may repeat."""

    state: State
    cause: Cause | None
    doubts: str


async def known_in(work: Work, run_ids: Collection[UUID]) -> dict[tuple[str, str, str], Known]:
    """What stands in runs, by run, meeting and who, as they are now."""
    table: Any = Attendance.__table__  # type: ignore[attr-defined]
    columns = (table.c.run_id, table.c.meeting, table.c.who, table.c.state, table.c.cause, table.c.doubts)
    connection = await work.session.connection()
    rows = await connection.execute(sa.select(*columns).where(table.c.run_id.in_(list(run_ids))))
    now = {f"person/{id}": f"person/{kept}" for id, kept in (await merged_persons.merged(work.session)).items()}
    return {
        (str(run), meeting, now.get(who, who)): Known(state, cause, doubts)
        for run, meeting, who, state, cause, doubts in rows
    }


async def stays_of(work: Work, person_ids: Collection[UUID]) -> dict[UUID, list[Stay]]:
    """Where people were, as far as it stands."""
    found: dict[UUID, list[Stay]] = defaultdict(list)
    asked = sorted(person_ids)
    own = (Attendance.person_id, Attendance.run_id, Attendance.meeting, Attendance.ended_on)
    columns = [col(one) for one in (*own, Run.starts_on, Run.ends_on, Run.place, Run.form)]
    connection = await work.session.connection()
    for at in range(0, len(asked), AT_ONCE):
        wanted = (
            sa.select(*columns)
            .join(Run, col(Run.id) == Attendance.run_id)
            .where(col(Attendance.person_id).in_(asked[at : at + AT_ONCE]), col(Attendance.state).in_(STANDING))
        )
        for person, run, meeting, ended_on, starts_on, ends_on, where, form in await connection.execute(wanted):
            found[person].append(stay(str(run), meeting, ended_on, starts_on, ends_on, where, form == Given.CLASSROOM))
    return found


def stay(run: str, meeting: str, ended_on: date, starts_on: date, ends_on: date, place: str, seated: bool) -> Stay:
    """Where somebody was: of a meeting we know the day."""
    days = (ended_on, ended_on) if meeting else (starts_on, ends_on)
    return Stay(run, *days, place if seated else "")


def limits_of(work: Work, run: directory.Run, ended_on: date) -> Limits:
    """From when on many attendances are a burst, by the rules of the registers in which a run gives credit."""
    chosen = [work.rules.chosen(one.register, work.today).attendance for one in run.accredited(ended_on)]
    return strictest(Limits(one.burst_days, one.burst_most) for one in chosen)


async def authorised_registers(work: Work, provider_id: UUID) -> frozenset[str]:
    """The registers for which a provider may work at this moment."""
    wanted = select(ProviderAuthorisation.register_code).where(
        ProviderAuthorisation.provider_id == provider_id,
        ProviderAuthorisation.state == AuthorisationState.AUTHORISED,
    )
    return frozenset((await work.session.exec(wanted)).all())
