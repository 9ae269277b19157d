"""What was true on a day as we know it now, and what we said on a day as it was recorded then."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from auth import selves
from auth.actor import Actor
from core.clock import AMSTERDAM
from core.law.days import next_day
from core.records import filled
from core.store.work import Work
from register.entries.entry import REGISTERED_NOW, public_standing
from register.entries.history import queries
from register.entries.history.policy import Stretch, as_of, require_past, stretches
from register.entries.history.schemas import HistoryView, PublicStanding, StandingOnDay, StandingView
from register.entries.models import EntryVersion, Registration
from register.entries.policy import Register, Status


async def history(work: Work, registration_id: UUID, recorded_on: date | None) -> HistoryView:
    """The history of an entry, as far as recorded on a day (today unless told); a look by another leaves a trace."""
    entry = await _read(work, registration_id, "registration:history")
    known_on = require_past(recorded_on or work.today, work.today)
    lines = await queries.lines(work, entry.id)
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
    register_number = await selves.number_after_merge(work.session, register_number) or register_number
    by_register: dict[Register, list[EntryVersion]] = {}
    for register, line in await queries.public_lines(work, register_number, on):
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
    entry = await queries.entry(work, registration_id)
    if not isinstance(work.actor, Actor) or work.actor.person_id != entry.person_id:
        work.looked(action, stream=entry.stream(), registration=str(entry.id))
    return entry


def _view(stretch: Stretch[EntryVersion]) -> StandingView:
    line = stretch.line
    return filled(StandingView, line, from_on=stretch.from_on, until_on=stretch.until_on)
