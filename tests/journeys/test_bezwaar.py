"""Bezwaar: a refusal is objected to, repaired, heard, upheld, and takes effect; through the API only."""

from datetime import date

from tests.appeals.test_dossier import text_of
from tests.builders import PDF, House, a_leader
from tests.faults.files import problems
from tests.journeys.disputing import (
    ADVISERS,
    body_seated,
    by_body,
    done,
    heard,
    object_to,
    refused_leader,
    seated,
    upheld,
    voted,
)
from tests.pages import signed_in


async def test_a_refusal_is_objected_to_repaired_heard_upheld_and_takes_effect(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    nadia = await house.client("nadia")

    lodged = await object_to(nadia, refusal["number"], grounds="")
    assert (lodged["state"], lodged["missing"]) == ("acknowledged", ["grounds"])
    path = f"/objections/{lodged['id']}"
    adviser = await house.client("adviseur1")
    asked = await done(adviser, path, "repair-request", {"missing": ["grounds"]})
    assert (asked["state"], asked["repair_until"]) == ("omission", "2024-10-15")
    house.on(date(2024, 10, 8))
    nadia = await house.client("nadia")
    repaired = await done(nadia, path, "repair", {"grounds": "De datum op het diploma is verkeerd gelezen."})
    assert repaired["state"] == "repaired"
    adviser = await house.client("adviseur1")
    (served,) = (await adviser.get(f"{path}/service")).json()
    assert (served["decision"], served["channel"], served["state"]) == (refusal["number"], "message-box", "placed")
    assert (served["sent_on"], served["term_starts_on"]) == ("2024-09-12", "2024-09-13")  # Awb 6:8
    assert (await nadia.get(f"{path}/service")).status_code == 403
    checked = await done(adviser, path, "admissibility", {"advisory": True})
    # 24 October, twelve weeks: 16 January. The omission was mended before the term began, so nothing stood still.
    assert checked["decision_due_on"] == "2025-01-16"
    await seated(house, adviser, path, ADVISERS)
    await heard(house, adviser, path, date(2024, 11, 5))
    await voted(house, path, ADVISERS, "upheld")
    await done(adviser, path, "advice", {"advice": "Het diploma is van 30 augustus."})
    refused = await adviser.move(path, "draft", {"outcome": "upheld", "reasons": "x", "replacements": []})
    assert refused.json()["code"] == "not-while-seated"

    house.on(date(2024, 11, 12))
    decider = await house.client("griffier-bezwaar")
    replacement = {
        "decision_id": refusal["id"],
        "reasons": "Het diploma is op tijd behaald.",
        "issued_on": "2024-08-30",
    }
    ruling = {"outcome": "upheld", "reasons": "Het advies wordt gevolgd.", "replacements": [replacement]}
    missing = await decider.move(path, "draft", {"outcome": "upheld", "reasons": "x", "replacements": []})
    assert missing.json()["code"] == "replacement-missing"
    decided = await by_body(house, path, ruling)
    assert decided["state"] == "decided"
    known = await done(decider, path, "notification")

    assert (known["state"], known["outcome"]) == ("notified", "upheld")
    nadia = await house.client("nadia")
    entry = (await nadia.get("/registrations")).json()[0]
    assert (entry["status"], entry["level"]) == ("registered", "niveau-2")
    # as if it had been granted on the day of the refusal
    assert (entry["registered_on"], entry["due_on"]) == ("2024-09-12", "2029-09-12")
    old = (await nadia.get(f"/decisions/{refusal['id']}")).json()
    assert old["state"] == "replaced"
    mine = (await nadia.get(f"/decisions/{known['decision_id']}")).json()
    (new,) = [one for one in (await nadia.get("/decisions")).json()["items"] if one["replaces"] == refusal["id"]]
    told = f"Besluit {refusal['number']} van 12 september 2024 vervalt; in de plaats komt besluit {new['number']}: toe"
    assert told in mine["reasons"]
    page = await signed_in(house, "nadia")
    await page.open(f"/mijn/besluiten/{mine['id']}")
    assert (
        f"U krijgt gelijk. Besluit {refusal['number']} vervalt; in de plaats komt besluit {new['number']}." in page.text
    )
    assert "Commissie van Beroep" in mine["remedy"]
    assert house.means.settings.house.appeals.address in mine["remedy"]
    assert "Postbus 20000" in mine["remedy"]
    assert mine["last_day_to_object"] == "2024-12-24"


async def test_a_refusal_is_objected_to_repaired_heard_and_upheld_through_pages_only(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    nadia = await signed_in(house, "nadia")
    await nadia.open(f"/mijn/besluiten/{refusal['id']}")
    assert "U kunt bezwaar maken tot en met donderdag 24 oktober 2024" in nadia.text
    await nadia.press("Bezwaar maken")
    await nadia.send("/bezwaren/nieuw")  # without grounds: it is taken in, and can be repaired
    assert "Het bezwaar is ontvangen" in nadia.text, nadia.text
    here = nadia.path

    registrar = await signed_in(house, "griffier-bezwaar")
    await registrar.open(here.replace("/bezwaren", "/werk"))
    await registrar.send(here.replace("/bezwaren", "/werk"), to=str(house.id_of("adviseur1")))
    adviser = await signed_in(house, "adviseur1")
    await adviser.open("/bezwaren")
    assert "Beslissen" in adviser.text
    await adviser.open(here)
    assert "13 september 2024" in adviser.text, adviser.text  # from when the term ran
    await adviser.send("/repair-request", missing="grounds")
    await nadia.open(here)
    assert "Vul het aan tot en met 15 oktober 2024" in nadia.text, nadia.text
    house.on(date(2024, 10, 8))
    await nadia.open(here)
    await nadia.send("/repair", grounds="De datum op het diploma is verkeerd gelezen.")
    await nadia.open(here)
    await nadia.send("/stukken", files={"file": ("diploma.pdf", PDF, "application/pdf")})
    assert "diploma.pdf" in nadia.text
    await adviser.open(here)
    await adviser.send("/admissibility", advisory="true")
    assert "Wat nu: Haal de stukken van het besluit op" in adviser.text, adviser.text
    await adviser.send("/papers")
    assert f"Besluit {refusal['number']}.pdf" in adviser.text, adviser.text
    assert "Wat nu: Wijs iemand aan" in adviser.text, adviser.text
    for n, who in enumerate(ADVISERS):
        await adviser.send("/seats", member_id=str(house.id_of(who)), **({"chair": "true"} if n == 0 else {}))
    await adviser.send("/hearing", held_on="5-11-2024", at="14.00", place="Utrecht, Daltonlaan 1")
    assert "Stukken tot en met 25 oktober 2024" in adviser.text, adviser.text
    house.on(date(2024, 11, 5))
    await adviser.open(here)
    await adviser.send("/minutes", minutes="Nadia is gehoord.")
    for who in ADVISERS:
        member = await signed_in(house, who)
        await member.open(here)
        await member.send("/votes", outcome="upheld")
    await adviser.open(here)
    await adviser.send("/advice", advice="Gegrond: het diploma is van 30 augustus.")
    decider = await signed_in(house, "griffier-bezwaar")
    await decider.open(here)
    assert "De commissie die het besluit nam, beslist" in decider.text, decider.text
    assert f"{here}/decision" not in decider.page.text  # one secretary alone decides nothing (Awb 10:3)
    sits = await body_seated(house, here.replace("/bezwaren", "/objections"))
    await decider.open(here)
    assert "Wat nu: Leg een voorstel voor" in decider.text, decider.text
    await decider.send("/draft", outcome="upheld", reasons="Wij volgen het advies.")
    assert "Bij deze uitkomst wordt een besluit herroepen of vervangen" in decider.text, decider.text
    assert "Wij volgen het advies." in decider.page.text
    await decider.send("/draft", decision_id=refusal["id"], issued_on="30 augustus 2024")
    assert "Het is vastgelegd" in decider.text, decider.text
    for who in sits:
        member = await signed_in(house, who)
        await member.open(here)
        assert "Wij volgen het advies." in member.text, member.text
        await member.send("/votes", outcome="upheld")
    await decider.open(here)
    assert "De leden hebben gestemd" in decider.text, decider.text
    await decider.send("/decision")  # as it was drafted
    assert "Het is vastgelegd" in decider.text, decider.text
    await decider.send("/notification")

    await nadia.open(here)
    assert "gegrond" in nadia.text
    await nadia.open("/mijn")
    assert "niveau 2" in nadia.text, nadia.text
    assert await problems(house) == []


async def test_awb_7_11_what_replaces_a_decision_in_objection_is_contested_with_the_decision_on_it(house: House):
    refusal, ruled = await upheld(house, "nadia")
    nadia = await house.client("nadia")
    items = (await nadia.get("/decisions")).json()["items"]
    (new,) = [one for one in items if one["replaces"] == refusal["id"]]
    decision = (await nadia.get(f"/decisions/{ruled['decision_id']}")).json()

    assert new["decided_on"] == decision["decided_on"]
    assert f"samen met beslissing op bezwaar {decision['number']}" in new["remedy"]
    assert "bezwaar maken" not in new["remedy"]
    assert f"op uw bezwaar {ruled['number']}" in new["reasons"]
    page = await signed_in(house, "nadia")
    await page.open(f"/mijn/besluiten/{new['id']}")
    assert "U kunt beroep instellen tot en met" in page.text
    assert "bezwaar maken" not in page.text.lower()
    assert f"/beroepen/nieuw?besluit={decision['number']}" in page.page.text
    letter = text_of((await page.open(f"/mijn/besluiten/{new['id']}/brief")).content)
    assert "U kunt beroep instellen tot en met" in letter
    assert "bezwaar maken" not in letter
    refused = await nadia.post("/objections", {"decisions": [new["number"]], "grounds": "Het klopt niet."})
    assert (refused.status_code, refused.json()["code"]) == (409, "appeal-instead")
    lodged = await nadia.post("/appeals", {"decisions": [new["number"]], "grounds": "Het niveau klopt niet."})
    assert lodged.status_code == 201, lodged.text
    assert f"Volg {lodged.json()['number']}" in (await page.open(f"/mijn/besluiten/{new['id']}")).text
    assert decision["number"] in {one["number"] for one in lodged.json()["contested"]}
    assert await problems(house) == []


async def test_awb_6_11_a_page_of_a_private_register_cites_its_regulation_to_who_is_late(house: House):
    """The last day is 24 October 2024."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 28))
    page = await signed_in(house, "nadia")
    await page.open(f"/mijn/besluiten/{refusal['id']}")
    assert "toch worden behandeld (reglement, zoals Awb 6:11)" in page.text
