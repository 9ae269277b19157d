"""Reads of attendance: whole lists for a provider, one's own for a person, what waits for a second pair of eyes."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.attendance.models import Attendance
from accreditation.attendance.policy import PROVIDERS, State
from accreditation.courses.models import Course
from accreditation.runs import queries as runs
from accreditation.runs.models import Run
from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.errors import Forbidden, NotFound
from core.names import plain_key
from core.store.work import Work

AT_ONCE = 5_000
STANDING = (State.UNMATCHED, State.HELD, State.COUNTING, State.DISPUTED)


async def own_attendance(work: Work, id: UUID) -> Attendance:
    """An attendance of who asks, or for a second pair of eyes anybody's but their own.

    NotFound("no-such-attendance").
    """
    found = await work.session.get(Attendance, id)
    actor = work.actor
    if found is not None and isinstance(actor, Actor) and found.person_id == actor.person_id:
        return found
    if found is None or not actor.can(Permission.ATTENDANCE_JUDGE):
        raise NotFound("no-such-attendance")
    return found


async def provided(work: Work, id: UUID) -> Attendance:
    """An attendance that a provider of the actor sent; NotFound("no-such-attendance")."""
    found = await work.session.get(Attendance, id)
    if found is None or not runs.may_act_for(work, found.provider_id):
        raise NotFound("no-such-attendance")
    return found


async def sent_for(work: Work, run_id: UUID, after: UUID | None, most: int) -> Sequence[Attendance]:
    """What a provider sent for a run of its own, in the order of its lists."""
    run = await runs.own_run(work, run_id)
    wanted = select(Attendance).where(Attendance.run_id == run.id)
    if after is not None:
        wanted = wanted.where(col(Attendance.id) > after)
    return (await work.session.exec(wanted.order_by(col(Attendance.id)).limit(most))).all()


async def sent_counts(work: Work, run_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many rows stand as sent for each of these runs: without those that the provider took back."""
    cause = col(Attendance.cause)
    taken_back = sa.and_(col(Attendance.state) == State.REVERSED, cause.is_not(None), cause.in_(PROVIDERS))
    wanted = select(Attendance.run_id, sa.func.count()).where(col(Attendance.run_id).in_(list(run_ids)), ~taken_back)
    return dict((await work.session.exec(wanted.group_by(col(Attendance.run_id)))).all())


async def waiting(work: Work, state: State, after: UUID | None, most: int) -> Sequence[Attendance]:
    """What waits in a state, longest first; never one's own."""
    wanted = select(Attendance).where(Attendance.state == state)
    if isinstance(work.actor, Actor):
        own = work.actor.person_id
        wanted = wanted.where(sa.or_(col(Attendance.person_id).is_(None), col(Attendance.person_id) != own))
    if after is not None:
        wanted = wanted.where(col(Attendance.id) > after)
    return (await work.session.exec(wanted.order_by(col(Attendance.id)).limit(most))).all()


async def own_attendances(work: Work, after: UUID | None, most: int) -> Sequence[Attendance]:
    """The attendances of who asks."""
    wanted = select(Attendance).where(Attendance.person_id == person_of(work.actor))
    if after is not None:
        wanted = wanted.where(col(Attendance.id) > after)
    return (await work.session.exec(wanted.order_by(col(Attendance.id)).limit(most))).all()


async def standing_in(work: Work, run_id: UUID) -> Sequence[Attendance]:
    """Every attendance of a run that stands."""
    wanted = select(Attendance).where(Attendance.run_id == run_id, col(Attendance.state).in_(STANDING))
    return (await work.session.exec(wanted.order_by(col(Attendance.id)))).all()


async def attended(work: Work, run_id: UUID) -> bool:
    """Whether attendance of a run was ever reported, also what was taken back: it can be put back."""
    wanted = select(Attendance.id).where(Attendance.run_id == run_id)
    return (await work.session.exec(wanted.limit(1))).first() is not None


def those_in(run_id: UUID) -> Any:
    """The people of a run, as a query within another."""
    return select(Attendance.person_id).where(Attendance.run_id == run_id, col(Attendance.person_id).is_not(None))


async def has_another(work: Work, row: Attendance) -> bool:
    """Whether the person of a row has one already for the same run and meeting."""
    wanted = select(Attendance.id).where(
        Attendance.run_id == row.run_id,
        Attendance.meeting == row.meeting,
        Attendance.person_id == row.person_id,
        Attendance.id != row.id,
        col(Attendance.state).in_(STANDING),
    )
    with work.session.no_autoflush:
        return (await work.session.exec(wanted.limit(1))).first() is not None


async def unmatched(work: Work, id: UUID) -> Attendance:
    """An item of the inbox, for the office; NotFound("no-such-attendance")."""
    found = await work.session.get(Attendance, id)
    if found is None or found.state is not State.UNMATCHED:
        raise NotFound("no-such-attendance")
    return found


def require_other(work: Work, person_id: UUID) -> None:
    """Nobody gives a row to themselves in office: Forbidden("own-case")."""
    if isinstance(work.actor, Actor) and work.actor.person_id == person_id:
        raise Forbidden("own-case")


async def unmatched_at(work: Work, title_key: str, name: str, day: date) -> Sequence[Attendance]:
    """The inbox of a course on a day; the course by title as it is compared, or by code or external name."""
    wanted = (
        select(Attendance, Course.title, Course.code, Course.external_id)
        .join(Run, col(Run.id) == Attendance.run_id)
        .join(Course, col(Course.id) == Run.course_id)
        .where(Attendance.state == State.UNMATCHED, Run.starts_on <= day, Run.ends_on >= day)
        .order_by(col(Attendance.id))
    )
    rows = await work.session.exec(wanted)
    return [row for row, title, code, external in rows if name in {code, external} or plain_key(title) == title_key]


async def unmatched_under(work: Work, numbers: Sequence[str]) -> Sequence[Attendance]:
    """The inbox under these numbers."""
    wanted = select(Attendance).where(Attendance.state == State.UNMATCHED, col(Attendance.sent_number).in_(numbers))
    return (await work.session.exec(wanted.order_by(col(Attendance.id)).limit(20))).all()
