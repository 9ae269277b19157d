"""Objecting to the publication of one's entry (AVG 21): received, weighed, decided on, and contested."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from register.checks import publication as checks
from register.entries.models import Registration
from register.entries.policy import Status
from register.office.publication.models import PublicationObjection
from register.office.publication.policy import withheld_meanwhile
from register.service.sweep import sweep
from tests.builders import Client, House, a_leader
from tests.deciding import taken
from tests.faults.files import problems
from tests.journeys.steps import make_known
from tests.mailed import mails
from tests.pages import Browser, signed_in
from tests.timelines import lines
from tests.two_persons import by_two

WHY = "Een oud-leerling zoekt mij op en valt mij lastig."


async def a_public_leader(house: House, who: str = "anna") -> str:
    """A registered leader; the register number."""
    house.on(date(2024, 9, 12))
    await a_leader(house.world, who, given="Anna", family="Bakker")
    await make_known(await house.client("secretaris"), str(await taken(house, who)))
    return house.number_of(who)


async def found(house: House, number: str) -> int:
    """How many entries everybody finds under a number."""
    answer = await house.http.get(f"/v1/register-entries/{number}")
    return len(answer.json()) if answer.status_code == 200 else 0


async def asked(client: Client) -> dict[str, Any]:
    answer = await client.post("/publication-objections", {"register_code": "schoolleiders-po", "reasons": WHY})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def message(browser: Browser, title: str) -> str:
    """A message in the box of somebody, opened."""
    await browser.open("/mijn/berichten")
    await browser.press(title)
    return browser.text


async def test_avg_12_receipt_is_confirmed_with_the_last_day_of_a_month(house: House):
    """Received on Tuesday 15 October 2024: a month later is Friday 15 November."""
    number = await a_public_leader(house)
    house.on(date(2024, 10, 15))
    anna = await signed_in(house, "anna")
    await anna.open("/mijn/gegevens")
    await anna.press("Openbaarheid")
    await anna.send("/openbaar", register_code="schoolleiders-po", reasons=WHY)
    assert "Ontvangen. In Berichten staat wanneer u ons besluit krijgt." in anna.text
    again = await (await house.client("anna")).post(
        "/publication-objections", {"register_code": "schoolleiders-po", "reasons": WHY}
    )

    told = await message(anna, "Wij hebben uw verzet tegen openbaarheid ontvangen")

    assert "Wij ontvingen dat op 15 oktober 2024" in told
    assert "U krijgt uiterlijk op 15 november 2024 ons besluit, met de redenen (AVG 12)." in told
    assert "Tot die tijd tonen wij u daar niet (AVG 18)." in told
    assert (again.status_code, again.json()["code"]) == (409, "not-public")
    (mail,) = await mails(house, "publication-objection-received")
    assert "Log in om het te lezen" in mail.body
    assert WHY not in mail.body
    item = (await (await house.client("bureau")).get("/work-items")).json()["items"][0]
    assert (item["task"], item["due_on"], item["article"]) == ("settle-publication", "2024-11-15", "AVG 12(3)")
    assert await found(house, number) == 0


@pytest.mark.parametrize(("on", "by"), [(date(2024, 11, 30), "2024-12-30"), (date(2025, 1, 31), "2025-02-28")])
async def test_a_month_ends_on_the_last_day_of_a_shorter_one(house: House, on: date, by: str):
    await a_public_leader(house)
    house.on(on)

    assert (await asked(await house.client("anna")))["answer_by"] == by


async def test_avg_18_an_entry_is_out_of_sight_while_it_is_weighed_unless_it_shows_a_lapse(house: House):
    """Others have a right to see that a registration lapsed (AVG 18(2)), where the register shows that at all."""
    number = await a_public_leader(house)
    assert await found(house, number) == 1
    anna = await house.client("anna")
    row = await asked(anna)
    assert row["withheld"]
    assert await found(house, number) == 0
    assert (await house.http.get("/v1/register-entries", params={"name": "bakker"})).json()["items"] == []

    back = await anna.move(f"/publication-objections/{row['id']}", "withdrawal")

    assert (back.status_code, back.json()["state"]) == (201, "withdrawn")
    assert await found(house, number) == 1
    assert (await (await house.client("bureau")).get("/work-items")).json()["items"] == []
    for status in Status:
        marked = status is Status.LAPSED
        assert withheld_meanwhile(status, withholds=True, lapse_is_public=True, refused_before=False) is not marked
        assert withheld_meanwhile(status, withholds=True, lapse_is_public=False, refused_before=False)
        assert not withheld_meanwhile(status, withholds=False, lapse_is_public=False, refused_before=False)
        assert not withheld_meanwhile(status, withholds=True, lapse_is_public=False, refused_before=True)
    assert await problems(house) == []


async def test_avg_21_who_is_granted_it_is_shown_no_more_until_they_want_to_be(house: House):
    number = await a_public_leader(house)
    anna = await signed_in(house, "anna")
    await anna.open("/mijn/openbaar")
    await anna.send("/openbaar", register_code="schoolleiders-po", reasons=WHY)
    mine = anna.path
    bureau = await signed_in(house, "bureau")
    await bureau.open("/werk")
    await bureau.press("Anna Bakker")
    assert WHY in bureau.text
    assert "Antwoord uiterlijk op 14 oktober 2024" in bureau.text  # 12 October 2024 is a Saturday
    await bureau.send("/toekennen", reasons="Uw veiligheid weegt zwaarder.")

    assert await found(house, number) == 0
    letter = (await (await house.client("anna")).get("/decisions")).json()["items"][-1]
    assert (letter["kind"], letter["outcome"]) == ("publication", "granted")
    told = await message(anna, "Besluit op uw verzet tegen openbaarheid: toegekend")
    assert "Wij tonen u niet meer in het openbare register (AVG 21)." in told
    await anna.open(mine)
    assert "Niet meer openbaar" in anna.text
    assert "Verloop" in anna.text
    await anna.press("Lees het besluit")
    assert "Uw veiligheid weegt zwaarder." in anna.text
    assert await lines(house, "anna", f"/publication-objections/{mine.rpartition('/')[2]}") == [
        "2024-09-12 publication-objected",
        "2024-09-12 withheld",
        "2024-09-12 made-known",
        "2024-09-12 publication-objection-received",
        "> 2024-10-24 may-object",
    ]
    await anna.open(mine)
    await anna.send("/intrekken")
    assert await found(house, number) == 1
    assert await problems(house) == []


async def test_avg_21_a_refusal_to_withhold_an_entry_is_decided_by_two_with_reasons_and_can_be_contested(house: House):
    number = await a_public_leader(house)
    row = await asked(await house.client("anna"))
    path = f"/publication-objections/{row['id']}"
    bureau = await house.client("bureau")
    elsewhere = await (await house.client("secretaris")).get(path)

    proposed = await bureau.move(path, "refusal", {"reasons": "Ouders moeten kunnen nagaan wie de school leidt."})
    assert proposed.status_code == 201, proposed.text
    proposal = f"/proposals/{proposed.json()['id']}"
    first = await signed_in(house, "bureau")
    await first.open(f"/kantoor/openbaar/{row['id']}")
    assert "Dit wacht op een tweede handtekening" in first.text
    assert "Toon deze inschrijving niet meer" not in first.text  # nothing to press that would be refused
    alone = await bureau.move(proposal, "signature")
    assert await found(house, number) == 0
    second = await signed_in(house, "bureau2")
    await second.open(f"/voorstellen/{proposed.json()['id']}")
    assert "Ouders moeten kunnen nagaan wie de school leidt." in second.text
    await second.send("/tekenen")

    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "no-such-publication-objection")
    assert (alone.status_code, alone.json()["code"]) == (403, "own-proposal")
    assert await found(house, number) == 1
    anna = await signed_in(house, "anna")
    told = await message(anna, "Besluit op uw verzet tegen openbaarheid: geweigerd")
    assert "Wij tonen u in het openbare register (AVG 21)." in told
    assert "weer vanaf de dag waarop dit besluit bekend is" in told
    decision = (await (await house.client("anna")).get("/decisions")).json()["items"][-1]
    assert decision["reasons"].startswith("Ouders moeten kunnen nagaan wie de school leidt.\n")
    assert "Autoriteit Persoonsgegevens (AVG 77)" in decision["reasons"]
    assert "binnen zes weken" in decision["reasons"]  # UAVG 35: a register of the profession
    assert "bezwaar maken bij de Commissie Registratie" in decision["remedy"]
    assert "uiterlijk op 24 oktober 2024" in decision["remedy"]
    await anna.open(f"/mijn/besluiten/{decision['id']}")
    assert "Het belang van anderen weegt" in anna.text
    closed = await bureau.move(path, "grant", {"reasons": "Toch."})
    assert closed.json()["code"] == "wrong-state"
    again = await asked(await house.client("anna"))
    assert not again["withheld"]  # who was refused contests that; asking again hides nobody meanwhile
    assert await found(house, number) == 1
    await anna.open("/mijn/berichten")
    await anna.open(f"/mijn/openbaar/{again['id']}")
    assert "blijft deze inschrijving zichtbaar" in anna.text
    assert "Uiterlijk op deze dag beslist het register over uw verzet" in anna.text
    assert await problems(house) == []


async def test_nobody_weighs_their_own_and_no_sweep_answers_it(house: House):
    await a_public_leader(house)
    row = await asked(await house.client("anna"))
    path = f"/publication-objections/{row['id']}"
    assert (await (await house.client("anna")).move(path, "grant", {"reasons": "Ja."})).status_code == 403

    house.on(date(2024, 10, 15))
    await sweep(house.means, date(2024, 10, 15))

    late = (await (await house.client("bureau")).get(path)).json()
    assert (late["state"], late["late"]) == ("asked", True)
    refused = await by_two(house, "bureau", path, "refusal", {"reasons": "Nee."})
    assert refused.json()["state"] == "signed"


async def test_verify_finds_an_entry_that_is_out_of_sight_without_a_ground(house: House):
    await a_public_leader(house)
    row = await asked(await house.client("anna"))
    async with house.means.database.reading() as session:
        about = (await session.get_one(PublicationObjection, UUID(row["id"]))).registration_id
        entry = await session.get_one(Registration, about)
        assert await checks.withheld(session, [entry]) == []
        session.expunge(entry)
        entry.withheld = None
        (finding,) = await checks.withheld(session, [entry])
    assert finding.code == "withheld-differs"
