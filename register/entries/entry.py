"""The entry in the register: moved by its machine, and shown by a projection written in the same transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import and_, col, or_, select

from auth import queries as people
from auth.models import Person
from core.decisions import Decision
from core.store.work import Work
from register.entries import queries
from register.entries.models import Appointment, EntryVersion, PublicEntry, Registration
from register.entries.policy import REGISTRATION, Event, Register, Status
from register.schools import queries as schools
from register.schools.models import Board, Location

# What the public may call registered: under conditions and postponed one still is (sterk-2019).
REGISTERED_NOW = frozenset({Status.REGISTERED, Status.IN_TRAINING, Status.POSTPONED, Status.CONDITIONAL})
NOT_SHOWN = frozenset({Status.DEREGISTERED})
# Who is public (Choices): these, and who is enrolled or has an application open only after one of these.
PUBLIC = REGISTERED_NOW | {Status.LAPSED}
_PUBLIC_AFTER = frozenset({Status.ENROLLED, Status.APPLICATION_OPEN})
NOWHERE = ("", "", "")


# What a line of the history keeps of an entry.
KEPT = ("status", "title", "level", "registered_on", "period_began_on", "due_on", "decision_id")


async def move(
    work: Work, registration: Registration, event: Event, *, holds_from: date | None = None, **changes: Any
) -> None:
    """Move one entry: see `move_all`. It holds from today unless told."""
    await move_all(work, [(registration, holds_from or work.today)], event, **changes)


async def move_all(
    work: Work,
    moved: Sequence[tuple[Registration, date]],
    event: Event,
    *,
    decisions: Mapping[UUID, UUID | None] | None = None,
    **changes: Any,
) -> None:
    """Move entries by their machine, set what changes with it, trace it, keep it in the history, and show it.

    `decisions` names the decision on which each entry rests from then on, where they differ.

    Each holds from its day, which may be past: an upheld objection or a correction works back without a gap.
    Refused("wrong-state") with the moves that are open.
    """
    for registration, day in moved:
        registration.status = REGISTRATION.after(registration.status, event)
        own = {**changes, **({"decision_id": decisions[registration.id]} if decisions else {})}
        for name, value in own.items():
            setattr(registration, name, value)
        facts = {name: value for name, value in own.items() if name != "title"}
        work.log(f"registration:{event.value}", registration, status=registration.status.value, holds_from=day, **facts)
    await keep(work, moved, event.value)
    await show(work, *(registration for registration, _ in moved))


async def put_back(work: Work, registration: Registration, status: Status, *, holds_from: date) -> None:
    """Undo the end of an entry that was noted by mistake, from the day on which it ended, so that there is no gap."""
    registration.status = status
    work.log("registration:restore", registration, status=status.value, holds_from=holds_from)
    await keep(work, [(registration, holds_from)], "restore")
    await show(work, registration)


async def without(work: Work, registration: Registration, decision: Decision) -> None:
    """Let an entry stand as if a decision had not moved it: from its day on as before, and then as it went on since."""
    wanted = select(EntryVersion).where(EntryVersion.registration_id == registration.id)
    lines = list(await work.session.exec(wanted.order_by(col(EntryVersion.seq))))
    at = next((n for n, line in enumerate(lines) if n and line.decision_id == decision.id), None)
    if at is None:
        return
    before, undone = lines[at - 1], lines[at]
    later = [line for line in lines[at + 1 :] if line.decision_id != decision.id]  # it may have worked twice
    for line, day in [(before, undone.holds_from), *((line, line.holds_from) for line in later)]:
        says = {name: getattr(line, name) for name in KEPT}
        for name, value in says.items():
            setattr(registration, name, value)
        facts = {name: value for name, value in says.items() if name not in {"title", "status"}}
        work.log("registration:restore", registration, status=line.status.value, holds_from=day, **facts)
        await keep(work, [(registration, day)], "restore")
        await work.flush()
    await show(work, registration)


async def stand_meanwhile(work: Work, registration: Registration, decision: Decision) -> None:
    """Let an entry stand from today as before a decision that is suspended, and as time left it."""
    wanted = select(EntryVersion).where(EntryVersion.registration_id == registration.id)
    lines = list(await work.session.exec(wanted.order_by(col(EntryVersion.seq))))
    at = next((n for n, line in enumerate(lines) if n and line.decision_id == decision.id), None)
    if at is None or registration.decision_id != decision.id:
        return
    for name in KEPT:
        setattr(registration, name, getattr(lines[at - 1], name))
    over = registration.due_on is not None and registration.due_on < work.today
    if over and REGISTRATION.may(registration.status, Event.PASS_DUE_DATE):
        registration.status = REGISTRATION.after(registration.status, Event.PASS_DUE_DATE)
    facts = {name: getattr(registration, name) for name in KEPT if name not in {"title", "status"}}
    work.log("registration:restore", registration, status=registration.status.value, holds_from=work.today, **facts)
    await keep(work, [(registration, work.today)], "restore")
    await show(work, registration)


async def keep(work: Work, moved: Sequence[tuple[Registration, date]], event: str) -> None:
    """Add what entries now say, each from its day, to their history (register.history reads it)."""
    ids = [registration.id for registration, _ in moved]
    counted = select(EntryVersion.registration_id, sa.func.max(EntryVersion.seq))
    counted = counted.where(col(EntryVersion.registration_id).in_(ids)).group_by(col(EntryVersion.registration_id))
    last: dict[UUID, int] = dict((await work.session.exec(counted)).all())
    for registration, day in moved:
        work.add(
            EntryVersion(
                registration_id=registration.id,
                seq=last.get(registration.id, 0) + 1,
                event=event,
                holds_from=day,
                recorded_at=work.now,
                **{name: getattr(registration, name) for name in KEPT},
            )
        )


async def show(work: Work, *registrations: Registration) -> None:
    """Write the public faces of entries as they now are."""
    ids = {registration.person_id for registration in registrations}
    persons = {person.id: person for person in await people.persons(work.session, ids)}
    posts = {person_id: shown_post(held, work.today) for person_id, held in (await queries.posts_of(work, ids)).items()}
    names = await names_of_posts(work, posts)
    faces = await queries.faces_of(work, ids)
    been = await queries.been(work.session, [registration.id for registration in registrations], PUBLIC)
    for registration in registrations:
        person_id = registration.person_id
        here = names.get(person_id, NOWHERE)
        values = public_values(registration, persons[person_id], *here, been=registration.id in been)
        shown = faces.get((person_id, registration.register_code))
        if values is None:
            if shown is not None:
                await work.session.delete(shown)
        elif shown is None:
            work.add(PublicEntry(**values))
        else:
            for name, value in values.items():
                setattr(shown, name, value)


async def show_person(work: Work, person_id: UUID) -> None:
    """Let every public face of a person follow what changed about them."""
    await work.flush()
    await show(work, *await work.session.exec(select(Registration).where(Registration.person_id == person_id)))


async def withhold(work: Work, registration: Registration, withheld: bool) -> None:
    """Take an entry out of the sight of the public, or bring it back (AVG 18, 21)."""
    if bool(registration.withheld) == withheld:
        return
    registration.withheld = withheld or None
    await work.flush()
    work.log("registration:withhold" if withheld else "registration:publish", registration)
    await show(work, registration)


def shown_post(posts: Sequence[Appointment], on: date) -> Appointment | None:
    """The post that the public sees on a day: the latest that has not ended; its last day still counts."""
    return next((post for post in posts if post.ended_on is None or post.ended_on >= on), None)


async def names_of_posts(work: Work, posts: Mapping[UUID, Appointment | None]) -> dict[UUID, tuple[str, str, str]]:
    """Board, school and town of each person's post, as DUO names them; nobody without a place."""
    placed = {person_id: post for person_id, post in posts.items() if post is not None and post.location_code}
    boards = await schools.boards_by_number(work, {post.board_number for post in placed.values()})
    locations = await schools.locations_by_code(work, {post.location_code for post in placed.values()})
    found = {}
    for person_id, post in placed.items():
        board, location = boards[post.board_number], locations[post.location_code]
        found[person_id] = (board.name or board.number, location.name, location.town or location.municipality or "")
    return found


def public_values(
    registration: Registration, person: Person, board: str, school: str, town: str, *, been: bool
) -> dict[str, Any] | None:
    """What everybody may know of an entry, or None when nothing is shown (Choices: public entry).

    `been`: whether it ever was public. Until then it is there for who employs somebody, hidden from everybody else.
    Leaders: name, number, title and predicate, status, valid until, board. Teachers: name, number, school and town,
    registered or not.
    """
    says = standing(registration.register_code, registration)
    if says is None:
        return None
    teacher = registration.register_code is Register.TEACHERS
    name = person.full_name()
    return {
        "register_number": person.register_number,
        "register_code": registration.register_code,
        "person_id": person.id,
        "name": name,
        "name_key": person.filed_as(),
        **says,
        "board": "" if teacher else board,
        "school": school if teacher else "",
        "town": town if teacher else "",
        "hidden": person.hidden or bool(registration.withheld) or not is_public(registration.status, been),
    }


def is_public(status: Status, been: bool) -> bool:
    """Whether everybody may see an entry; `been`, whether it ever was in training, registered or lapsed."""
    return status in PUBLIC or (been and status in _PUBLIC_AFTER)


def public_standing(register: Register, says: EntryVersion, lines: Iterable[EntryVersion]) -> dict[str, Any] | None:
    """What everybody may know of how an entry stood, or None; `lines` are its whole history until then."""
    return standing(register, says) if is_public(says.status, any(line.status in PUBLIC for line in lines)) else None


def standing(register: Register, says: Registration | EntryVersion) -> dict[str, Any] | None:
    """How an entry stands or stood, as it is shown: of a teacher only whether they are registered."""
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


async def follow_places(work: Work, on: date | None = None) -> int:
    """Show the posts of a day, with boards and schools as DUO names them now; how many entries changed.

    For after an import of places, and for every day: a post may end on a day that was known before.
    """
    order = (col(Appointment.appointed_on).desc(), col(Appointment.id).desc())
    latest: Any = sa.func.row_number().over(partition_by=col(Appointment.person_id), order_by=order).label("place")
    held = select(Appointment.person_id, Appointment.board_number, Appointment.location_code, latest)
    last_day = col(Appointment.ended_on)
    posts = held.where(or_(last_day.is_(None), last_day >= (on or work.today))).subquery()
    teacher = col(PublicEntry.register_code) == Register.TEACHERS
    board = sa.func.coalesce(sa.func.nullif(Board.name, ""), Board.number, "")
    school = sa.func.coalesce(Location.name, "")
    town = sa.func.coalesce(sa.func.nullif(Location.town, ""), sa.func.nullif(Location.municipality, ""), "")
    wanted = (
        select(PublicEntry, Board, Location)
        .outerjoin(posts, and_(posts.c.person_id == PublicEntry.person_id, posts.c.place == 1))
        .outerjoin(Location, col(Location.code) == posts.c.location_code)
        .outerjoin(Board, and_(col(Board.number) == posts.c.board_number, col(Location.code).is_not(None)))
        .where(
            or_(
                and_(~teacher, PublicEntry.board != board),
                and_(teacher, or_(PublicEntry.school != school, PublicEntry.town != town)),
            )
        )
    )
    rows = (await work.session.exec(wanted)).all()
    for shown, at, where in rows:
        if shown.register_code is Register.TEACHERS:
            shown.school, shown.town = (where.name, where.town or where.municipality or "") if where else ("", "")
        else:
            shown.board = (at.name or at.number) if at else ""
    return len(rows)


async def registration_of(work: Work, person_id: UUID, register: Register) -> Registration | None:
    """The entry of a person in a register, or None."""
    wanted = select(Registration).where(Registration.person_id == person_id, Registration.register_code == register)
    return (await work.session.exec(wanted)).one_or_none()
