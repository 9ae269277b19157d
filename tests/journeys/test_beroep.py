"""Beroep: a refused renewal goes through objection and appeal to a renewal that works back; through the API only."""

import io
import zipfile
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from appeals.disputes.bundle import page_count
from appeals.disputes.models import Dispute
from appeals.disputes.ruled import before
from auth.actor import SYSTEM
from register.checks.decisions import findings
from register.service.sweep import sweep
from tests.builders import PDF, Client, House
from tests.faults.files import problems
from tests.journeys.disputing import ADVISERS, CHAMBER, by_body, done, heard, object_to, seated, voted
from tests.journeys.steps import an_application, apply, decide, learn
from tests.journeys.test_herregistratie import RENEWAL, a_course, registered_leader
from tests.pages import Browser, signed_in


async def refused_renewal(house: House, who: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """59 points of 60: refused on 25 November 2024. The valuation, and the refusal."""
    await registered_leader(house, who)
    house.on(date(2024, 11, 18))
    await learn(house, who, a_course("2024-11-15", 59), 59)
    house.on(date(2024, 11, 25))
    client = await house.client(who)
    file = await apply(client, an_application(**RENEWAL), None)
    grounds = {"grounds": ["points-short"], "repair": "Nog één punt."}
    refusal = await decide(house, file, "against", {"reasons": "59 punten.", **grounds})
    valuation = next(one for one in (await client.get("/decisions")).json()["items"] if one["kind"] == "valuation")
    return valuation, refusal


async def dismissed(house: House, who: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Objected to, and dismissed on 16 December. The valuation, the refusal, the decision on objection."""
    valuation, refusal = await refused_renewal(house, who)
    house.on(date(2024, 12, 2))
    client = await house.client(who)
    objection = await object_to(client, refusal["number"], valuation["number"])
    path = f"/objections/{objection['id']}"
    added = await client.upload(f"{path}/pieces", "certificaat.pdf")
    assert added.status_code == 201, added.text
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await heard(house, adviser, path, date(2024, 12, 16))
    await voted(house, path, ADVISERS, "dismissed")
    await done(adviser, path, "advice", {"advice": "De norm is niet gehaald."})
    decider = await house.client("griffier-bezwaar")
    await by_body(house, path, {"outcome": "dismissed", "reasons": "De norm is niet gehaald."})
    known = await done(decider, path, "notification")
    decision = (await (await house.client(who)).get(f"/decisions/{known['decision_id']}")).json()
    return valuation, refusal, decision


async def appealed(house: House, who: str, number: str, **more: Any) -> tuple[Client, str, dict[str, Any]]:
    """An appeal, taken in by its chamber, defended and heard."""
    client = await house.client(who)
    answer = await client.post("/appeals", {"decisions": [number], "grounds": "Eén punt te weinig geteld.", **more})
    assert answer.status_code == 201, answer.text
    appeal = answer.json()
    path = f"/appeals/{appeal['id']}"
    registrar = await house.client("griffier")
    await done(registrar, path, "admissibility", {"defence_until": "2025-02-10"})
    await done(registrar, path, "defence", {"defence": "Het register blijft bij zijn beslissing."})
    await seated(house, registrar, path, CHAMBER)
    await heard(house, registrar, path, date(2025, 3, 3))
    return registrar, path, appeal


async def test_an_appeal_ends_in_a_renewal_that_works_back_without_a_gap(house: House):
    valuation, refusal, objection = await dismissed(house, "laat")
    assert objection["last_day_to_object"] == "2025-01-27"  # 16 December and six weeks, a Monday
    house.on(date(2025, 1, 20))
    registrar, path, appeal = await appealed(house, "laat", objection["number"], chamber="certification")
    assert (appeal["chamber"], appeal["moved_from"]) == ("registration", "certification")
    assert appeal["decision_due_on"] == "2025-05-19"  # sixteen weeks after 27 January, and not moved (Atw 4)
    await sweep(house.means, date(2025, 3, 3))
    (entry,) = (await (await house.client("laat")).get("/registrations")).json()
    assert entry["status"] == "conditional"  # no suspensive effect (Awb 6:16)

    await voted(house, path, CHAMBER, "decided-in-place")
    points = {"decision_id": valuation["id"], "reasons": "De cursus telt zestig punten.", "points": 60}
    renewal = {"decision_id": refusal["id"], "reasons": "Zestig punten is genoeg."}
    ruling = {"outcome": "decided-in-place", "reasons": "Er is één punt te weinig geteld."}
    otherwise = await registrar.move(path, "decision", {"outcome": "dismissed", "reasons": "Toch niet."})
    assert (otherwise.status_code, otherwise.json()["code"]) == (409, "not-as-voted")
    await done(registrar, path, "decision", {**ruling, "replacements": [points, renewal]})
    known = await done(registrar, path, "notification")

    assert (known["state"], known["outcome"]) == ("notified", "decided-in-place")
    client = await house.client("laat")
    (entry,) = (await client.get("/registrations")).json()
    # 60 points, set of 2022: three years from the old due date of 1 February 2025 (po-prof)
    assert (entry["status"], entry["due_on"]) == ("registered", "2028-02-01")
    assert (await client.get(f"/decisions/{objection['id']}")).json()["state"] == "annulled"
    history = (await client.get(f"/registrations/{entry['id']}/history")).json()["standings"]
    assert [(one["from_on"], one["until_on"], one["status"]) for one in history][-2:] == [
        ("2024-11-25", "2025-02-01", "registered"),  # the refusal left it as it was
        ("2025-02-02", None, "registered"),
    ]
    async with house.means.database.snapshot() as session:
        assert [str(one) async for one in findings(house.means, session, Counter())] == []


async def test_an_appeal_goes_through_its_chamber_to_a_renewal_through_pages_only(house: House):
    valuation, refusal, objection = await dismissed(house, "laat")
    house.on(date(2025, 1, 20))
    filer = await signed_in(house, "laat")
    await filer.open(f"/mijn/besluiten/{objection['id']}")
    assert "U kunt beroep instellen tot en met maandag 27 januari 2025" in filer.text, filer.text
    await filer.press("Beroep instellen")
    await filer.send("/beroepen/nieuw", grounds="Er is één punt te weinig geteld.")
    assert "Het beroep is ontvangen" in filer.text, filer.text
    here = filer.path
    await filer.send("/stukken", files={"file": ("berekening.pdf", PDF, "application/pdf")})

    registrar = await signed_in(house, "griffier")
    await registrar.open("/bezwaren")
    assert "Awb 7:24" in registrar.text
    await registrar.open(here)
    await registrar.send("/admissibility", defence_until="10 februari 2025")
    await registrar.send("/stukken", files={"file": ("intern.pdf", PDF, "application/pdf")}, kept_ground="business")
    await registrar.send("/defence", defence="Het register blijft bij zijn beslissing.")
    for n, who in enumerate(CHAMBER):
        await registrar.send("/seats", member_id=str(house.id_of(who)), **({"chair": "true"} if n == 0 else {}))
    await registrar.send("/hearing", held_on="3-3-2025", at="10.00", place="Utrecht")
    house.on(date(2025, 3, 3))
    await registrar.open(here)
    await registrar.send("/minutes", minutes="Beide partijen zijn gehoord.")
    # the pieces of the objection came along; the mark keeps the internal one from the filer
    whole, mine = await packed(registrar, here), await packed(filer, here)
    assert [name[:3] for name in whole] == [f"{n:03}" for n in range(1, len(whole) - 1)] + ["inv", "SHA"]
    assert {"Bezwaarschrift", "Beroepschrift", "berekening"} <= {name[4:].partition(".")[0] for name in whole}
    assert mine == [name for name in whole if "intern" not in name]
    bound = await filer.open(f"{here}/dossier/pdf")
    assert bound.content.startswith(b"%PDF")
    assert (await page_count(bound.content)) >= len(mine) - 1  # an inventory, and at least a page of every piece

    for who in CHAMBER:
        member = await signed_in(house, who)
        await member.open(here)
        await member.send("/votes", outcome="decided-in-place")
    await registrar.open(here)
    ruling = {"outcome": "decided-in-place", "reasons": "Er is één punt te weinig geteld."}
    both = {"decision_id": valuation["id"], "points": "60", "also_decision_id": refusal["id"]}
    await registrar.send("/decision", **ruling, **both)
    assert "Het is vastgelegd" in registrar.text, registrar.text
    await registrar.send("/notification")

    await filer.open(here)
    assert "Er is beslist" in filer.text
    await filer.open("/mijn")
    assert "1 februari 2028" in filer.text, filer.text  # three years from the old due date, without a gap
    assert await problems(house) == []


async def packed(one: Browser, here: str) -> list[str]:
    """The names in the ZIP of a file."""
    with zipfile.ZipFile(io.BytesIO((await one.open(f"{here}/dossier")).content)) as found:
        return found.namelist()


async def test_a_chamber_that_sends_back_gives_the_register_a_new_term(house: House):
    _, _, objection = await dismissed(house, "terug")
    house.on(date(2025, 1, 20))
    registrar, path, _ = await appealed(house, "terug", objection["number"])
    await voted(house, path, CHAMBER, "sent-back")
    await done(registrar, path, "decision", {"outcome": "sent-back", "reasons": "Er is niet gehoord."})

    known = await done(registrar, path, "notification")

    assert (known["state"], known["outcome"]) == ("remitted", "sent-back")
    ruling = (await (await house.client("terug")).get(f"/decisions/{known['decision_id']}")).json()
    assert f"Wij vernietigen beslissing op bezwaar {objection['number']} van 16 december 2024." in ruling["reasons"]
    assert "De Commissie Registratie moet opnieuw beslissen, binnen 6 weken" in ruling["reasons"]
    page = await signed_in(house, "terug")
    await page.open(f"/mijn/besluiten/{ruling['id']}")
    assert "De Commissie Registratie moet opnieuw beslissen, uiterlijk op 14 april 2025." in page.text
    adviser = await house.client("adviseur1")
    (again,) = (await adviser.get("/objections")).json()["items"]
    # six weeks from 3 March 2025
    assert (again["state"], again["decision_due_on"]) == ("admissibility-checked", "2025-04-14")
    watcher = await signed_in(house, "griffier")
    await watcher.open(path.replace("/appeals", "/beroepen"))
    assert "Het register beslist opnieuw, uiterlijk op 14 april 2025" in watcher.text, watcher.text
    async with house.means.work(SYSTEM, write=False) as work:
        told = await before(work, await work.session.get_one(Dispute, UUID(again["id"])))
    assert told == [
        f"Dit is de nieuwe beslissing na uitspraak {ruling['number']} van 3 maart 2025.",
        "In beroep bent u gehoord op 3 maart 2025.",
    ]
    assert await problems(house) == []
