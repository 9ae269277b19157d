"""Ten thousand rows with a mistake each, in a real database: none finds somebody else, nearly all their owner."""

import random

import pytest
import sqlalchemy as sa
from sqlmodel import select

from accreditation.attendance import inbox
from accreditation.attendance.models import Attendance
from accreditation.attendance.policy import Source, State
from accreditation.attendance.reading import Sent
from accreditation.attendance.receiving import receive
from accreditation.attendance.schemas import NewClaim
from auth.actor import Actor
from auth.models import Person
from auth.numbers import draw
from auth.permissions import Role
from core.errors import Problem
from core.store.db import new_id, new_salt
from core.store.work import Work
from tests.accreditation.attendance.given import given
from tests.accreditation.attendance.test_matching import FAMILY, GIVEN, mistaken
from tests.builders import House

PEOPLE = 10_000
ASKED = 1_000
"""So many of them open the inbox; the others wait."""
pytestmark = [pytest.mark.long, pytest.mark.parametrize("house", ["sqlite"], indirect=True)]


async def a_crowd(house: House, drawn: random.Random) -> dict[str, Person]:
    """People with a number, and names of which many have the same."""
    numbers = list({draw(drawn.randrange): None for _ in range(PEOPLE + 100)})[:PEOPLE]
    base = {**dict.fromkeys(("address", "town", "email", "telephone"), "x"), "prefix": "", "postcode": "3511AA"}

    async def deed(work: Work) -> None:
        flags = {"version": 1, "message_box": True, "hidden": False, "enrolled_at": work.now}
        rows = [
            {
                **base,
                **flags,
                "id": new_id(),
                "salt": new_salt(),
                "register_number": number,
                "given_name": drawn.choice(GIVEN),
                "family_name": drawn.choice(FAMILY),
            }
            for number in numbers
        ]
        await (await work.session.connection()).execute(sa.insert(Person.__table__), rows)  # type: ignore[attr-defined]

    await house.system(deed)
    async with house.means.database.reading() as session:
        found = await session.exec(select(Person).where(Person.address == "x"))
        return {person.register_number: person for person in found}


async def test_of_ten_thousand_mistakes_none_finds_somebody_else_and_nearly_all_their_owner(house):
    drawn = random.Random(11)
    made = await given(house, capacity=PEOPLE)
    crowd = list((await a_crowd(house, drawn)).values())
    said = [
        mistaken(drawn, at % 3, one.register_number, one.given_name, one.family_name) for at, one in enumerate(crowd)
    ]
    sent = [Sent(line, number, name, run_id=str(made.run)) for line, (number, name) in enumerate(said, 1)]

    await house.system(lambda work: receive(work, made.provider, Source.API, sent))

    meant = {line: person.id for line, person in enumerate(crowd, 1)}
    async with house.means.database.reading() as session:
        rows = {row.line: row for row in await session.exec(select(Attendance))}
    assert [row.line for row in rows.values() if row.person_id not in {None, meant[row.line]}] == []
    right = 0
    for at in drawn.sample(range(PEOPLE), ASKED):
        person, row = crowd[at], rows.get(at + 1)
        if row is not None and row.state is State.UNMATCHED:
            await _look(house, person, said[at])
        async with house.means.database.reading() as session:
            found = await session.exec(select(Attendance).where(Attendance.person_id == person.id))
            right += [one.line for one in found] == [at + 1]
    print(f"\n{right} of {ASKED} have their own row and no other")
    assert right >= 0.95 * ASKED


async def _look(house: House, person: Person, said: tuple[str, str]) -> None:
    """Somebody takes what is offered to them, else says what they know of it."""
    actor = Actor.of(person.id, new_id(), new_id(), [Role.PROFESSIONAL], frozenset())

    async def deed(work: Work) -> None:
        offered = await inbox.suggestions(work)
        own = next((one for one in offered if (one.sent_number, one.sent_name) == said), None)
        if own is not None:
            await inbox.claim_suggested(work, own.id)
            return
        number, name = said
        new = NewClaim(course="Leiden met moed", ended_on="2024-09-03", sent_number=number, sent_name=name)
        await inbox.claim(work, new)

    try:
        await house.means.do(actor, deed)
    except Problem as problem:
        print(problem.code, said, person.register_number, person.given_name, person.family_name)
