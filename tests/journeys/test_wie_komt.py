"""People whom a form made for one country did not know: one name, an address abroad; and a name without accents."""

import json
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from auth.models import Person
from core.decisions import Decision
from register.entries.models import Registration
from register.notification.sending import _addressee
from tests.builders import PLACES, House
from tests.faults.files import problems
from tests.pages import browser

ENROLLED = {
    "register_code": "schoolleiders-po",
    "role": "director",
    "appointed_on": "1-8-2024",
    "board_number": PLACES[7].board_number,
    "location_code": PLACES[7].code,
    "telephone": "+32 475 12 34 56",
    "password": "vier losse woorden samen",
    "statement_true": "true",
    "statement_rules": "true",
}


async def enrol(house: House, **typed: str) -> str:
    """Enrol on the page; what the page then says."""
    one = browser(house)
    await one.open("/inschrijven")
    await one.send("/inschrijven", **{**ENROLLED, **typed})
    return one.text


async def person_of(house: House, email: str) -> Person:
    async with house.means.database.reading() as session:
        return (await session.exec(select(Person).where(Person.email == email))).one()


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [("Sukarno", "", "Sukarno"), ("", "Madonna", "Madonna"), ("An", "Peeters", "An Peeters")],
)
async def test_somebody_from_abroad_with_any_name_enrols_and_gets_post(house: House, given, family, name):
    house.on(date(2024, 9, 12))
    address = {"address": "Meir 1", "country": "BE", "postcode": "2000", "town": "Antwerpen"}

    await enrol(house, given_name=given, family_name=family, email="wie@voorbeeld.example", **address)

    person = await person_of(house, "wie@voorbeeld.example")
    assert person.full_name() == name
    assert (person.country, person.postcode) == ("BE", "2000")

    async def letter(work):
        entry = (await work.session.exec(select(Registration).where(Registration.person_id == person.id))).one()
        return await _addressee(work, Decision(person_id=entry.person_id))

    assert await house.system(letter) == (name, "Meir 1", "2000 Antwerpen", "BELGIË")
    office = await house.client("bureau")
    (found,) = (await office.get("/people", params={"q": name.split()[-1].lower()})).json()
    assert found["name"] == name
    file = (await office.get(f"/people/{found['id']}")).json()
    assert "None" not in str({key: value for key, value in file["profile"].items() if isinstance(value, str)})
    one = browser(house)
    await one.open("/inloggen")
    await one.send("/inloggen", email="wie@voorbeeld.example", password=ENROLLED["password"])
    taken = json.loads((await one.open("/mijn/bewaard/gegevens")).text)
    ((kept,),) = [rows for rows in found_in(taken, "person") if rows]
    assert (kept["given_name"], kept["family_name"], kept["country"], kept["postcode"]) == (given, family, "BE", "2000")
    assert await problems(house) == []


def found_in(told: object, name: str) -> list[Any]:
    """What stands under a name, however deep."""
    if not isinstance(told, dict):
        return []
    return [*([told[name]] if name in told else []), *(one for each in told.values() for one in found_in(each, name))]


async def test_at_home_the_postcode_is_dutch_and_nobody_is_without_a_name(house: House):
    home = {"address": "Dorpsstraat 1", "town": "Zwolle", "email": "wie@voorbeeld.example"}

    said = await enrol(house, given_name="An", family_name="Smit", country="NL", postcode="2000", **home)
    assert "vier cijfers en twee letters" in said
    said = await enrol(house, given_name="", family_name="", country="NL", postcode="8011 AA", **home)
    assert "ten minste een naam" in said
