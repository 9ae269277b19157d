"""A ground for hearing nobody binds what may be decided: any other outcome needs the hearing after all (Awb 7:3)."""

from datetime import date

import pytest

from appeals.disputes.policy import OUTCOMES, Kind, Outcome, Waiver, fits
from tests.builders import House, a_leader
from tests.journeys.disputing import ADVISERS, done, heard, object_to, refused_leader, seated, voted
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
    waiver = {"ground": "evidently-unfounded", "waiver_reasons": "Het bezwaar kan niet slagen."}
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
    waiver = {"ground": "evidently-unfounded", "waiver_reasons": "Het bezwaar kan niet slagen."}
    await done(adviser, path, "hearing-waiver", waiver)
    await voted(house, path, ADVISERS, "dismissed")
    await done(adviser, path, "advice", {"advice": "Ongegrond."})
    replacement = {"decision_id": refusal["id"], "reasons": "Op tijd behaald.", "issued_on": "2024-08-30"}
    ruling = {"outcome": "upheld", "reasons": "Toch.", "deviation": "Een feit gemist.", "replacements": [replacement]}

    decider = await house.client("griffier-bezwaar")
    refused = await decider.move(path, "decision", ruling)

    assert (refused.status_code, refused.json()["code"]) == (409, "hearing-first")
    await heard(house, adviser, path, date(2024, 11, 5))
    assert (await adviser.get(path)).json()["state"] == "heard"
