"""Aanvullen (Awb 4:5): what is lacking is asked, comes in or not, and the term to decide stands still meanwhile."""

from datetime import date

from auth.permissions import Role
from register.seed.documents import certificate
from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.journeys.steps import a_diploma, an_application, apply, decide

ASK = {"items": ["legible-proof"], "note": "De scan is te donker."}


async def asked(house: House, who: str) -> tuple[str, str]:
    """An application of 12 September 2024 that was found lacking on the 16th: the person, the application."""
    house.on(date(2024, 9, 12))
    await a_leader(house.world, who)
    file = await apply(await house.client(who), an_application(), a_diploma("2024-08-31"))
    house.on(date(2024, 9, 16))
    secretary = await house.client("secretaris")
    answer = await secretary.move(f"/applications/{file}", "completion-request", ASK)
    assert answer.status_code == 201, answer.text
    # 14 days that the office sets, not rolled; the term of eight weeks stands still until the 30th at the latest.
    assert answer.json()["completion"]["until_on"] == "2024-09-30"
    assert (answer.json()["state"], answer.json()["decision_due_on"]) == ("incomplete", "2024-11-21")
    return who, f"/applications/{file}"


async def test_what_was_lacking_comes_in_and_the_term_runs_on(house: House):
    who, file = await asked(house, "aanvuller")
    house.on(date(2024, 9, 20))
    leader = await house.client(who)
    (old,) = (await leader.get(file)).json()["proofs"]
    new = await leader.post(f"{file}/proofs", a_diploma("2024-08-31"))

    removed = await leader.http.delete(f"/v1{file}/proofs/{old['id']}", headers=leader.headers)
    early = await leader.move(file, "completion")
    await leader.upload(f"{file}/proofs/{new.json()['id']}/file", content=certificate("Diploma, leesbaar"))
    changed = await leader.patch(file, {"statement": "Beter leesbaar."}, (await leader.get(file)).headers["etag"])
    completed = await leader.move(file, "completion")
    frozen = await leader.upload(f"{file}/proofs/{new.json()['id']}/file")

    assert (removed.status_code, early.status_code) == (204, 400)
    assert early.json()["errors"][0]["code"] == "proof-without-file"
    assert changed.json()["statement"] == "Beter leesbaar."
    # Asked on the 16th, in on the 20th: it stood still on 17, 18 and 19 September. 7 November and three days is
    # Sunday the 10th, so Monday.
    assert (completed.json()["state"], completed.json()["decision_due_on"]) == ("submitted", "2024-11-11")
    assert completed.json()["completion"]["ended_on"] == "2024-09-20"
    assert frozen.json()["code"] == "frozen"
    known = await decide(house, file.removeprefix("/applications/"), "for", {"reasons": "Compleet en in orde."})
    assert known["outcome"] == "granted"
    assert await problems(house) == []


async def test_what_is_not_completed_in_time_is_left_untreated_by_a_decision(house: House):
    who, file = await asked(house, "stil")
    secretary = await house.client("secretaris")
    why = {"reasons": "De leesbare scan is niet ontvangen."}
    house.on(date(2024, 9, 30))
    too_early = await secretary.move(file, "non-treatment", why)
    house.on(date(2024, 10, 1))
    by_applicant = await (await house.client(who)).move(file, "non-treatment", why)

    left = await secretary.move(file, "non-treatment", why)

    assert (too_early.status_code, too_early.json()["code"]) == (409, "term-runs")
    assert by_applicant.status_code == 403
    assert left.json()["state"] == "left-untreated"
    leader = await house.client(who)
    decision = (await leader.get(f"/decisions/{left.json()['decision_id']}")).json()
    assert (decision["kind"], decision["outcome"], decision["grounds"]) == (
        "leave-untreated",
        "refused",
        ["not-completed"],
    )
    # Known on 1 October 2024: six weeks later is 12 November.
    assert (decision["last_day_to_object"], bool(decision["remedy"])) == ("2024-11-12", True)
    assert (await leader.get("/registrations")).json()[0]["status"] == "enrolled"
    again = await apply(leader, an_application(), a_diploma("2024-08-31"))
    assert again
    assert await problems(house) == []


async def test_after_four_weeks_a_file_is_taken_up_as_it_stands(house: House):
    _, file = await asked(house, "vergeten")
    secretary = await house.client("secretaris")
    house.on(date(2024, 10, 29))  # 30 September and four weeks: the last day was 28 October

    late = await secretary.move(file, "non-treatment", {"reasons": "Niets ontvangen."})
    resumed = await secretary.move(file, "resumption")

    assert (late.status_code, late.json()["code"]) == (409, "too-late-to-leave")
    # The term stood still from 17 to 30 September: 7 November and fourteen days.
    assert (resumed.json()["state"], resumed.json()["decision_due_on"]) == ("submitted", "2024-11-21")
    assert await problems(house) == []


async def test_a_request_says_what_is_lacking_and_leaves_time(house: House):
    await a_leader(house.world, "vraag")
    file = await apply(await house.client("vraag"), an_application(), a_diploma("2024-08-31"))
    secretary, path = await house.client("secretaris"), f"/applications/{file}"

    nothing = await secretary.move(path, "completion-request", {"items": []})
    unsaid = await secretary.move(path, "completion-request", {"items": ["other"]})
    short = await secretary.move(path, "completion-request", {**ASK, "until_on": "2024-09-25"})
    longer = await secretary.move(path, "completion-request", {**ASK, "until_on": "2024-10-10"})

    assert [each.status_code for each in (nothing, unsaid, short)] == [400, 400, 400]
    assert unsaid.json()["errors"][0]["code"] == "note-needed"
    assert short.json()["errors"][0]["code"] == "term-too-short"
    assert longer.json()["completion"]["until_on"] == "2024-10-10"


async def test_a_file_that_asks_for_a_second_reader_waits_for_one(house: House):
    await a_leader(house.world, "gelezen")
    file = f"/applications/{await apply(await house.client('gelezen'), an_application(), a_diploma('2024-08-31'))}"
    secretary = await house.client("secretaris")
    await secretary.move(file, "second-opinion-request")
    await secretary.move(file, "admission")
    ids = [str(house.id_of(f"lid{n}.commissie")) for n in range(1, 5)]
    session = (
        await secretary.post("/committee-sessions", {"held_on": "2024-09-12", "chair_id": ids[0], "members": ids})
    ).json()["id"]
    listing = {"application_id": file.removeprefix("/applications/")}
    advice = {"advice": "grant", "text": "Diploma binnen de accreditatie."}

    await secretary.post(f"{file}/notes", advice)
    alone = await secretary.post(f"/committee-sessions/{session}/agenda-items", listing)
    await house.world.staff("tweede", Role.SECRETARY, "plain", "Twee", "", "Lezer")
    second = await house.client("tweede")
    opened = (await second.get(f"{file}/assessment")).json()
    await second.post(f"{file}/notes", advice)
    listed = await secretary.post(f"/committee-sessions/{session}/agenda-items", listing)

    assert (alone.status_code, alone.json()["code"]) == (409, "second-opinion-needed")
    assert (opened["outcome"], opened["level"], len(opened["notes"])) == ("granted", "niveau-2", 1)
    assert listed.status_code == 201
    hidden = await (await house.client("gelezen")).get(f"{file}/assessment")
    assert hidden.status_code == 403
