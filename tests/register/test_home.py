"""Mijn register: the one thing to do now, with its day, and what became of everything that was asked."""

from datetime import date

from register.chores import sweep
from tests.builders import House, a_leader
from tests.journeys.disputing import object_to, refused_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import Browser, signed_in


async def at_home(house: House, on: date, who: str = "leo") -> Browser:
    """Somebody at Mijn register on a day."""
    house.on(on)
    one = await signed_in(house, who)
    await one.open("/mijn")
    return one


async def test_after_a_refusal_comes_its_reading_until_the_last_day_or_until_who_objected(house: House):
    await a_leader(house.world, "leo")
    refusal = await refused_leader(house, "leo")  # made known on 12 September 2024: six weeks end on 24 October

    one = await at_home(house, date(2024, 10, 24))
    assert "Lees het besluit: geweigerd" in one.text
    assert one.text.count("U kunt bezwaar maken tot en met donderdag 24 oktober 2024.") == 2  # above, and in the list
    one = await at_home(house, date(2024, 10, 25))
    assert "Vraag uw registratie aan" in one.text
    assert "bezwaar maken" not in one.text
    house.on(date(2024, 10, 24))
    await object_to(await house.client("leo"), refusal["number"])
    one = await at_home(house, date(2024, 10, 24))

    assert "Vraag uw registratie aan" in one.text
    assert "U hebt bezwaar gemaakt. Wij ontvingen het op 24 oktober 2024." in one.text


async def test_near_the_end_the_portfolio_comes_first_and_under_conditions_the_day_of_the_committee(house: House):
    """Due on 12 September 2029: advised by 12 July, under conditions until six months after, 12 March 2030."""
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    await decide(house, file, "for", {"reasons": "In orde."})

    one = await at_home(house, date(2029, 1, 11))
    assert "Er ontbreekt nog iets voor de volgende herregistratie." in one.text
    one = await at_home(house, date(2029, 1, 12))
    assert "Nog nodig: Punten: nog 60." in one.text
    assert "Doe dit uiterlijk op 12 juli 2029." in one.text
    assert "Vraag dan uitstel aan." in one.text
    await sweep(house.means, date(2029, 9, 13))
    one = await at_home(house, date(2029, 9, 13))

    assert "Doe dit uiterlijk op 12 maart 2030." in one.text
    assert "kan de commissie uw registratie laten vervallen" in one.text
    assert "Vraag dan uitstel aan." not in one.text  # once the day has passed nobody postpones it


async def test_what_must_be_completed_is_asked_for_with_its_day(house: House):
    house.on(date(2024, 9, 12))
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    secretary = await house.client("secretaris")
    asked = await secretary.move(f"/applications/{file}", "completion-request", {"items": ["programme"]})

    one = await at_home(house, date(2024, 9, 12))

    assert asked.json()["completion"]["until_on"] == "2024-09-26"
    assert "Vul uw aanvraag aan" in one.text
    assert "Doe dit uiterlijk op 26 september 2024." in one.text
