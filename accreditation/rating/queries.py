"""Reads of ratings: one's own; of all of them only numbers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from accreditation.attendance.models import CreditLine
from accreditation.courses.models import Course
from accreditation.providers.models import Provider
from accreditation.rating.models import CourseRating
from accreditation.runs.models import Run
from auth.actor import person_of
from core.errors import NotFound
from core.store.work import Work

LINES: sa.Table = CreditLine.__table__  # type: ignore[attr-defined]
RATINGS: sa.Table = CourseRating.__table__  # type: ignore[attr-defined]
STANDS = sa.or_(sa.func.sum(LINES.c.points) > 0, sa.func.sum(LINES.c.hundredths) > 0)


async def register_of_credit(work: Work, run_id: UUID) -> str | None:
    """The first register in which the actor has credit from a run, or None."""
    wanted = (
        sa.select(LINES.c.register_code)
        .where(LINES.c.person_id == person_of(work.actor), LINES.c.run_id == run_id)
        .group_by(LINES.c.register_code)
        .having(STANDS)
        .order_by(LINES.c.register_code)
        .limit(1)
    )
    connection = await work.session.connection()
    return (await connection.execute(wanted)).scalar_one_or_none()


class Attended(NamedTuple):
    """A run in which somebody has credit, with what they thought of it."""

    run_id: UUID
    course: str
    provider: str
    ended_on: date
    rating: CourseRating | None


async def attended(work: Work, most: int) -> Sequence[Attended]:
    """The runs in which the actor has credit, the latest first."""
    person = person_of(work.actor)
    booked = sa.select(LINES.c.run_id).where(LINES.c.person_id == person).group_by(LINES.c.run_id).having(STANDS)
    wanted = (
        select(Run, Course.title, Provider.name, CourseRating)
        .join(Course, col(Course.id) == Run.course_id)
        .join(Provider, col(Provider.id) == Run.provider_id)
        .outerjoin(CourseRating, sa.and_(col(CourseRating.run_id) == Run.id, col(CourseRating.person_id) == person))
        .where(col(Run.id).in_(booked))
        .order_by(col(Run.ends_on).desc(), col(Run.id).desc())
        .limit(most)
    )
    found = (await work.session.exec(wanted)).all()
    return [Attended(run.id, course, provider, run.ends_on, rating) for run, course, provider, rating in found]


async def own(work: Work, id: UUID) -> tuple[CourseRating, str]:
    """A rating of the actor's own, with the title of the course; NotFound("no-such-rating") for any other."""
    wanted = select(CourseRating, Course.title).join(Course, col(Course.id) == CourseRating.course_id)
    wanted = wanted.where(CourseRating.id == id, CourseRating.person_id == person_of(work.actor))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-rating")
    return found


async def own_ratings(work: Work, after: UUID | None, most: int) -> Sequence[tuple[CourseRating, str]]:
    """The actor's own ratings with the titles of the courses, oldest first."""
    wanted = select(CourseRating, Course.title).join(Course, col(Course.id) == CourseRating.course_id)
    wanted = wanted.where(CourseRating.person_id == person_of(work.actor))
    if after is not None:
        wanted = wanted.where(col(CourseRating.id) > after)
    return (await work.session.exec(wanted.order_by(col(CourseRating.id)).limit(most))).all()


def counting() -> Any:
    """Ratings of who still has credit from the run: what was taken back takes its rating along."""
    still = sa.select(LINES.c.register_code).where(
        LINES.c.person_id == RATINGS.c.person_id, LINES.c.run_id == RATINGS.c.run_id
    )
    return sa.exists(still.group_by(LINES.c.register_code).having(STANDS))


async def sums(work: Work, course_ids: Collection[UUID]) -> Mapping[UUID, tuple[int, int]]:
    """The stars that courses got together, and from how many; one query, straight past the identity map."""
    wanted = (
        sa.select(RATINGS.c.course_id, sa.func.sum(RATINGS.c.stars), sa.func.count())
        .where(RATINGS.c.course_id.in_(list(course_ids)), counting())
        .group_by(RATINGS.c.course_id)
    )
    return {course: (int(stars), int(count)) for course, stars, count in await work.means.database.ask(wanted)}
