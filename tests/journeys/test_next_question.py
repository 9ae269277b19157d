"""Each question refuses at once what it cannot take, and who left goes on at the first one that was not answered."""

from datetime import date

import pytest

from tests.builders import House, a_leader
from tests.journeys.asking import answer, asks, begin, hand_in
from tests.journeys.test_herregistratie import registered_leader
from tests.pages import signed_in

CHOICES = ["programme", "master", "assessment", "prior-learning"]


@pytest.mark.parametrize("route", CHOICES)
async def test_who_left_at_the_choice_of_a_programme_or_bureau_comes_back_to_it(house: House, route: str):
    await a_leader(house.world, "leo")
    one = await signed_in(house, "leo")
    here = await begin(one, route)
    given = {"kind": "programme"} if "kind" in asks(one) and route == "programme" else {}
    await one.send(one.path, issued_on="31-8-2024", **given)
    choice = one.path
    assert choice.endswith("/vragen/opleiding")

    await one.open("/mijn")
    await one.press("Verder met de aanvraag")
    assert one.path == choice
    await one.open(f"{here}/controle")
    assert one.path == choice

    await one.open(choice)
    await answer(one, programme_code="SLO-2018")
    await one.open(f"{here}/verder")
    assert one.path == f"{here}/controle"


async def test_who_found_no_programme_goes_on_without_and_hands_in(house: House):
    await a_leader(house.world, "leo")
    one = await signed_in(house, "leo")
    await begin(one)
    await answer(one, kind="programme", issued_on="31-8-2024", programme_code="")

    await hand_in(one)


async def test_more_months_than_can_be_given_are_refused_at_the_question(house: House):
    await registered_leader(house, "ziek")
    house.on(date(2025, 1, 30))
    one = await signed_in(house, "ziek")
    await one.open("/mijn/uitstel")
    await one.send("/mijn/uitstel")
    await one.send("/vragen/reden", ground="long-illness")

    for months in ("25", "99"):
        await one.send("/vragen/maanden", requested_months=months)
        assert one.page.status_code == 400
        assert "Vul een getal van 1 tot en met 24 in." in one.text
        assert 'href="#requested_months"' in one.page.text
    await one.send("/vragen/maanden", requested_months="24")

    assert one.page.status_code == 200
    assert one.path.endswith("/vragen/toelichting")


async def test_a_document_of_a_day_to_come_is_refused_at_the_question(house: House):
    await a_leader(house.world, "leo")  # today is 12 September 2024
    one = await signed_in(house, "leo")
    here = await begin(one)

    await one.send(one.path, kind="programme", issued_on="13-9-2024")
    assert one.page.status_code == 400
    assert "Deze dag ligt in de toekomst" in one.text
    assert 'href="#issued_on"' in one.page.text
    await one.send(one.path, kind="programme", issued_on="12-9-2024")
    changed = one.path.replace("/opleiding", "/document")
    await one.open(changed)
    await one.send(changed, kind="programme", issued_on="1-1-2025")
    assert "Deze dag ligt in de toekomst" in one.text

    client = await house.client("leo")
    document = {"kind": "programme", "issued_on": "2024-09-13"}
    refused = await client.post(here.replace("/mijn/aanvragen", "/applications") + "/proofs", document)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "issued-in-future")
