"""What runs beside a first registration, through pages only: completing, postponing, another level, leaving."""

from datetime import date

from register.seed.documents import certificate
from tests.builders import House, a_leader
from tests.journeys import asking
from tests.journeys.steps import a_diploma, an_application, apply
from tests.journeys.test_herregistratie import registered_leader
from tests.pages import signed_in

SCAN = {"file": ("scan.pdf", certificate("Leesbaar"), "application/pdf")}


async def test_the_secretary_asks_and_the_applicant_completes_on_pages(house: House):
    await a_leader(house.world, "pagina")
    file = await apply(await house.client("pagina"), an_application(), a_diploma("2024-08-31"))
    secretary = await signed_in(house, "secretaris")
    await secretary.open(f"/secretariaat/aanvragen/{file}")
    assert "De regels leiden tot" in secretary.text

    await secretary.send("/aanvullen", items=["other"])
    assert secretary.page.status_code == 400
    assert "Schrijf op wat er verder ontbreekt" in secretary.text
    await secretary.send("/aanvullen", items=["legible-proof", "other"], note="De scan is te donker.")
    assert "De aanvrager is gevraagd om aan te vullen" in secretary.text
    await secretary.open("/secretariaat")
    assert "Wacht op aanvulling" in secretary.text

    leader = await signed_in(house, "pagina")
    await leader.open(f"/mijn/aanvragen/{file}")
    assert "De scan is te donker." in leader.text
    await leader.send("/verwijderen")
    await leader.send("/bewijsstukken", files=SCAN, kind="programme", issued_on="31-8-2024", programme_code="SLO-2018")
    await leader.send("/toelichting", statement="Nu leesbaar.")
    await leader.send("/aanvullen")
    assert "Uw aanvulling is ingediend" in leader.text, leader.text
    await secretary.open(f"/secretariaat/aanvragen/{file}")
    await secretary.send("/tweede-lezer")
    await secretary.send("/advies", advice="grant", advice_text="In orde.")
    assert "In orde." in secretary.text
    await secretary.send("/toelaten")
    assert "Klaar voor de agenda" in secretary.text

    await secretary.open(f"/secretariaat/aanvragen/{file}")
    assert "Nu leesbaar." in secretary.text


async def test_what_was_not_completed_is_left_untreated_on_a_page(house: House):
    await a_leader(house.world, "stilte")
    file = await apply(await house.client("stilte"), an_application(), a_diploma("2024-08-31"))
    secretary = await signed_in(house, "secretaris")
    await secretary.open(f"/secretariaat/aanvragen/{file}")
    await secretary.send("/aanvullen", items=["programme"])
    house.on(date(2024, 9, 27))
    await secretary.open(f"/secretariaat/aanvragen/{file}")

    await secretary.send("/buiten-behandeling", leave_reasons="")
    assert secretary.page.status_code == 400
    await secretary.send("/buiten-behandeling", leave_reasons="Niets ontvangen.")

    assert "buiten behandeling gelaten" in secretary.text
    leader = await signed_in(house, "stilte")
    await leader.open(f"/mijn/aanvragen/{file}")
    assert "Er is een besluit" in leader.text


async def test_postponement_another_level_and_leaving_are_asked_on_pages(house: House):
    await registered_leader(house, "verzoek")
    house.on(date(2024, 10, 1))
    leader = await signed_in(house, "verzoek")
    await leader.open("/mijn/uitstel")
    await leader.send("/mijn/uitstel")
    await leader.send("/vragen/reden", ground="long-illness")
    await leader.send("/vragen/maanden", requested_months="veel")
    assert leader.page.status_code == 400
    assert 'value="veel"' in leader.page.text
    await asking.answer(leader, requested_months="6")
    await leader.open(await asking.hand_in(leader))
    assert "6 maanden" in leader.text
    await leader.send("/intrekken")

    await leader.open("/mijn/niveau")
    await leader.send("/mijn/niveau")
    assert leader.path.endswith("/bewijsstukken/nieuw"), leader.text
    await leader.open(leader.path.removesuffix("/bewijsstukken/nieuw"))
    await leader.send("/intrekken")

    await leader.open("/mijn")
    href = leader.page.text.split('href="/mijn/uitschrijven/')[1].split('"')[0]
    await leader.open(f"/mijn/uitschrijven/{href}")
    await leader.send(f"/mijn/uitschrijven/{href}")
    assert "U bent uitgeschreven" in leader.text, leader.text
