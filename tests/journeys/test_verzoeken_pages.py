"""What runs beside a first registration, through pages only: completing, postponing, another level, leaving."""

import re
from datetime import date

from register.seed.documents import certificate
from tests.builders import TEACHING_DEGREE, House, a_leader, a_teacher
from tests.journeys import asking
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.journeys.test_herregistratie import registered_leader
from tests.journeys.test_registratie import other_offer
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
    assert "CROHO" not in leader.text
    await leader.press("Voeg een bewijsstuk toe")
    await leader.send("/bewijsstukken/nieuw", kind="programme", issued_on="31-8-2024")
    await asking.choose(leader, "vakbekwaam", "SLO-2018")
    await leader.send("/vragen/bestand", files=SCAN)
    assert leader.path == f"/mijn/aanvragen/{file}", leader.text
    await leader.open(f"/mijn/aanvragen/{file}/vragen/toelichting")
    await leader.send("/vragen/toelichting", statement="Nu leesbaar.")
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


async def test_a_bureau_is_chosen_by_its_name_where_an_application_is_completed(house: House):
    """And the day on a document that stands is mended in place; what it rests on does not change any more."""
    await house.system(other_offer)
    await a_leader(house.world, "bureaus")
    unnamed = {"kind": "assessment", "issued_on": "2024-06-03"}
    file = await apply(await house.client("bureaus"), an_application(route="assessment"), unnamed)
    secretary = await signed_in(house, "secretaris")
    await secretary.open(f"/secretariaat/aanvragen/{file}")
    await secretary.send("/aanvullen", items=["programme"])
    one = await signed_in(house, "bureaus")
    await one.open(f"/mijn/aanvragen/{file}")

    question = re.findall(r'href="(/mijn/aanvragen/[^"]+/vragen/opleiding)', one.page.text)[0]
    await one.open(question)
    assert "code" not in one.text.lower().split("welk bureau is het?")[1]
    await one.send("/vragen/opleiding", chosen="TA-1")
    await one.open(question.replace("opleiding", "document"))
    await one.send("/vragen/document", issued_on="4-6-2024")
    await one.open(f"/mijn/aanvragen/{file}/vragen/route")
    assert one.path == f"/mijn/aanvragen/{file}"
    assert "4 juni 2024" in one.text
    await one.send("/aanvullen")

    assert "Uw aanvulling is ingediend" in one.text, one.text
    (proof,) = (await (await house.client("bureaus")).get(f"/applications/{file}")).json()["proofs"]
    assert (proof["programme_code"], proof["issued_on"]) == ("TA-1", "2024-06-04")


async def test_hours_that_were_asked_for_have_a_field_where_an_application_is_completed(house: House):
    await a_teacher(house.world, "uren")
    teacher, told = await house.client("uren"), [{"name": "Groepsleraar po"}]
    first = await apply(
        teacher, an_application("leraren", qualifications=told), a_diploma("2018-07-02", TEACHING_DEGREE)
    )
    await decide(house, first, "for", {"reasons": "Bevoegd."})
    renewal = {"register_code": "leraren", "kind": "reregistration", "route": "portfolio", "sector": "po"}
    file = await apply(teacher, {**renewal, "qualifications": told}, None)
    secretary = await signed_in(house, "secretaris")
    await secretary.open(f"/secretariaat/aanvragen/{file}")
    await secretary.send("/aanvullen", items=["work-hours"])
    one = await signed_in(house, "uren")

    await one.open(f"/mijn/aanvragen/{file}")
    hours = re.findall(r'href="(/mijn/aanvragen/[^"]+/vragen/uren)', one.page.text)[0]
    await one.open(hours)
    await one.send("/vragen/uren", work_hours_1="1659")
    assert "Groepsleraar po: 1.659" in one.text, one.text
    await one.send("/aanvullen")

    assert "Uw aanvulling is ingediend" in one.text, one.text


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
