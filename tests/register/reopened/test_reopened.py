"""A decision that rested on one that was replaced is looked at again: a file, and a person who concludes it."""

from datetime import date
from typing import Any

from register.service.sweep import sweep
from tests.appeals.test_disputes import ON_SQLITE
from tests.builders import House
from tests.faults.files import problems
from tests.journeys.disputing import ADVISERS, CHAMBER, by_body, done, object_to, seated, unheard, voted
from tests.journeys.test_beroep import refused_renewal
from tests.pages import signed_in


async def reopened(house: House, *, both: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
    """The valuation is raised to 60 points on objection; the refused renewal, and the file about it."""
    valuation, refusal = await refused_renewal(house, "laat")
    house.on(date(2024, 12, 2))
    numbers = [valuation["number"], refusal["number"]][: 1 + both]
    path = f"/objections/{(await object_to(await house.client('laat'), *numbers))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await done(adviser, path, "hearing-waiver", {"ground": "fully-met", "waiver_reasons": "Hij krijgt gelijk."})
    await voted(house, path, ADVISERS, "upheld")
    await done(adviser, path, "advice", {"advice": "De cursus telt zestig punten."})
    decider = await house.client("griffier-bezwaar")
    raised = {"decision_id": valuation["id"], "reasons": "Zestig punten.", "points": 60}
    await by_body(house, path, {"outcome": "upheld", "reasons": "Juist.", "replacements": [raised]})
    await done(decider, path, "notification")
    (file,) = (await decider.get("/reconsiderations?state=open")).json()["items"]
    return refusal, file


async def test_a_renewal_that_rested_on_a_valuation_is_looked_at_again_and_replaced(house: House):
    refusal, file = await reopened(house)
    path = f"/reconsiderations/{file['id']}"
    assert (file["decision"], file["state"], file["kind"]) == (refusal["number"], "open", "reregistration")
    laat, secretary = await house.client("laat"), await house.client("secretaris")
    assert (await laat.get(path)).status_code == 200
    assert (await (await house.client("beoordelaar")).get(path)).status_code == 404
    own = await laat.move(path, "replacement", {"reasons": "Ik vind van wel."})
    assert own.status_code == 403

    replaced = await secretary.move(path, "replacement", {"reasons": "Zestig punten is genoeg."})

    assert replaced.status_code == 201, replaced.text
    assert (replaced.json()["state"], replaced.json()["concluded_on"]) == ("replaced", "2024-12-02")
    (entry,) = (await laat.get("/registrations")).json()
    assert (entry["status"], entry["due_on"]) == ("registered", "2028-02-01")  # three years from the old due date
    assert (await laat.get(f"/decisions/{refusal['id']}")).json()["state"] == "replaced"
    again = await secretary.move(path, "standing", {"reasons": "Toch niet."})
    assert again.status_code == 409
    assert await problems(house) == []


@ON_SQLITE
async def test_it_may_stand_with_reasons_on_a_page(house: House):
    _, file = await reopened(house)
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/secretariaat")
    await secretary.press("Heroverwegingen")
    await secretary.press("Leider")
    await secretary.send("/blijft")
    assert secretary.page.status_code == 400, secretary.text
    await secretary.send("/blijft", reasons="Er was ook een andere grond.")
    assert "Blijft zoals het is" in secretary.text, secretary.text

    laat = await signed_in(house, "laat")
    await laat.open(f"/heroverwegingen/{file['id']}")
    assert "Er was ook een andere grond." in laat.text
    assert "Neem een ander besluit" not in laat.text


@ON_SQLITE
async def test_a_file_about_a_decision_that_was_replaced_by_another_way_is_closed(house: House):
    refusal, file = await reopened(house, both=True)
    appeal = await replaced_on_appeal(house, refusal)
    assert appeal == "decided-in-place"

    assert (await sweep(house.means, date(2024, 12, 2))).reconsiderations_overtaken == 1

    (seen,) = (await (await house.client("laat")).get("/reconsiderations")).json()["items"]
    assert (seen["id"], seen["state"]) == (file["id"], "replaced")


async def replaced_on_appeal(house: House, refusal: dict[str, Any]) -> str:
    """A chamber puts a renewal in the place of the refusal, on the same day."""
    laat = await house.client("laat")
    decisions = (await laat.get("/decisions")).json()["items"]
    number = next(one["number"] for one in decisions if one["kind"] == "objection")
    answer = await laat.post("/appeals", {"decisions": [number], "grounds": "Ook de verlenging."})
    assert answer.status_code == 201, answer.text
    path, registrar = f"/appeals/{answer.json()['id']}", await house.client("griffier")
    await done(registrar, path, "admissibility", {"defence_until": "2024-12-16"})
    await seated(house, registrar, path, CHAMBER)
    await unheard(house, registrar, path, "laat")
    await voted(house, path, CHAMBER, "decided-in-place")
    renewal = {"decision_id": refusal["id"], "reasons": "Zestig punten is genoeg."}
    ruling = {"outcome": "decided-in-place", "reasons": "Juist.", "replacements": [renewal]}
    await done(registrar, path, "decision", ruling)
    return str((await done(registrar, path, "notification"))["outcome"])
