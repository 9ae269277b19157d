"""What the office does for people: find, hide, note a death, and find the school that somebody meant."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from auth import help, persons, queries
from auth.actor import person_of
from core import agenda, panel
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.work import Work
from register.decisions import announcing
from register.people.policy import HidingGround
from register.people.schemas import FoundPlace
from register.registration.enrolment import full_code
from register.registration.entry import move, show_person
from register.registration.models import Application, Appointment, Registration
from register.registration.policy import APPLICATION, REGISTRATION, ApplicationEvent, Event
from register.schools import queries as schools

MOST = 50


async def find(work: Work, text: str) -> Sequence[persons.Person]:
    """Persons by number, e-mail or family name; the search itself leaves a line, without what was typed."""
    found = await persons.find(work, text, MOST)
    work.looked("person:find", found=len(found))
    return found


async def read(work: Work, id: UUID) -> persons.Person:
    """Somebody's file; the look leaves a trace with them."""
    person = await queries.person(work.session, id)
    if person.id != person_of(work.actor):
        work.looked("person:read", stream=person.stream())
    return person


async def _to_change(work: Work, id: UUID) -> persons.Person:
    person = await queries.person(work.session, id)
    if person.id == person_of(work.actor):
        raise Forbidden("own-case")
    work.expect(person)
    return person


async def hide(work: Work, id: UUID, ground: HidingGround | None) -> persons.Person:
    """Take somebody at risk out of the public search, or put them back with None; who and why stay in the trail."""
    person = await _to_change(work, id)
    persons.hide(work, person, ground.value if ground else "")
    await show_person(work, person.id)
    return person


async def send_link(work: Work, id: UUID) -> None:
    """Have a link mailed with which somebody chooses a new password. NotFound("no-such-account")."""
    await _to_change(work, id)
    await help.send_link(work, id)


async def end_sessions(work: Work, id: UUID) -> None:
    """End every session of somebody at once. NotFound("no-such-account")."""
    await _to_change(work, id)
    await help.end_sessions(work, id)


async def decease(work: Work, id: UUID, on: date) -> persons.Person:
    """Note a death: applications and entries end, nothing is sent any more, and the history stays.

    Invalid("deceased-later"); Refused("deceased").
    """
    person = await _to_change(work, id)
    if person.deceased_on is not None:
        raise Refused("deceased")
    if on > work.today:
        raise Invalid("invalid-input", [("deceased_on", "deceased-later")])
    await persons.decease(work, person, on)
    await _end_applications(work, person.id)
    wanted = select(Registration).where(Registration.person_id == person.id).order_by(col(Registration.id))
    for row in (await work.session.exec(wanted)).all():
        if REGISTRATION.may(row.status, Event.DEREGISTER):
            row.duty_overdue = False
            await move(work, row, Event.DEREGISTER)
            work.log("registration:ground", row, ground="deceased")
    await announcing.cancel_all(work, person.id)
    return person


async def _end_applications(work: Work, person_id: UUID) -> None:
    """Nobody is left to decide for; a decision that was taken already stays as it is, and is sent to nobody."""
    wanted = select(Application).where(Application.person_id == person_id).order_by(col(Application.id))
    for row in (await work.session.exec(wanted)).all():
        if APPLICATION.may(row.state, ApplicationEvent.WITHDRAW):
            row.state = APPLICATION.after(row.state, ApplicationEvent.WITHDRAW)
            work.log("application:withdraw", row, ground="deceased")
            await panel.remove_case(work, row.id)
            await agenda.done(work, row.id)


async def post_of(work: Work, person_id: UUID, id: UUID) -> Appointment:
    """One post of somebody, for the office; NotFound("no-such-appointment"). The look leaves a trace with them."""
    row = await work.session.get(Appointment, id)
    if row is None or row.person_id != person_id:
        raise NotFound("no-such-appointment")
    await read(work, person_id)
    return row


async def find_place(work: Work, id: UUID, found: FoundPlace) -> Appointment:
    """Put the school that somebody meant in the place of its words. NotFound("no-such-appointment")."""
    row = await work.session.get(Appointment, id)
    if row is None:
        raise NotFound("no-such-appointment")
    if row.person_id == person_of(work.actor):
        raise Forbidden("own-case")
    work.expect(row)
    code = full_code(found.location_code)
    await schools.require_place(work, code, work.today, found.board_number)
    row.board_number, row.location_code = found.board_number, code
    await work.flush()
    work.log("appointment:find-place", row, board=row.board_number, location=code)
    await show_person(work, row.person_id)
    return row
