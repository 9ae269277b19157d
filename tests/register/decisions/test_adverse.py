"""A decision against somebody: read and contested from home while that is possible, told in the past afterwards."""

from datetime import date

import pytest

from tests.appeals.disputing import a_refusal
from tests.builders import House, a_leader
from tests.journeys.disputing import object_to
from tests.pages import signed_in

KNOWN, LAST, AFTER = date(2024, 11, 25), date(2025, 1, 6), date(2025, 1, 7)
KINDS = ("registration", "reregistration", "valuation", "strike-off", "lapse", "correction")


@pytest.mark.parametrize("kind", KINDS)
async def test_home_begins_with_what_was_decided_against_somebody(house: House, kind: str):
    await a_leader(house.world, "nadia")
    house.on(KNOWN)
    decision = await a_refusal(house, "nadia", KNOWN, kind=kind)
    for home in ("/mijn", "/begin"):
        house.on(LAST)
        nadia = await signed_in(house, "nadia")
        await nadia.open(home)
        assert "niets te doen" not in nadia.text
        assert f"/mijn/besluiten/{decision.id}" in nadia.page.text
        assert f"/bezwaren/nieuw?besluit={decision.number}" in nadia.page.text
        assert "U kunt bezwaar maken tot en met maandag 6 januari 2025." in nadia.text

    house.on(AFTER)
    nadia = await signed_in(house, "nadia")
    await nadia.open("/mijn")
    assert f"/bezwaren/nieuw?besluit={decision.number}" not in nadia.page.text


async def test_an_appeal_against_a_dismissed_objection_stands_at_home(house: House):
    await a_leader(house.world, "nadia")
    house.on(KNOWN)
    refusal = await a_refusal(house, "nadia", date(2024, 9, 2))
    dismissed = await a_refusal(house, "nadia", KNOWN, kind="objection", about=refusal)
    nadia = await signed_in(house, "nadia")

    await nadia.open("/mijn")

    assert f"/beroepen/nieuw?besluit={dismissed.number}" in nadia.page.text
    assert "U kunt beroep instellen tot en met maandag 6 januari 2025." in nadia.text


async def test_a_provider_reads_at_home_what_was_refused_to_it(house: House):
    await a_leader(house.world, "nadia")
    house.on(KNOWN)
    decision = await a_refusal(house, "nadia", KNOWN, kind="course-accreditation", organisation=True)
    nadia = await signed_in(house, "nadia")

    await nadia.open("/aanbieder")

    assert f"/bezwaren/nieuw?besluit={decision.number}" in nadia.page.text


async def test_after_the_last_day_the_remedy_is_told_in_the_past(house: House):
    await a_leader(house.world, "nadia")
    house.on(KNOWN)
    decision = await a_refusal(house, "nadia", KNOWN)
    house.on(LAST)
    nadia = await signed_in(house, "nadia")
    await nadia.open(f"/mijn/besluiten/{decision.id}")
    assert "Maak bezwaar." in nadia.text  # the clause of the letter

    house.on(AFTER)
    for who in ("nadia", "secretaris"):
        reader = await signed_in(house, who)
        await reader.open(f"/mijn/besluiten/{decision.id}")
        assert "U kon bezwaar maken tot en met maandag 6 januari 2025." in reader.text
        assert "Maak bezwaar." not in reader.text
    nadia = await signed_in(house, "nadia")
    await nadia.open(f"/mijn/besluiten/{decision.id}")
    assert "Was u door iets buiten u te laat? Doe het dan toch" in nadia.text


async def test_who_objected_is_not_told_to_object(house: House):
    await a_leader(house.world, "nadia")
    house.on(KNOWN)
    decision = await a_refusal(house, "nadia", KNOWN)
    await object_to(await house.client("nadia"), decision.number)
    nadia = await signed_in(house, "nadia")

    await nadia.open(f"/mijn/besluiten/{decision.id}")

    assert "U hebt bezwaar gemaakt." in nadia.text
    assert "Maak bezwaar." not in nadia.text
