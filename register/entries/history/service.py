"""What was true on a day as we know it now, and what we said on a day as it was recorded then."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from sqlmodel import and_, col, select

from auth import merged_persons
from auth.actor import Actor
from auth.permissions import Permission
from core.clock import AMSTERDAM
from core.errors import NotFound
from core.law.days import next_day
from core.records import filled
from core.store.work import Work
from register.entries.entry import REGISTERED_NOW, public_standing
from register.entries.history.policy import Stretch, as_of, require_past, stretches
from register.entries.history.schemas import HistoryView, PublicStanding, StandingOnDay, StandingView
from register.entries.models import EntryVersion, PublicEntry, Registration
from register.entries.policy import Register, Status


async def entry_of(work: Work, id: UUID) -> Registration:
    """An entry of who asks, or any for who may read histories; NotFound("no-such-registration") otherwise."""
    wanted = select(Registration).where(Registration.id == id)
    if isinstance(work.actor, Actor) and not work.actor.can(Permission.HISTORY_READ):
        wanted = wanted.where(Registration.person_id == work.actor.person_id)
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-registration")
    return found


async def lines_of(work: Work, registration_id: UUID) -> Sequence[EntryVersion]:
    """Every line of a history, as it was written."""
    wanted = select(EntryVersion).where(EntryVersion.registration_id == registration_id)
    return (await work.session.exec(wanted.order_by(col(EntryVersion.seq)))).all()


async def public_lines(work: Work, register_number: str, on: date) -> Sequence[tuple[Register, EntryVersion]]:
    """What was written about the entries that everybody may see now, as far as it holds on a day; oldest first.

    NotFound("no-such-entry") for who is not in the register, is hidden, or has left it.
    """
    shown = select(PublicEntry.person_id, PublicEntry.register_code).where(
        PublicEntry.register_number == register_number, col(PublicEntry.hidden).is_(False)
    )
    seen = (await work.session.exec(shown)).all()
    if not seen:
        raise NotFound("no-such-entry")
    same = and_(
        col(Registration.person_id) == PublicEntry.person_id,
        col(Registration.register_code) == PublicEntry.register_code,
    )
    wanted = (
        select(PublicEntry.register_code, EntryVersion)
        .join(Registration, same)
        .join(EntryVersion, col(EntryVersion.registration_id) == Registration.id)
        .where(PublicEntry.register_number == register_number, col(PublicEntry.hidden).is_(False))
        .where(col(EntryVersion.holds_from) <= on)
        .order_by(col(PublicEntry.register_code), col(EntryVersion.seq))
    )
    return [(Register(register), line) for register, line in await work.session.exec(wanted)]


async def history(work: Work, registration_id: UUID, recorded_on: date | None) -> HistoryView:
    """The history of an entry, as far as recorded on a day (today unless told); a look by another leaves a trace."""
    entry = await _read(work, registration_id, "registration:history")
    known_on = require_past(recorded_on or work.today, work.today)
    lines = await lines_of(work, entry.id)
    return HistoryView(
        registration_id=entry.id,
        register_code=entry.register_code.value,
        recorded_on=known_on,
        standings=[_view(each) for each in stretches(lines, end_of(known_on))],
    )


async def standing(work: Work, registration_id: UUID, on: date, recorded_on: date | None) -> StandingOnDay:
    """How an entry stood on a day, as far as recorded on a day; Invalid("day-to-come")."""
    told = await history(work, registration_id, recorded_on)
    require_past(on, work.today)
    on_the_day = [each for each in told.standings if each.from_on <= on]
    return filled(StandingOnDay, told, on=on, standing=on_the_day[-1] if on_the_day else None)


async def public_standings(work: Work, register_number: str, on: date) -> Sequence[PublicStanding]:
    """What everybody may know of somebody on a day; Invalid("day-to-come"), NotFound("no-such-entry")."""
    require_past(on, work.today)
    register_number = await merged_persons.number_after_merge(work.session, register_number) or register_number
    by_register: dict[Register, list[EntryVersion]] = {}
    for register, line in await public_lines(work, register_number, on):
        by_register.setdefault(register, []).append(line)
    found = []
    for register, lines in by_register.items():
        held = as_of(lines, on)
        says = public_standing(register, held, lines) if held else None
        if says is not None:
            status = Status(says["status"])
            found.append(
                PublicStanding(
                    register_number=register_number,
                    register_code=register.value,
                    on=on,
                    status=status.value,
                    registered=status in REGISTERED_NOW,
                    title=says["title"],
                    level=says["level"],
                    valid_until=says["valid_until"],
                )
            )
    return found


def end_of(day: date) -> datetime:
    """The last instant of a legal day."""
    return datetime.combine(next_day(day), time(0), AMSTERDAM) - datetime.resolution


async def _read(work: Work, registration_id: UUID, action: str) -> Registration:
    entry = await entry_of(work, registration_id)
    if not isinstance(work.actor, Actor) or work.actor.person_id != entry.person_id:
        work.looked(action, stream=entry.stream(), registration=str(entry.id))
    return entry


def _view(stretch: Stretch[EntryVersion]) -> StandingView:
    line = stretch.line
    return filled(StandingView, line, from_on=stretch.from_on, until_on=stretch.until_on)
