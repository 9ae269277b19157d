"""Uitschrijven and terug: who leaves is no longer shown, and enters again for a period of the normal length."""

from datetime import date

from register.service.sweep import sweep
from tests.builders import PROGRAMME, House, a_leader
from tests.faults.files import problems
from tests.journeys.steps import a_diploma, an_application, apply, decide, make_known, sit, vote
from tests.journeys.test_herregistratie import registered_leader


async def test_who_leaves_is_no_longer_shown_and_may_enter_again(house: House):
    await registered_leader(house, "weg")
    house.on(date(2024, 8, 20))
    leader = await house.client("weg")
    waiting = await leader.post("/applications", {"register_code": "schoolleiders-po", "kind": "reregistration"})
    (entry,) = (await leader.get("/registrations")).json()
    path = f"/registrations/{entry['id']}"
    foreign = await (await house.client("secretaris")).get(path)

    left = await leader.move(path, "deregistration")
    twice = await leader.move(path, "deregistration")

    assert foreign.status_code in {403, 404}
    assert left.json()["status"] == "deregistered"
    assert (twice.status_code, twice.json()["code"]) == (409, "wrong-state")
    assert (await leader.get(f"/applications/{waiting.json()['id']}")).json()["state"] == "withdrawn"
    public = await house.client()
    assert (await public.get(f"/register-entries/{house.number_of('weg')}")).status_code == 404
    house.on(date(2024, 8, 28))
    file = await apply(await house.client("weg"), an_application(), a_diploma("2020-07-03"))
    known = await decide(house, file, "for", {"reasons": "Het diploma telt nog."})
    # A new period of five years from the decision; what was before gives no base (choice).
    assert (known["outcome"], known["due_on"]) == ("granted", "2029-08-28")
    (entry,) = (await (await house.client("weg")).get("/registrations")).json()
    assert (entry["status"], entry["due_on"]) == ("registered", "2029-08-28")
    assert await problems(house) == []


async def test_a_leader_in_training_asks_in_time_and_becomes_registered(house: House):
    """In post since 1 August 2019: in training until 1 August 2022 at most. The first leader's days: test_scenarios."""
    house.on(date(2020, 2, 3))
    await a_leader(house.world, "eerste")
    enrolled = {"kind": "enrolment", "programme_code": PROGRAMME, "issued_on": "2019-09-01"}
    first = await decide(
        house,
        await apply(await house.client("eerste"), an_application(), enrolled),
        "for",
        {"reasons": "Volgt de opleiding."},
    )
    house.on(date(2022, 7, 20))
    file = await apply(await house.client("eerste"), an_application(), a_diploma("2022-07-01"))
    # Asked in time: the limit passes, and the entry stays until the committee has decided.
    await sweep(house.means, date(2022, 8, 5))
    (waiting,) = (await (await house.client("eerste")).get("/registrations")).json()
    house.on(date(2022, 8, 15))

    known = await decide(house, file, "for", {"reasons": "Diploma behaald."})

    assert (first["level"], first["due_on"]) == ("in-opleiding", "2022-08-01")
    assert waiting["status"] == "in-training"
    assert (known["level"], known["due_on"], known["rule_set"]) == ("niveau-2", "2026-08-15", "schoolleiders-po-2020")
    assert await problems(house) == []


async def test_a_condition_is_met_or_shows_on_the_worklist_after_its_day(house: House):
    await a_leader(house.world, "mits")
    file = await apply(await house.client("mits"), an_application(), a_diploma("2024-08-31"))
    secretary, _, item = await sit(house, file)
    await vote(house, item, "for")
    ruled = (await secretary.post(f"{item}/decision", {"reasons": "Toegekend, mits."})).json()["decision"]
    path = f"/decisions/{ruled['id']}"
    condition = {"text": "Stuur een verklaring van het bestuur.", "due_on": "2024-10-31"}

    past = await secretary.post(f"{path}/conditions", {**condition, "due_on": "2024-09-12"})
    first = await secretary.post(f"{path}/conditions", condition)
    second = await secretary.post(f"{path}/conditions", {**condition, "text": "Stuur de benoeming."})
    known = await make_known(secretary, ruled["id"])
    late = await secretary.post(f"{path}/conditions", condition)
    met = await secretary.move(f"/grant-conditions/{first.json()['id']}", "fulfilment")
    again = await secretary.move(f"/grant-conditions/{first.json()['id']}", "fulfilment")
    house.on(date(2024, 11, 1))
    open_ones = (await secretary.get("/grant-conditions")).json()["items"]

    assert (past.status_code, past.json()["errors"][0]["code"]) == (400, "day-passed")
    assert (late.status_code, late.json()["code"]) == (409, "wrong-state")
    assert "benoeming" in known["conditions"]
    assert (met.json()["met_on"], again.json()["code"]) == ("2024-09-12", "condition-met")
    assert [(one["id"], one["overdue"]) for one in open_ones] == [(second.json()["id"], True)]
    hidden = await (await house.client("mits")).get(f"/grant-conditions/{second.json()['id']}")
    assert hidden.status_code == 403
