"""A ground for hearing nobody binds what may be decided: any other outcome needs the hearing after all (Awb 7:3)."""

from datetime import date

import pytest

from appeals.disputes.policy import OUTCOMES, Kind, Outcome, Waiver, fits
from tests.builders import House, a_leader
from tests.journeys.disputing import ADVISERS, by_body, done, heard, object_to, refused_leader, seated, voted
from tests.mailed import mails
from tests.pages import signed_in

SENTENCE = "Plan alsnog een hoorzitting"


@pytest.mark.parametrize(
    ("ground", "only"),
    [
        (Waiver.EVIDENTLY_INADMISSIBLE, {"inadmissible"}),
        (Waiver.EVIDENTLY_UNFOUNDED, {"dismissed"}),
        (Waiver.FULLY_MET, {"upheld"}),
        (Waiver.WAIVED, set(Outcome)),
        (Waiver.NO_REPLY, set(Outcome)),
        (None, set(Outcome)),
    ],
)
def test_a_ground_for_hearing_nobody_allows_what_it_foretells(ground: Waiver | None, only: set[str]):
    assert {outcome for outcome in Outcome if fits(ground, outcome)} == only
    assert only & set(OUTCOMES[Kind.OBJECTION])


async def test_evidently_unfounded_cannot_be_upheld_before_the_hearing_is_held_after_all(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    waiver = {
        "ground": "evidently-unfounded",
        "waiver_reasons": "Het diploma is van na de accreditatie, dus het bezwaar kan niet slagen.",
    }
    await done(adviser, path, "hearing-waiver", waiver)
    await voted(house, path, ADVISERS, "upheld")

    refused = await adviser.move(path, "advice", {"advice": "Het diploma is van 30 augustus."})
    assert (refused.status_code, refused.json()["code"]) == (409, "hearing-first")
    assert SENTENCE in refused.json()["detail"]
    one = await signed_in(house, "adviseur1")
    await one.open(path.replace("/objections/", "/bezwaren/"))
    assert SENTENCE in one.text

    await heard(house, adviser, path, date(2024, 11, 5))
    file = (await adviser.get(path)).json()
    assert (file["state"], file["waived"]) == ("heard", None)
    await voted(house, path, ADVISERS, "upheld")
    assert (await done(adviser, path, "advice", {"advice": "Het diploma is van 30 augustus."}))["state"] == "advised"


async def test_a_body_that_departs_from_the_advice_must_hear_first(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    waiver = {
        "ground": "evidently-unfounded",
        "waiver_reasons": "Het diploma is van na de accreditatie, dus het bezwaar kan niet slagen.",
    }
    await done(adviser, path, "hearing-waiver", waiver)
    await voted(house, path, ADVISERS, "dismissed")
    await done(adviser, path, "advice", {"advice": "Ongegrond."})
    replacement = {"decision_id": refusal["id"], "reasons": "Op tijd behaald.", "issued_on": "2024-08-30"}
    ruling = {"outcome": "upheld", "reasons": "Toch.", "deviation": "Een feit gemist.", "replacements": [replacement]}

    decider = await house.client("griffier-bezwaar")
    refused = await decider.move(path, "draft", ruling)

    assert (refused.status_code, refused.json()["code"]) == (409, "hearing-first")
    await heard(house, adviser, path, date(2024, 11, 5))
    assert (await adviser.get(path)).json()["state"] == "heard"


async def test_nobody_but_the_party_says_that_it_does_not_want_to_be_heard(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    waiver = {"ground": "waived", "waiver_reasons": "Zij ziet ervan af, zei zij aan de telefoon."}

    refused = await adviser.move(path, "hearing-waiver", waiver)
    for_her = await adviser.move(path, "hearing-renunciation", {})

    assert (refused.status_code, refused.json()["code"]) == (409, "not-declined")
    assert (for_her.status_code, for_her.json()["code"]) == (403, "not-for-this-role")
    nadia = await signed_in(house, "nadia")
    await nadia.open(path.replace("/objections/", "/bezwaren/"))
    await nadia.send("/hearing-renunciation")
    assert (await done(await house.client("adviseur1"), path, "hearing-waiver", waiver))["waived"] == "waived"


async def test_a_letter_that_says_so_is_read_by_two_and_the_party_is_told(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser, registrar = await house.client("adviseur1"), await house.client("griffier-bezwaar")
    await done(adviser, path, "admissibility", {"advisory": True})
    piece = (await registrar.upload(f"{path}/pieces", "brief.pdf")).json()["pieces"][-1]["id"]
    act = {"act": "hearing-renunciation", "piece_id": piece, "filed_channel": "post"}
    await done(registrar, path, "filed-acts", act)
    waiver = {"ground": "waived", "waiver_reasons": "Zij schreef dat zij ervan afziet."}
    early = await adviser.move(path, "hearing-waiver", waiver)

    (waiting,) = (await registrar.get("/proposals", params={"state": "proposed"})).json()["items"]
    assert (await adviser.move(f"/proposals/{waiting['id']}", "signature")).status_code == 201
    waived = await done(adviser, path, "hearing-waiver", waiver)

    assert (early.status_code, early.json()["code"]) == (409, "not-declined")
    assert waived["state"] == "hearing-waived"
    assert "nadia@voorbeeld.example" in {mail.address for mail in await mails(house, "objection-filed")}


@pytest.mark.parametrize("ground", ["evidently-unfounded", "evidently-inadmissible"])
async def test_awb_7_3_what_is_evident_is_said_in_more_than_a_word_and_stands_in_the_letter(house: House, ground: str):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)

    bare = await adviser.move(path, "hearing-waiver", {"ground": ground, "waiver_reasons": "Kennelijk ongegrond."})

    assert (bare.status_code, bare.json()["errors"][0]["code"]) == (400, "waiver-reasons-bare")
    assert "in ten minste 6 woorden" in bare.json()["errors"][0]["detail"]
    why = "Het diploma is van na de accreditatie, en daarop kan niets worden afgedongen."
    said = await done(adviser, path, "hearing-waiver", {"ground": ground, "waiver_reasons": why})
    assert said["state"] == "hearing-waived"
    if ground == "evidently-inadmissible":
        return
    await voted(house, path, ADVISERS, "dismissed")
    await done(adviser, path, "advice", {"advice": "Niet horen."})
    decided = await by_body(house, path, {"outcome": "dismissed", "reasons": "Het advies wordt gevolgd."})
    await done(await house.client("griffier-bezwaar"), path, "notification")
    letter = (await (await house.client("nadia")).get(f"/decisions/{decided['decision_id']}")).json()
    assert f"Er is niet gehoord: {why}" in letter["reasons"]
