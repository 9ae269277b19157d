"""Enrolling (inschrijving): an account with the data of art. 5(2), a post, and a place in a register. No title yet."""

from datetime import date
from uuid import UUID

from auth import addresses
from auth import queries as people
from auth import service as auth
from core.errors import Invalid
from core.store.work import Work
from register.entries.entry import keep, show
from register.entries.models import Appointment, Registration
from register.entries.policy import Register
from register.entries.schemas import NewEnrolment
from register.rules.assessment.facts import Role
from register.schools import queries as schools

LEADERS = frozenset({Role.DIRECTOR, Role.DEPUTY})
MAIN_LOCATION = "00"


async def enrol(work: Work, new: NewEnrolment) -> Registration | None:
    """Open an account and put the person in a register as enrolled; None when the address had an account already.

    Invalid: `unknown-brin`, `closed-location`, `unknown-board`, `location-not-of-board`, `role-not-in-register`,
    `not-eligible` (a statutory director who carries employer responsibility, art. 1(16)), and those of the password.
    """
    await require_place(work, new)
    if (new.register_code is Register.TEACHERS) == (new.role in LEADERS):
        raise Invalid("invalid-input", [("role", "role-not-in-register")])
    if new.role in LEADERS and new.statutory_director and new.employer_responsibility:
        raise Invalid("not-eligible", [("statutory_director", "not-eligible")])
    person = await auth.add_person(work, new)
    if person is None:
        return None
    await appoint(
        work,
        person.id,
        board_number=new.board_number,
        location_code=full_code(new.location_code),
        role=new.role,
        appointed_on=new.appointed_on,
        statutory_director=new.statutory_director,
        employer_responsibility=new.employer_responsibility,
    )
    return await enter(work, person.id, new.register_code)


async def enrol_oneself(work: Work, new: NewEnrolment) -> None:
    """Enrol, and get a link to confirm the address. As `enrol`."""
    entry = await enrol(work, new)
    if entry is not None:
        account = await people.account_of(work.session, entry.person_id)
        addresses.ask_confirmation(work, account, account.email)


async def require_place(work: Work, new: NewEnrolment) -> None:
    """Hold board and school against DUO's table as it is today, not against their shape."""
    await schools.require_place(work, new.location_code, work.today, new.board_number)


def full_code(code: str) -> str:
    """A location code; a BRIN alone stands for its main location."""
    return code if len(code) > len("00AH") else code + MAIN_LOCATION


async def appoint(
    work: Work,
    person_id: UUID,
    *,
    board_number: str,
    location_code: str,
    role: Role,
    appointed_on: date,
    statutory_director: bool = False,
    employer_responsibility: bool = False,
    stated_place: str = "",
) -> Appointment:
    """Note a post of a person."""
    row = Appointment(
        person_id=person_id,
        board_number=board_number,
        location_code=location_code,
        role=role,
        appointed_on=appointed_on,
        statutory_director=statutory_director,
        employer_responsibility=employer_responsibility,
        stated_place=stated_place,
    )
    work.add(row)
    await work.flush()
    work.log("appointment:add", row, board=board_number, location=location_code, role=role.value)
    return row


async def enter(work: Work, person_id: UUID, register: Register) -> Registration:
    """Put a person in a register, enrolled (art. 5)."""
    row = Registration(person_id=person_id, register_code=register)
    work.add(row)
    await work.flush()
    work.log("registration:enrol", row, register=register.value, holds_from=work.today)
    await keep(work, [(row, work.today)], "enrol")
    await show(work, row)
    return row
