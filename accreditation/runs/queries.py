"""Reads of runs: a provider's own, and those of everybody for the house itself."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from accreditation.courses.models import Course, CourseAccreditation
from accreditation.runs.models import Meeting, Run
from auth.actor import Actor, System
from core.errors import NotFound
from core.store.work import Work


def may_act_for(work: Work, provider_id: UUID) -> bool:
    """Whether the actor acts for a provider at this moment; the house itself does for all."""
    actor = work.actor
    return isinstance(actor, System) or (isinstance(actor, Actor) and provider_id in actor.organisations)


async def own_course(work: Work, course_id: UUID) -> Course:
    """A course of a provider for which the actor acts; NotFound("no-such-course")."""
    found = await work.session.get(Course, course_id)
    if found is None or not may_act_for(work, found.provider_id):
        raise NotFound("no-such-course")
    return found


async def own_run(work: Work, run_id: UUID) -> Run:
    """A run of a provider for which the actor acts; NotFound("no-such-run")."""
    found = await work.session.get(Run, run_id)
    if found is None or not may_act_for(work, found.provider_id):
        raise NotFound("no-such-run")
    return found


async def own_runs(work: Work, course_id: UUID | None, after: tuple[date, UUID] | None, most: int) -> Sequence[Run]:
    """The runs of the actor's providers, the latest first."""
    actor = work.actor
    begins, id = col(Run.starts_on), col(Run.id)
    wanted = select(Run)
    if isinstance(actor, Actor):
        wanted = wanted.where(col(Run.provider_id).in_(actor.organisations))
    if course_id is not None:
        wanted = wanted.where(Run.course_id == course_id)
    if after is not None:
        day, last = after
        wanted = wanted.where((begins < day) | ((begins == day) & (id < last)))
    return (await work.session.exec(wanted.order_by(begins.desc(), id.desc()).limit(most))).all()


async def offered_courses(work: Work) -> Sequence[Course]:
    """The accredited courses of the actor's providers; also where that ended, since what was may be entered late."""
    actor = work.actor
    own = actor.organisations if isinstance(actor, Actor) else frozenset()
    given = select(CourseAccreditation.course_id)
    wanted = select(Course).where(col(Course.provider_id).in_(own), col(Course.id).in_(given))
    return (await work.session.exec(wanted.order_by(Course.title, col(Course.id)).limit(500))).all()


async def titles_of(work: Work, course_ids: Collection[UUID]) -> dict[UUID, str]:
    """What courses are called."""
    wanted = select(Course.id, Course.title).where(col(Course.id).in_(list(course_ids)))
    return dict((await work.session.exec(wanted)).all())


async def meetings_of(work: Work, run_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Meeting]]:
    """The meetings of runs, the first one first."""
    wanted = select(Meeting).where(col(Meeting.run_id).in_(list(run_ids)))
    found: dict[UUID, list[Meeting]] = defaultdict(list)
    for meeting in await work.session.exec(wanted.order_by(col(Meeting.starts_at), col(Meeting.id))):
        found[meeting.run_id].append(meeting)
    return found


async def accreditations_of(work: Work, course_ids: Collection[UUID]) -> Mapping[UUID, Sequence[CourseAccreditation]]:
    """What the committee gave courses, by course."""
    wanted = select(CourseAccreditation).where(col(CourseAccreditation.course_id).in_(list(course_ids)))
    found: dict[UUID, list[CourseAccreditation]] = defaultdict(list)
    for one in await work.session.exec(wanted.order_by(col(CourseAccreditation.from_on), col(CourseAccreditation.id))):
        found[one.course_id].append(one)
    return found
