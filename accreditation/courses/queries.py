"""Reads of courses, applications and files, each scoped to who asks."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from accreditation.courses.models import (
    Course,
    CourseAccreditation,
    CourseApplication,
    CourseFile,
    CourseWithdrawal,
    ProgrammePanel,
)
from accreditation.courses.policy import ENDED, FileState, PanelState
from accreditation.courses.succession import on_day, stands
from accreditation.providers.models import Provider
from auth.actor import Actor
from auth.permissions import Permission
from core.errors import NotFound
from core.panel.service import PanelItem
from core.panel.votes import ItemState
from core.store.work import Work

WAITING = frozenset({FileState.SUBMITTED, FileState.LOCKED, FileState.INVOICED, FileState.PAID, FileState.ASSESSED})
"""The states in which a file waits for secretary or committee, or for the money that the secretary books."""
MOST_WAITING = 200


def _own(work: Work) -> list[UUID]:
    return list(work.actor.organisations) if isinstance(work.actor, Actor) else []


def _applications(work: Work) -> SelectOfScalar[CourseApplication]:
    """One's own; for the secretary also what others handed in."""
    wanted = select(CourseApplication)
    if not isinstance(work.actor, Actor):
        return wanted
    ways: list[sa.ColumnElement[bool]] = [col(CourseApplication.provider_id).in_(_own(work))]
    if work.actor.can(Permission.COURSE_ASSESS):
        handed_in = select(CourseFile.application_id).where(CourseFile.state != FileState.DRAFT)
        ways.append(col(CourseApplication.id).in_(handed_in))
    return wanted.where(or_(*ways))


async def application(work: Work, id: UUID) -> CourseApplication:
    """An application that the actor may see; NotFound("no-such-course-application")."""
    found = (await work.session.exec(_applications(work).where(CourseApplication.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-course-application")
    return found


async def applications(work: Work, after: UUID | None, most: int) -> Sequence[CourseApplication]:
    """The applications that the actor may see, oldest first."""
    wanted = _applications(work)
    if after is not None:
        wanted = wanted.where(col(CourseApplication.id) > after)
    return (await work.session.exec(wanted.order_by(col(CourseApplication.id)).limit(most))).all()


async def files_of(work: Work, application_ids: Collection[UUID]) -> Sequence[CourseFile]:
    """The files of some applications, by register."""
    wanted = select(CourseFile).where(col(CourseFile.application_id).in_(list(application_ids)))
    return (await work.session.exec(wanted.order_by(col(CourseFile.register_code)))).all()


def _files(work: Work) -> SelectOfScalar[CourseFile]:
    wanted = select(CourseFile)
    if not isinstance(work.actor, Actor):
        return wanted
    ways: list[sa.ColumnElement[bool]] = [col(CourseFile.provider_id).in_(_own(work))]
    if work.actor.can(Permission.COURSE_ASSESS):
        ways.append(col(CourseFile.state) != FileState.DRAFT)
    return wanted.where(or_(*ways))


async def file(work: Work, id: UUID) -> CourseFile:
    """A file that the actor may see; NotFound("no-such-course-file")."""
    found = (await work.session.exec(_files(work).where(CourseFile.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-course-file")
    return found


async def files_in(
    work: Work, states: Collection[FileState], most: int
) -> Sequence[tuple[CourseFile, CourseApplication, Course, Provider]]:
    """Files in one of these states, of providers for which the actor does not act; nearest last day first."""
    wanted = (
        select(CourseFile, CourseApplication, Course, Provider)
        .join(CourseApplication, col(CourseApplication.id) == CourseFile.application_id)
        .join(Course, col(Course.id) == CourseFile.course_id)
        .join(Provider, col(Provider.id) == CourseFile.provider_id)
        .where(col(CourseFile.state).in_(list(states)), col(CourseFile.provider_id).not_in(_own(work)))
        .order_by(col(CourseFile.decide_by_on), col(CourseFile.id))
    )
    return (await work.session.exec(wanted.limit(most))).all()


async def course(work: Work, id: UUID) -> Course:
    """A course, for the house itself; NotFound("no-such-course")."""
    found = (await work.session.exec(select(Course).where(Course.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-course")
    return found


async def own_course(work: Work, id: UUID) -> Course:
    """A course of a provider for which the actor acts, or any for the secretary; NotFound("no-such-course")."""
    found = await course(work, id)
    actor = work.actor
    own = not isinstance(actor, Actor) or found.provider_id in actor.organisations
    if not own and not actor.can(Permission.COURSE_ASSESS):
        raise NotFound("no-such-course")
    return found


async def courses(work: Work, after: UUID | None, most: int) -> Sequence[Course]:
    """The courses of the providers for which the actor acts; for the secretary all."""
    wanted = select(Course)
    if isinstance(work.actor, Actor) and not work.actor.can(Permission.COURSE_ASSESS):
        wanted = wanted.where(col(Course.provider_id).in_(_own(work)))
    if after is not None:
        wanted = wanted.where(col(Course.id) > after)
    return (await work.session.exec(wanted.order_by(col(Course.id)).limit(most))).all()


async def accreditations(work: Work, course_ids: Collection[UUID]) -> Sequence[CourseAccreditation]:
    """Every accreditation of some courses, oldest first."""
    wanted = select(CourseAccreditation).where(col(CourseAccreditation.course_id).in_(list(course_ids)))
    order = (col(CourseAccreditation.register_code), col(CourseAccreditation.from_on))
    return (await work.session.exec(wanted.order_by(*order))).all()


async def terms_of(work: Work, course_id: UUID, register: str) -> Sequence[CourseAccreditation]:
    """Every accreditation of a course in a register, the first to begin on top."""
    wanted = select(CourseAccreditation).where(
        CourseAccreditation.course_id == course_id, CourseAccreditation.register_code == register
    )
    return (await work.session.exec(wanted.order_by(col(CourseAccreditation.from_on)))).all()


async def latest(work: Work, course_id: UUID, register: str) -> CourseAccreditation | None:
    """The last accreditation of a course in a register that has a day, or None."""
    return next((row for row in reversed(await terms_of(work, course_id, register)) if stands(row)), None)


async def covering(work: Work, course_id: UUID, register: str, day: date) -> CourseAccreditation | None:
    """The accreditation under which something followed on a day counts, or None: the port of attendance."""
    return on_day(await terms_of(work, course_id, register), day)


async def open_file(work: Work, course_id: UUID, register: str, ended: Collection[FileState]) -> CourseFile | None:
    """The application for a course that still runs in a register, or None."""
    wanted = select(CourseFile).where(
        CourseFile.course_id == course_id,
        CourseFile.register_code == register,
        col(CourseFile.state).not_in(list(ended)),
    )
    return (await work.session.exec(wanted.limit(1))).first()


async def panel(work: Work, file_id: UUID) -> ProgrammePanel | None:
    """The panel of a file, or None while nobody proposed one."""
    return (await work.session.exec(select(ProgrammePanel).where(ProgrammePanel.file_id == file_id))).one_or_none()


async def panel_by_id(work: Work, id: UUID) -> ProgrammePanel:
    """NotFound("no-such-panel")."""
    found = (await work.session.exec(select(ProgrammePanel).where(ProgrammePanel.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-panel")
    return found


async def accreditation(work: Work, id: UUID) -> CourseAccreditation:
    """An accreditation, which is public; NotFound("no-such-accreditation")."""
    found = (await work.session.exec(select(CourseAccreditation).where(CourseAccreditation.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-accreditation")
    return found


async def withdrawal(work: Work, id: UUID) -> CourseWithdrawal:
    """A proposal to withdraw; NotFound("no-such-withdrawal")."""
    found = (await work.session.exec(select(CourseWithdrawal).where(CourseWithdrawal.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-withdrawal")
    return found


async def open_withdrawals(work: Work, most: int) -> Sequence[tuple[CourseWithdrawal, CourseAccreditation, Course]]:
    """The proposals that wait for a second pair of eyes."""
    wanted = (
        select(CourseWithdrawal, CourseAccreditation, Course)
        .join(CourseAccreditation, col(CourseAccreditation.id) == CourseWithdrawal.accreditation_id)
        .join(Course, col(Course.id) == CourseAccreditation.course_id)
        .where(col(CourseWithdrawal.decision_id).is_(None), col(CourseWithdrawal.rejected_at).is_(None))
        .where(col(Course.provider_id).not_in(_own(work)) if _own(work) else sa.true())
    )
    return (await work.session.exec(wanted.order_by(col(CourseWithdrawal.id)).limit(most))).all()


async def by_external_id(work: Work, provider_id: UUID, external_id: str) -> Course | None:
    """The course that a provider knows by a name of its own, or None."""
    wanted = select(Course).where(Course.provider_id == provider_id, Course.external_id == external_id)
    return (await work.session.exec(wanted)).one_or_none()


def day_of(text: str) -> date:
    """A day as a JSON column keeps it."""
    return date.fromisoformat(text)


async def of_provider(work: Work, provider_id: UUID) -> Sequence[CourseApplication]:
    """The applications of one provider, newest first; for who acts for it."""
    wanted = select(CourseApplication).where(CourseApplication.provider_id == provider_id)
    return (await work.session.exec(wanted.order_by(col(CourseApplication.id).desc()).limit(MOST_WAITING))).all()


async def courses_of(work: Work, provider_id: UUID) -> Sequence[Course]:
    """The courses of one provider, newest first; for who acts for it."""
    wanted = select(Course).where(Course.provider_id == provider_id)
    return (await work.session.exec(wanted.order_by(col(Course.id).desc()).limit(MOST_WAITING))).all()


async def ripe(work: Work, most: int) -> list[tuple[UUID, str, str]]:
    """What may go on an agenda and stands on none: assessed files, and files whose panel waits for approval.

    Each with what it is about and its register.
    """
    listed = select(PanelItem.case_id).where(PanelItem.state == ItemState.LISTED)
    waiting = ProgrammePanel.state == PanelState.PROPOSED
    proposed = select(ProgrammePanel.file_id).where(waiting, col(ProgrammePanel.id).not_in(listed))
    assessed = (col(CourseFile.state) == FileState.ASSESSED) & col(CourseFile.id).not_in(listed)
    wanted = (
        select(CourseFile, Course, Provider)
        .join(Course, col(Course.id) == CourseFile.course_id)
        .join(Provider, col(Provider.id) == CourseFile.provider_id)
        .where(or_(assessed, col(CourseFile.id).in_(proposed)))
        .where(col(CourseFile.state).not_in([FileState.DRAFT, *ENDED]), col(CourseFile.provider_id).not_in(_own(work)))
        .order_by(col(CourseFile.decide_by_on), col(CourseFile.id))
    )
    rows = (await work.session.exec(wanted.limit(most))).all()
    return [
        (file.id, f"{file.answers.get('title') or course.title}, {name.name}", file.register_code)
        for file, course, name in rows
    ]
