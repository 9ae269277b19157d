"""A line that changed in the other system since it was taken over: stored where nobody changed it here meanwhile."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth import imported_persons
from auth import queries as people
from core.store.bulk import whole
from core.store.work import Work
from register.entries.entry import show
from register.entries.models import Appointment, EntryVersion, Registration
from register.office.imports.building import EVENT, KNOWN_BEFORE, an_appointment, credits, history, stood
from register.office.imports.models import TakenOver
from register.office.imports.policy import WITH_PERIOD, BadRow
from register.office.imports.rows import TakenRow
from register.portfolio import books
from register.portfolio.models import PortfolioEntry, PortfolioPeriod
from register.portfolio.policy import ENTRY, EntryEvent


async def update(work: Work, taken: TakenOver, row: TakenRow, content: str) -> Sequence[UUID]:
    """Store what a line says now; the entries of the portfolio that it stands for.

    BadRow("changed-here-since") where person, entry or credits were changed here, or the person has an account;
    BadRow("application-differs") for a request, which is dealt with here from the moment it is taken over.
    """
    person: Any = await people.person(work.session, taken.person_id)
    registration = await work.session.get_one(Registration, taken.registration_id)
    earned = await _earned(work, taken)
    await _require_untouched(work, taken, person, registration, earned)
    running = row.entry.running and [row.entry.running.kind.value, row.entry.running.route.value]
    before = taken.stood["running"] and taken.stood["running"][:2]
    if running != before:
        raise BadRow("application-differs", "application")
    ours = taken.stood["versions"]["person"] != KNOWN_BEFORE
    for name, value in row.person.model_dump().items() if ours else ():
        setattr(person, name, value)
    if work.session.is_modified(person):
        work.log("person:import", person)
    if row.post:
        await _post(work, person.id, row)
    await _stands(work, registration, row)
    entries = await _credits(work, registration, earned, row)
    await work.flush()
    await show(work, registration)
    taken.content, taken.stored_at, taken.version = content, work.now, taken.version + 1
    version = person.version if ours else KNOWN_BEFORE
    taken.stood = {**stood(registration, version, entries, row.entry), "first": taken.stood["first"]}
    return [each.id for each in entries]


async def _earned(work: Work, taken: TakenOver) -> Sequence[PortfolioEntry]:
    ids = [UUID(id) for id in taken.stood["credits"]]
    wanted = select(PortfolioEntry).where(col(PortfolioEntry.id).in_(ids)).order_by(col(PortfolioEntry.id))
    return (await work.session.exec(wanted)).all()


async def _require_untouched(
    work: Work, taken: TakenOver, person: Any, registration: Registration, earned: Sequence[PortfolioEntry]
) -> None:
    versions = taken.stood["versions"]
    touched = registration.version != versions["registration"]
    touched |= versions["person"] not in {KNOWN_BEFORE, person.version}
    touched |= {str(each.id): each.version for each in earned} != taken.stood["credits"]
    if touched or await imported_persons.has_account(work.session, person.id):
        raise BadRow("changed-here-since")


async def _post(work: Work, person_id: UUID, row: TakenRow) -> None:
    assert row.post
    new = whole(an_appointment(person_id, row.post))
    wanted = select(Appointment).where(
        Appointment.person_id == person_id,
        Appointment.board_number == new.board_number,
        Appointment.location_code == new.location_code,
        Appointment.role == new.role,
        Appointment.appointed_on == new.appointed_on,
    )
    if (await work.session.exec(wanted)).first() is None:
        work.add(new)
        await work.flush()
        work.log("appointment:import", new, board=new.board_number, location=new.location_code)


async def _stands(work: Work, registration: Registration, row: TakenRow) -> None:
    """The entry as it now stands, and its history once more: later lines take the place of the earlier ones."""
    entry, now = row.entry, row.entry.stands[-1]
    registration.status, registration.title, registration.level = now.status, now.title, now.level
    registration.registered_on, registration.due_on = entry.registered_on, entry.due_on
    registration.period_began_on = entry.period_began_on
    last = select(sa.func.max(EntryVersion.seq)).where(EntryVersion.registration_id == registration.id)
    lines = history(work, registration, entry, after=(await work.session.exec(last)).one() or 0)
    days = {name: getattr(entry, name) for name in ("registered_on", "period_began_on", "due_on")}
    for line in lines:
        work.add(whole(line))
        says = {"status": line.status.value, "level": line.level, "holds_from": line.holds_from, **days}
        work.log(f"registration:{EVENT}", registration, **says)
    await work.flush()


async def _credits(
    work: Work, registration: Registration, earned: Sequence[PortfolioEntry], row: TakenRow
) -> Sequence[PortfolioEntry]:
    """The running period and what was earned in it; what is no longer there is taken back in the ledger."""
    entry = row.entry
    if entry.stands[-1].status in WITH_PERIOD and entry.period_began_on and entry.due_on:
        wanted = select(PortfolioPeriod).where(PortfolioPeriod.registration_id == registration.id)
        period = (await work.session.exec(wanted)).first()
        if period is None:
            await books.open_period(work, registration, entry.period_began_on, entry.due_on)
        elif (period.began_on, period.due_on) != (entry.period_began_on, entry.due_on):
            period.began_on, period.due_on = entry.period_began_on, entry.due_on
            work.log("period:import", period, began_on=period.began_on, due_on=period.due_on)
    kept = []
    for stands, new in zip_longest(earned, map(whole, credits(work, registration, entry) if entry.credits else ())):
        if stands is None:
            work.add(new)
            kept.append(new)
        elif new is None:
            stands.state = ENTRY.after(stands.state, EntryEvent.REVOKE)
        else:
            stands.points, stands.hundredths, stands.category = new.points, new.hundredths, new.category
            stands.done_on = new.done_on
            kept.append(stands)
        await work.flush()
        work.log("entry:import", stands or new, points=(new or stands).points if new else 0)
    await books.settle(work, registration.id)
    return kept
