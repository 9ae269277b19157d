"""What the office does for people: find, hide, and find the school that somebody meant."""

from collections.abc import Sequence
from uuid import UUID

from auth import help, persons, queries
from auth.actor import person_of
from core.errors import Forbidden, NotFound
from core.store.work import Work
from register.entries.enrolment import full_code
from register.entries.entry import show_person
from register.entries.models import Appointment
from register.office.people.schemas import FoundPlace
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


async def send_link(work: Work, id: UUID) -> None:
    """Have a link mailed with which somebody chooses a new password. NotFound("no-such-account")."""
    await _to_change(work, id)
    await help.send_link(work, id)


async def invite(work: Work, id: UUID) -> None:
    """Open an account for who has none: a link, good once, goes to their address. Refused: as persons.invite."""
    await persons.invite(work, await _to_change(work, id))


async def end_sessions(work: Work, id: UUID) -> None:
    """End every session of somebody at once. NotFound("no-such-account")."""
    await _to_change(work, id)
    await help.end_sessions(work, id)


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
