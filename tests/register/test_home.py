"""Mijn register: the one thing to do now, with its day, and what became of everything that was asked."""

from datetime import date

import pytest

from accreditation.offer import service as offer
from auth.permissions import Role
from core.store.work import Work
from register.applications.following import forecast_in_words
from register.applications.forecast import of_days
from register.service import home
from register.service.sweep import sweep
from tests.builders import House, a_leader
from tests.journeys.disputing import object_to, refused_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import Browser, browser, signed_in


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
    assert "Doe dit liefst vóór 12 juli 2029." in one.text
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


async def test_who_waits_for_a_registration_is_not_asked_to_apply_again(house: House):
    await a_leader(house.world, "leo")
    await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    one = await signed_in(house, "leo")

    await one.open("/mijn/portfolio")

    assert "Uw aanvraag loopt." in one.text
    assert "/mijn/aanvragen/nieuw" not in one.page.text


async def test_a_town_in_the_box_for_a_name_finds_its_schools(house: House):
    one = browser(house)

    await one.open("/inschrijven/scholen?q=zwolle")
    assert "Basisschool De Één" in one.text
    await one.open("/inschrijven/scholen?q=nergenshuizen")

    assert "Staat uw school er niet bij?" in one.text
    assert "mailto:bureau@beroepsregisters.example" in one.page.text


async def test_a_concern_finds_its_way_and_says_for_what_somebody_is_struck_off(house: House):
    one = browser(house)

    await one.open("/zorgen")

    assert "Het bewijsstuk is vals of veranderd." in one.text
    assert "mailto:bureau@beroepsregisters.example" in one.page.text
    assert "Naar Mijn cursussen" in one.text


async def test_a_concern_leads_nobody_to_a_room_that_is_closed_to_them(house: House):
    office = await signed_in(house, "bureau")

    await office.open("/zorgen")

    assert "Naar Mijn gegevens" in office.text
    assert "Naar Mijn cursussen" not in office.text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([0] * 5, "De laatste 5 dossiers kregen hun besluit op de dag zelf."),
        ([7] * 5, "De laatste 5 dossiers duurden 7 dagen. Dan komt het besluit rond 8 september 2024."),
        ([1, 2, 3, 4, 5], "De laatste 5 dossiers duurden meestal 3 dagen (van 1 tot 5). Dan komt het besluit rond 4"),
        ([1, 2], ""),
    ],
)
def test_a_forecast_says_no_more_than_it_knows(days: list[int], said: str):
    told = forecast_in_words(of_days(days, date(2024, 9, 1), date(2024, 9, 2)))

    assert told.startswith(said) if said else told == ""


async def test_what_is_accredited_is_found_by_anybody_with_or_without_a_date(house: House):
    one = browser(house)

    await one.open("/opleidingen?q=VAKBEKWAAM+academie")
    assert "Schoolleider vakbekwaam" in one.text
    assert "1 september 2018 tot en met 31 augustus 2024" in one.text
    await one.open("/opleidingen?q=zzz")

    assert "Niets gevonden" in one.text


async def test_who_sees_everybodys_files_finds_their_own_at_home(house: House, monkeypatch: pytest.MonkeyPatch):
    """A secretary who leads a school: the first files that they may see are somebody else's."""
    monkeypatch.setattr(home, "READ", 1)
    await a_leader(house.world, "ander")
    await apply(await house.client("ander"), an_application(), a_diploma("2024-08-31"))
    await a_leader(house.world, "sanne", also=Role.SECRETARY)
    await apply(await house.client("sanne"), an_application(), a_diploma("2024-08-31"))
    mine = (await (await house.client("sanne")).get("/applications")).json()["items"][-1]["id"]

    one = await at_home(house, date(2024, 9, 13), "sanne")

    assert f"/mijn/aanvragen/{mine}" in one.page.text


async def test_a_programme_is_found_whatever_its_accents_and_a_course_is_not_among_them(house: House):
    async def deed(work: Work) -> None:
        days = {"from_on": date(2018, 9, 1), "until_on": date(2030, 8, 31)}
        for code, kind, name, provider in (
            ("COO", "programme", "Coördinator taal – ‘Łezen’", "Hogeschool Curaçao"),
            ("CUR", "course", "Cursus coördineren", "Academie Één"),
        ):
            more = {"kind": kind, "name": name, "provider": provider, "ects": 30}
            await offer.accredit(work, code, "schoolleiders-po", **more, **days)

    await house.system(deed)
    one = browser(house)
    for words in ("coordinator", "COÖRDINATOR", "curacao", "Lezen coordinator", "co%C3%B6rdinator+hogeschool"):
        await one.open(f"/opleidingen?q={words}")
        assert "Coördinator taal" in one.text, words
        assert "Cursus coördineren" not in one.text, words
    await one.open("/opleidingen")

    assert "Coördinator taal" in one.text
    assert "Academie Één" not in one.text
