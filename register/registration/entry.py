"""The entry in the register: moved by its machine, and shown by a projection written in the same transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import and_, col, or_, select

from auth import queries as people
from auth.models import Person
from core.work import Work
from register.registration import queries
from register.registration.models import Appointment, EntryVersion, PublicEntry, Registration
from register.registration.policy import REGISTRATION, Event, Register, Status
from register.schools import queries as schools
from register.schools.models import Board, Location
from register.schools.policy import search_key

# What the public may call registered: under conditions and postponed one still is (sterk-2019).
REGISTERED_NOW = frozenset({Status.REGISTERED, Status.IN_TRAINING, Status.POSTPONED, Status.CONDITIONAL})
NOT_SHOWN = frozenset({Status.DEREGISTERED})


# What a line of the history keeps of an entry.
KEPT = ("status", "title", "level", "registered_on", "period_began_on", "due_on", "decision_id")


async def move(
    work: Work, registration: Registration, event: Event, *, holds_from: date | None = None, **changes: Any
) -> None:
    """Move an entry by its machine, set what changes with it, trace it, keep it in the history, and show it.

    It holds from today, or from an earlier day: an upheld objection or a correction works back without a gap.
    Refused("wrong-state") with the moves that are open.
    """
    registration.status = REGISTRATION.after(registration.status, event)
    for name, value in changes.items():
        setattr(registration, name, value)
    facts = {name: value for name, value in changes.items() if name != "title"}
    day = holds_from or work.today
    work.log(f"registration:{event.value}", registration, status=registration.status.value, holds_from=day, **facts)
    await keep(work, registration, event.value, day)
    await show(work, registration)


async def keep(work: Work, registration: Registration, event: str, holds_from: date) -> None:
    """Add what an entry now says to its history (register.history reads it)."""
    last = select(sa.func.max(EntryVersion.seq)).where(EntryVersion.registration_id == registration.id)
    seq = ((await work.session.exec(last)).one() or 0) + 1
    says = {name: getattr(registration, name) for name in KEPT}
    work.add(
        EntryVersion(
            registration_id=registration.id,
            seq=seq,
            event=event,
            holds_from=holds_from,
            recorded_at=work.now,
            **says,
        )
    )


async def show(work: Work, registration: Registration) -> None:
    """Write the public face of an entry as it now is."""
    person = await people.person(work.session, registration.person_id)
    posts = await queries.appointments(work, registration.person_id)
    board, school, town = await names_of_post(work, shown_post(posts))
    values = public_values(registration, person, board, school, town)
    shown = await queries.entry_of(work, registration.person_id, registration.register_code)
    if values is None:
        if shown is not None:
            await work.session.delete(shown)
        return
    if shown is None:
        work.add(PublicEntry(**values))
        return
    for name, value in values.items():
        setattr(shown, name, value)


def shown_post(posts: Sequence[Appointment]) -> Appointment | None:
    """The post that the public sees: the latest that has not ended."""
    return next((post for post in posts if post.ended_on is None), None)


async def names_of_post(work: Work, post: Appointment | None) -> tuple[str, str, str]:
    """Board, school and town of a post, as DUO names them; empty where it does not."""
    if post is None or not post.location_code:
        return "", "", ""
    board = await schools.board(work, post.board_number)
    location = await schools.school(work, post.location_code)
    return board.name or board.number, location.name, location.town or location.municipality or ""


def public_values(
    registration: Registration, person: Person, board: str, school: str, town: str
) -> dict[str, Any] | None:
    """What everybody may know of an entry, or None when nothing is shown (Choices: public entry).

    Leaders: name, number, title and predicate, status, valid until, board. Teachers: name, number, school and town,
    registered or not.
    """
    says = public_standing(registration.register_code, registration)
    if says is None:
        return None
    teacher = registration.register_code is Register.TEACHERS
    name = person.full_name()
    return {
        "register_number": person.register_number,
        "register_code": registration.register_code,
        "person_id": person.id,
        "name": name,
        "name_key": search_key(person.filed_as()),
        **says,
        "board": "" if teacher else board,
        "school": school if teacher else "",
        "town": town if teacher else "",
        "hidden": person.hidden,
    }


def public_standing(register: Register, says: Registration | EntryVersion) -> dict[str, Any] | None:
    """What everybody may know of how an entry stands or stood: of a teacher only whether they are registered."""
    if says.status in NOT_SHOWN:
        return None
    teacher = register is Register.TEACHERS
    registered = says.status in REGISTERED_NOW
    return {
        "title": says.title,
        "level": None if teacher else says.level,
        "status": (Status.REGISTERED if registered else Status.ENROLLED) if teacher else says.status,
        "valid_until": None if teacher or not registered else says.due_on,
    }


async def follow_places(work: Work) -> int:
    """Show boards and schools as DUO names them now; how many entries changed. For after an import of places."""
    order = (col(Appointment.appointed_on).desc(), col(Appointment.id).desc())
    latest: Any = sa.func.row_number().over(partition_by=col(Appointment.person_id), order_by=order).label("place")
    held = select(Appointment.person_id, Appointment.board_number, Appointment.location_code, latest)
    posts = held.where(col(Appointment.ended_on).is_(None)).subquery()
    teacher = col(PublicEntry.register_code) == Register.TEACHERS
    board = sa.func.coalesce(sa.func.nullif(Board.name, ""), Board.number)
    town = sa.func.coalesce(sa.func.nullif(Location.town, ""), sa.func.nullif(Location.municipality, ""), "")
    wanted = (
        select(PublicEntry, Board, Location)
        .join(posts, and_(posts.c.person_id == PublicEntry.person_id, posts.c.place == 1))
        .join(Board, col(Board.number) == posts.c.board_number)
        .join(Location, col(Location.code) == posts.c.location_code)
        .where(
            or_(
                and_(~teacher, PublicEntry.board != board),
                and_(teacher, or_(PublicEntry.school != Location.name, PublicEntry.town != town)),
            )
        )
    )
    rows = (await work.session.exec(wanted)).all()
    for shown, at, where in rows:
        if shown.register_code is Register.TEACHERS:
            shown.school, shown.town = where.name, where.town or where.municipality or ""
        else:
            shown.board = at.name or at.number
    return len(rows)


async def registration_of(work: Work, person_id: UUID, register: Register) -> Registration | None:
    """The entry of a person in a register, or None."""
    wanted = select(Registration).where(Registration.person_id == person_id, Registration.register_code == register)
    return (await work.session.exec(wanted)).one_or_none()
