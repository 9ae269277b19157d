"""Reads for a board: entries under many numbers at once, the lines of the histories of its people, posts and claims."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
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


Turn = tuple[date, UUID | None, str]
"""Where a turn of a post stands: its day, the id of the post, `came` or `left`; without id, before all of that day."""


async def turns_since(work: Work, boards: Collection[str], since: date, until: Turn | None, most: int) -> Sequence[Any]:
    """Who came to or left these boards since a day, the latest first: id, `came` or `left`, day, number and name."""

    def turned(what: str, day: Any, past: sa.ColumnElement[bool]) -> sa.Select[Any]:
        turned = (sa.literal(what).label("turn"), day.label("on_day"))
        whose: Any = (col(Appointment.id).label("id"), col(Appointment.person_id).label("person_id"))
        return sa.select(*whose, *turned).where(col(Appointment.board_number).in_(list(boards)), day >= since, past)

    began, ended = col(Appointment.appointed_on), col(Appointment.ended_on)
    turn = sa.union_all(
        turned("came", began, began <= work.today), turned("left", ended, ended < work.today)
    ).subquery()
    wanted = sa.select(turn.c.id, turn.c.turn, turn.c.on_day, ENTRY.c.register_number, ENTRY.c.name).join(
        ENTRY, ENTRY.c.person_id == turn.c.person_id
    )
    other = ENTRY.alias("other")
    first = sa.select(sa.func.min(other.c.register_code)).where(other.c.person_id == turn.c.person_id)
    wanted = wanted.where(ENTRY.c.register_code == first.correlate(turn).scalar_subquery())
    if until is not None:
        day, id, what = until
        same = turn.c.on_day == day
        if id is not None:
            same = sa.and_(same, sa.tuple_(turn.c.id, turn.c.turn) < sa.tuple_(sa.literal(id), sa.literal(what)))
        wanted = wanted.where(sa.or_(turn.c.on_day < day, same))
    order = (turn.c.on_day.desc(), turn.c.id.desc(), turn.c.turn.desc())
    found: Sequence[Any] = (await work.session.exec(wanted.order_by(*order).limit(most))).all()  # type: ignore[call-overload]
    return found


async def lines_of_staff(
    work: Work, boards: Collection[str], since: datetime, before: tuple[datetime, UUID] | None, most: int
) -> Sequence[Any]:
    """Lines of the entries of current staff recorded since, the latest first: line, the one before, register, face."""
    works_here = sa.exists().where(
        col(Appointment.person_id) == Registration.person_id,
        col(Appointment.board_number).in_(list(boards)),
        *_held(work.today),
    )
    line, earlier = aliased(EntryVersion), aliased(EntryVersion)
    shown = sa.and_(ENTRY.c.person_id == Registration.person_id, ENTRY.c.register_code == Registration.register_code)
    previous = sa.and_(earlier.registration_id == line.registration_id, earlier.seq == line.seq - 1)  # type: ignore[arg-type]
    wanted: Any = (
        sa.select(line, earlier, col(Registration.register_code), ENTRY.c.register_number, ENTRY.c.name)
        .join(Registration, col(Registration.id) == line.registration_id)
        .join(earlier, previous, isouter=True)
        .join(ENTRY, shown)
        .where(works_here, line.recorded_at >= since)  # type: ignore[arg-type]
        .order_by(col(line.recorded_at).desc(), col(line.id).desc())
        .limit(most)
    )
    if before is not None:
        at, id = before
        place = sa.or_(col(line.recorded_at) < at, sa.and_(col(line.recorded_at) == at, col(line.id) < id))
        wanted = wanted.where(place)
    found: Sequence[Any] = (await work.session.exec(wanted)).all()
    return found


def _held(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(Appointment.appointed_on) <= on,
        sa.or_(col(Appointment.ended_on).is_(None), col(Appointment.ended_on) >= on),
    )
