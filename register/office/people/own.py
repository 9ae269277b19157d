"""What people change themselves: name, address, consent, posts; the public entry follows in the same transaction."""

from datetime import date
from uuid import UUID

from auth import persons, queries
from auth.actor import person_of
from auth.schemas import NewDetails, NewName
from core.errors import Invalid, NotFound, Refused
from core.store.work import Work
from register.entries.enrolment import LEADERS, appoint, full_code
from register.entries.entry import show_person
from register.entries.models import Appointment
from register.office.people.schemas import NewAppointment
from register.office.renaming import service as renaming
from register.rules.assessment.facts import Role
from register.schools import queries as schools


async def rename(work: Work, new: NewName) -> None:
    """Change one's name, as somebody who was never registered; Refused("name-needs-request") for anybody else."""
    person = await queries.person(work.session, person_of(work.actor))
    work.expect(person)
    if await renaming.must_ask(work, person.id):
        raise Refused("name-needs-request")
    if await persons.rename(work, person, new):
        await show_person(work, person.id)


async def change_details(work: Work, new: NewDetails) -> None:
    """Change one's address and telephone, and give or withdraw consent to the message box."""
    person = await queries.person(work.session, person_of(work.actor))
    work.expect(person)
    await persons.change_details(work, person, new)


async def add_appointment(work: Work, new: NewAppointment) -> Appointment:
    """Note another post.

    Invalid: `school-missing`, those of `schools.require_place`, `not-eligible` (art. 1(16)).
    """
    if new.role in LEADERS and new.statutory_director and new.employer_responsibility:
        raise Invalid("not-eligible", [("statutory_director", "not-eligible")])
    code = full_code(new.location_code) if new.location_code else ""
    if code:
        await schools.require_place(work, code, work.today, new.board_number)
    elif not new.stated_place:
        raise Invalid("invalid-input", [("location_code", "school-missing")])
    if code and not new.board_number:
        raise Invalid("invalid-input", [("board_number", "field-missing")])
    row = await appoint(
        work,
        person_of(work.actor),
        board_number=new.board_number or "" if code else "",
        location_code=code,
        role=Role(new.role),
        appointed_on=new.appointed_on,
        statutory_director=new.statutory_director,
        employer_responsibility=new.employer_responsibility,
        stated_place="" if code else new.stated_place,
    )
    await show_person(work, row.person_id)
    return row


async def end_appointment(work: Work, id: UUID, ended_on: date) -> Appointment:
    """Note the last day in a post. Refused("ended-already"); Invalid: `ends-before-it-began`, `ends-later`."""
    row = await work.session.get(Appointment, id)
    if row is None or row.person_id != person_of(work.actor):
        raise NotFound("no-such-appointment")
    work.expect(row)
    if row.ended_on is not None:
        raise Refused("ended-already")
    if ended_on < row.appointed_on:
        raise Invalid("invalid-input", [("ended_on", "ends-before-it-began")])
    if ended_on > work.today:
        raise Invalid("invalid-input", [("ended_on", "ends-later")])
    row.ended_on = ended_on
    await work.flush()
    work.log("appointment:end", row, ended_on=ended_on)
    await show_person(work, row.person_id)
    return row
