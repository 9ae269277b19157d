"""Reads for a board: entries under many numbers at once, the lines of the histories of its people, posts and claims."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from core.errors import NotFound
from core.store.work import Work
from register.employers.deliveries.models import AppointmentClaim
from register.entries.models import Appointment, EntryVersion, Registration
from register.entries.search import COLUMNS, ENTRY
from register.schools.models import Location

MOST = 500


async def entries_under(work: Work, numbers: Collection[str]) -> Sequence[Any]:
    """The public entries under these numbers: columns of the register, and whose they are."""
    wanted = sa.select(*COLUMNS, ENTRY.c.person_id).where(
        ENTRY.c.register_number.in_(list(numbers)), ENTRY.c.hidden.is_(False)
    )
    rows = await (await work.session.connection()).execute(wanted.order_by(ENTRY.c.register_code))
    return rows.all()


async def employed_among(work: Work, boards: Collection[str], persons: Collection[UUID]) -> set[UUID]:
    """Who of these persons has a post at one of these boards today."""
    wanted = select(Appointment.person_id).where(
        col(Appointment.person_id).in_(list(persons)),
        col(Appointment.board_number).in_(list(boards)),
        *_held(work.today),
    )
    return set(await work.session.exec(wanted))


async def posts_at(work: Work, boards: Collection[str], person_id: UUID) -> Sequence[tuple[Appointment, str]]:
    """The posts of somebody at these boards, with the school, the latest first."""
    wanted = (
        select(Appointment, Location.name)
        .join(Location, col(Location.code) == Appointment.location_code, isouter=True)
        .where(Appointment.person_id == person_id, col(Appointment.board_number).in_(list(boards)))
        .order_by(col(Appointment.appointed_on).desc())
    )
    return [(post, name or post.stated_place) for post, name in await work.session.exec(wanted)]


async def post_at(work: Work, boards: Collection[str], id: UUID) -> Appointment:
    """A post at one of these boards; NotFound("no-such-appointment")."""
    wanted = select(Appointment).where(Appointment.id == id, col(Appointment.board_number).in_(list(boards)))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-appointment")
    return found


async def said_by(work: Work, boards: Collection[str], person_id: UUID | None = None) -> Sequence[AppointmentClaim]:
    """What these boards said of posts, the latest first."""
    wanted = select(AppointmentClaim).where(col(AppointmentClaim.board_number).in_(list(boards)))
    if person_id is not None:
        wanted = wanted.where(AppointmentClaim.person_id == person_id)
    return (await work.session.exec(wanted.order_by(col(AppointmentClaim.id).desc()).limit(MOST))).all()


async def posts_since(work: Work, boards: Collection[str], since: date) -> Sequence[Any]:
    """Who came to or left these boards since a day: post, and the face of its holder."""
    turned = sa.or_(
        sa.and_(col(Appointment.appointed_on) >= since, col(Appointment.appointed_on) <= work.today),
        sa.and_(col(Appointment.ended_on) >= since, col(Appointment.ended_on) < work.today),
    )
    wanted: Any = (
        sa.select(Appointment, ENTRY.c.register_number, ENTRY.c.name)
        .join(ENTRY, ENTRY.c.person_id == Appointment.person_id)
        .where(col(Appointment.board_number).in_(list(boards)), turned)
        .order_by(col(Appointment.appointed_on).desc())
        .limit(MOST)
    )
    found: Sequence[Any] = (await work.session.exec(wanted)).all()
    return found


async def lines_of_staff(work: Work, boards: Collection[str], since: datetime) -> Sequence[Any]:
    """Every line of the entries of current staff of which one was recorded since: line, register, number and name."""
    works_here = sa.exists().where(
        col(Appointment.person_id) == Registration.person_id,
        col(Appointment.board_number).in_(list(boards)),
        *_held(work.today),
    )
    changed = sa.exists().where(
        col(EntryVersion.registration_id) == Registration.id, col(EntryVersion.recorded_at) >= since
    )
    shown = sa.and_(ENTRY.c.person_id == Registration.person_id, ENTRY.c.register_code == Registration.register_code)
    wanted: Any = (
        sa.select(EntryVersion, col(Registration.register_code), ENTRY.c.register_number, ENTRY.c.name)
        .join(Registration, col(Registration.id) == EntryVersion.registration_id)
        .join(ENTRY, shown)
        .where(works_here, changed.correlate(Registration))
        .order_by(col(EntryVersion.registration_id), col(EntryVersion.seq))
        .limit(10 * MOST)
    )
    found: Sequence[Any] = (await work.session.exec(wanted)).all()
    return found


def _held(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(Appointment.appointed_on) <= on,
        sa.or_(col(Appointment.ended_on).is_(None), col(Appointment.ended_on) >= on),
    )
