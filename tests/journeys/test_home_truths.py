"""A page says one thing of where somebody stands, and where there is nothing to choose it says how to go on."""

from datetime import date

from register.service.sweep import sweep
from tests.builders import House, a_teacher
from tests.journeys.steps import an_application, apply
from tests.journeys.test_herregistratie import RENEWAL, registered_leader
from tests.pages import signed_in

MUST = "Vraag nu herregistratie aan, anders vervalt uw registratie."


async def test_who_asked_to_renew_after_the_due_date_is_not_told_to_ask(house: House):
    await registered_leader(house, "laat")  # due on 1 February 2025
    house.on(date(2025, 2, 3))
    await sweep(house.means, date(2025, 2, 3))
    one = await signed_in(house, "laat")
    await one.open("/mijn")
    assert MUST in one.text
    client = await house.client("laat")
    drawn = await client.post("/applications", an_application(**RENEWAL))
    await one.open("/mijn")
    assert MUST in one.text
    assert "Maak uw aanvraag af" in one.text
    await client.move(f"/applications/{drawn.json()['id']}", "withdrawal")

    await apply(client, an_application(**RENEWAL), None)
    await one.open("/mijn")

    assert "U hoeft nu niets te doen." in one.text
    assert "Uw aanvraag voor herregistratie is binnen." in one.text
    assert MUST not in one.text
    assert "Herregistratie aanvragen uiterlijk op" not in one.text


async def test_where_a_register_offers_nothing_it_says_so_and_leads_on(house: House):
    await a_teacher(house.world, "tess")
    one = await signed_in(house, "tess")

    await one.open("/mijn/portfolio/aanbod?register=leraren")

    assert "Maak een keuze" not in one.text
    assert "heeft nu geen opleidingen of cursussen waaruit u kunt kiezen" in one.text
    await one.press("Voeg een activiteit toe")
    assert one.path == "/mijn/portfolio"
