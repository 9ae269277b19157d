"""A decision that is taken back with nothing in its place (herroepen, Awb 7:11(2)): all that it did is undone."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.decisions import Decision, annul
from core.store.work import Work
from register.service.effects import UNDONE
from register.service.sweep import sweep
from tests.accreditation.steps import accredited, admitted, known, ok
from tests.accreditation.test_courses import WITHDRAWAL
from tests.accreditation.test_institutional import WITHDRAWAL as UNDECLARED
from tests.accreditation.test_institutional import granted
from tests.accreditation.test_providers import MEASURE
from tests.accreditation.test_providers import standing as of_provider
from tests.builders import ACCREDITORS, MEMBERS, Client, House
from tests.faults.files import problems
from tests.intended import measured, withdrawal_proposed
from tests.journeys.disputing import ADVISERS, by_body, done, heard, object_to, seated, voted
from tests.journeys.steps import learn, make_known, vote
from tests.journeys.test_aanvullen import asked
from tests.mailed import mails
from tests.pages import signed_in
from tests.register.corrections.test_corrections import FINAL, opened, the_decision
from tests.register.measures.test_measures import a_measure, registered, standing
from tests.register.sharing.steps import ACTIVITY, a_leader_with_a_portfolio
from tests.standing import history, shown, shown_on
from tests.two_persons import by_two

EFFECT = date(2024, 10, 15)


async def struck_off(house: House, who: str) -> dict[str, Any]:
    """A strike-off that was made known on 27 September 2024 and works from 15 October."""
    await registered(house, who)
    secretary = await house.client("secretaris")
    intended = await secretary.post("/measures", a_measure(house, who, "strike-off", "evidence-forged"))
    path = f"/measures/{intended.json()['id']}"
    house.on(date(2024, 9, 27))
    secretary = await house.client("secretaris")
    await secretary.move(path, "hearing-end")
    text = {
        "reasons": "Het diploma is vervalst.",
        "answer": "Dat verandert het niet.",
        "repair": "Vraag opnieuw aan.",
        "effect_on": EFFECT.isoformat(),
    }
    proposed = (await secretary.move(path, "proposal", text)).json()
    signed = await (await house.client(MEMBERS[0])).move(path, "signature", {"digest": proposed["digest"]})
    assert signed.status_code == 201, signed.text
    return await make_known(secretary, signed.json()["id"])


async def handled(house: House, who: str, number: str, hearing_on: date, *also: str) -> tuple[Client, str]:
    """An objection that was lodged, heard, and on which three advisers want it upheld: the decider, and its path."""
    path = f"/objections/{(await object_to(await house.client(who), number, *also))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await heard(house, adviser, path, hearing_on)
    await voted(house, path, ADVISERS, "upheld")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is echt."})
    return await house.client("griffier-bezwaar"), path


@pytest.mark.parametrize("carried_out", [True, False])
async def test_awb_7_11_a_strike_off_that_is_taken_back_leaves_no_gap(house: House, carried_out: bool):
    decision = await struck_off(house, "echt")
    if carried_out:
        house.on(EFFECT)
        assert (await sweep(house.means, EFFECT)).struck_off == 1
        assert await standing(house, "echt") == "struck-off"
    house.on(date(2024, 10, 16) if carried_out else date(2024, 9, 30))
    hearing_on = date(2024, 11, 8) if carried_out else date(2024, 10, 14)
    decider, path = await handled(house, "echt", decision["number"], hearing_on)

    ruling = {"outcome": "upheld", "reasons": "De hogeschool bevestigt het diploma.", "revocations": [decision["id"]]}
    await by_body(house, path, ruling)
    await done(decider, path, "notification")
    await sweep(house.means, date(2024, 12, 1))

    assert await standing(house, "echt") == "registered"
    since = [status for from_on, _, status in await history(house, "echt") if from_on >= "2024-09-12"]
    assert set(since) == {"registered"}  # as if it had never been
    assert await shown(house, "echt") == [("registered", "niveau-2", "2029-09-12")]
    if carried_out:
        assert await shown_on(house, "echt", "2024-10-20") == ["registered"]
    was = (await decider.get(f"/decisions/{decision['id']}")).json()
    assert was["state"] == "annulled"
    leader = await signed_in(house, "echt")
    await leader.open("/mijn")
    assert "oorgehaald" not in leader.text
    assert await problems(house) == []


async def test_awb_7_11_what_leaves_a_request_is_replaced_and_not_only_taken_back(house: House):
    decision = await struck_off(house, "echt")
    decider, path = await handled(house, "echt", decision["number"], date(2024, 10, 14))

    nothing = await decider.move(path, "draft", {"outcome": "upheld", "reasons": "Het advies."})
    twice = {"outcome": "upheld", "reasons": "Het advies.", "revocations": [decision["id"], decision["id"]]}
    doubled = await decider.move(path, "draft", twice)

    assert (nothing.status_code, nothing.json()["code"]) == (400, "replacement-missing")
    assert (doubled.status_code, doubled.json()["code"]) == (400, "changed-twice")
    assert "registration" not in UNDONE


async def suspended(house: House, *steps: str) -> tuple[str, dict[str, Any]]:
    """A provider that lost its admission: the resource, and the decision that took it."""
    provider = await admitted(house)
    path = f"/provider-authorisations/{(await of_provider(house, provider))['id']}"
    for step in steps:
        taken = await ok(await measured(house, path, step, MEASURE))
        decision = await known(house, taken["decision_id"])
    return f"{path}?provider={provider}", decision


async def untreated(house: House) -> tuple[str, dict[str, Any]]:
    who, file = await asked(house, "aanvuller")
    house.on(date(2024, 10, 1))
    secretary = await house.client("secretaris")
    left = await ok(await secretary.move(file, "non-treatment", {"reasons": "Niets ontvangen."}))
    return f"{file}?as={who}", (await (await house.client(who)).get(f"/decisions/{left['decision_id']}")).json()


async def withdrawn(house: House) -> tuple[str, dict[str, Any]]:
    course = await accredited(house, await admitted(house))
    other = await house.client("secretaris2")
    given = course["accreditations"][0]["id"]
    proposal = await withdrawal_proposed(house, given, WITHDRAWAL)
    taken = await ok(await other.move(f"/course-withdrawals/{proposal['id']}", "confirmation"))
    return f"/provider-courses/{course['id']}", await known(house, taken["decision_id"])


async def no_longer_institutional(house: House) -> tuple[str, dict[str, Any]]:
    _, path, _ = await granted(house)
    house.on(date(2024, 9, 12))
    taken = await ok(await (await house.client("secretaris")).move(path, "withdrawal", UNDECLARED))
    return f"{path}?as=paula", await known(house, taken["decision_id"])


async def lapsed(house: House) -> tuple[str, dict[str, Any]]:
    """Late, under conditions for six months, and lapsed by the committee's vote on 28 March 2030."""
    await registered(house, "laat")
    await sweep(house.means, date(2029, 9, 13))
    house.on(date(2030, 3, 13))
    secretary = await house.client("secretaris")
    intended = await ok(await secretary.post("/measures", a_measure(house, "laat", "lapse", "conditional-term-passed")))
    await (await house.client("laat")).move(f"/measures/{intended['id']}", "views", {"view": "Ik was ziek."})
    ids = [str(house.id_of(member)) for member in MEMBERS[:4]]
    new = {"held_on": "2030-03-13", "chair_id": ids[0], "members": ids}
    session = f"/committee-sessions/{(await ok(await secretary.post('/committee-sessions', new)))['id']}"
    filled = await ok(await secretary.post(f"{session}/agenda", {}))
    await secretary.move(session, "opening")
    await vote(house, f"/agenda-items/{filled['items'][0]['id']}", "for")
    text = {"reasons": "De maanden zijn voorbij.", "answer": "Dat verandert het niet."}
    await ok(await secretary.post(f"/agenda-items/{filled['items'][0]['id']}/decision", text))
    decision = (await secretary.get(session)).json()["items"][0]["decision"]
    return "entry?as=laat", await make_known(secretary, decision)


async def left_public(house: House) -> tuple[str, dict[str, Any]]:
    """Somebody does not want to be shown, and two of the office leave the entry public."""
    await registered(house, "anna")
    wanted = {"register_code": "schoolleiders-po", "reasons": "Iemand zoekt mij."}
    row = await ok(await (await house.client("anna")).post("/publication-objections", wanted))
    path = f"/publication-objections/{row['id']}"
    await ok(await by_two(house, "bureau", path, "refusal", {"reasons": "Dat weegt minder."}))
    return f"{path}?as=anna", (await (await house.client("anna")).get("/decisions")).json()["items"][-1]


async def not_corrected(house: House) -> tuple[str, dict[str, Any]]:
    """What a leader asked to correct on 4 November 2024, and was refused by two."""
    leader = await registered(house, "vraagt")
    house.on(FINAL)
    path = await opened(leader := await house.client("vraagt"), await the_decision(leader), "Ik heb een master.")
    secretary = await house.client("secretaris")
    refusal = {"refuses": True, "ground": "no-new-facts", "reasons": "Dat stond er al.", "repair": "Stuur het diploma."}
    proposed = await ok(await secretary.move(path, "proposal", refusal))
    member = await house.client(MEMBERS[0])
    signed = await ok(await member.move(path, "signature", {"digest": proposed["digest"]}))
    return f"{path}?as=vraagt", await make_known(secretary, signed["id"])


async def state_of(house: House, resource: str) -> str:
    path, _, whose = resource.partition("?")
    if whose.startswith("provider="):
        return str((await of_provider(house, whose.removeprefix("provider=")))["state"])
    if path == "entry":
        return await standing(house, "laat")
    client = await house.client("aanbieder" if "courses" in path else whose.removeprefix("as="))
    found = (await client.get(path)).json()
    return str(found["accreditations"][0]["state"] if "courses" in path else found["state"])


STORIES = {
    "provider-suspension": (lambda house: suspended(house, "suspension"), "suspended", "authorised"),
    "provider-withdrawal": (lambda house: suspended(house, "suspension", "withdrawal"), "withdrawn", "suspended"),
    "leave-untreated": (untreated, "left-untreated", "submitted"),
    "course-withdrawal": (withdrawn, "withdrawn", "accredited"),
    "institutional-withdrawal": (no_longer_institutional, "withdrawn", "granted"),
    "lapse": (lapsed, "lapsed", "conditional"),
    "publication": (left_public, "refused", "granted"),
    "correction": (not_corrected, "notified", "opened"),
}
"""What happened, by the kind of decision; where its subject then stood, and where it stands once it is taken back."""
PARTIES = {
    "leave-untreated": "aanvuller",
    "institutional-withdrawal": "paula",
    "lapse": "laat",
    "publication": "anna",
    "correction": "vraagt",
}
"""Who contests it, where that is not the provider."""


async def as_if_never(house: House, kind: str, resource: str) -> None:
    """What else stands again: entry and public register, offer, agenda."""
    path, _, whose = resource.partition("?")
    if kind == "lapse":
        since = [status for from_on, _, status in await history(house, "laat") if from_on >= "2029-09-13"]
        assert set(since) == {"conditional"}
        assert await shown(house, "laat") == [("conditional", "niveau-2", "2029-09-12")]
    if kind.startswith("provider-"):  # after a withdrawal it is suspended still
        asked = {"provider_id": whose.removeprefix("provider="), "registers": ["schoolleiders-po"]}
        answer = await (await house.client("aanbieder")).post("/course-applications", asked)
        assert answer.status_code == (201 if kind == "provider-suspension" else 409), answer.text
    if kind == "course-withdrawal":
        course = (await (await house.client("aanbieder")).get(path)).json()
        (given,) = course["accreditations"]
        assert (given["until_on"], given["withdrawn_on"]) == ("2028-09-11", None)
        assert (await house.http.get(f"/v1/catalogue-courses/{course['code']}")).status_code == 200
    if kind == "institutional-withdrawal":
        found = (await (await house.client("paula")).get(path)).json()
        assert (found["from_on"], found["until_on"], found["withdrawn_on"]) == ("2024-09-10", "2025-09-09", None)
    if kind in {"leave-untreated", "correction"}:  # what was asked waits for its decision again
        tasks = (await (await house.client("secretaris")).get("/work-items")).json()["items"]
        assert (path.rpartition("/")[2], "decide") in [(one["case_id"], one["task"]) for one in tasks]
    if kind == "publication":
        assert await shown(house, "anna") == []


async def undone(work: Work, id: UUID) -> None:
    decision = await work.session.get_one(Decision, id)
    annul(work, decision, decision)
    await work.flush()
    await UNDONE[decision.kind](work, decision)


async def test_an_application_that_is_taken_up_again_after_its_day_promises_no_day_that_has_passed(house: House):
    """Its last day, 21 November, passed while the objection ran: only that it is late is told (Awb 4:14)."""
    _, decision = await untreated(house)
    before = len(await mails(house, "application-due"))
    house.on(date(2024, 12, 2))

    await house.system(lambda work: undone(work, UUID(decision["id"])))

    assert len(await mails(house, "application-due")) == before
    assert (await sweep(house.means, date(2024, 12, 3))).applications_late == 1


@pytest.mark.parametrize("first", ["suspension", "withdrawal"])
async def test_awb_7_11_a_provider_stands_as_the_decisions_that_are_left_say(house: House, first: str):
    """Suspended, then withdrawn: either can be taken back first, and only after both it is admitted again."""
    provider = await admitted(house)
    resource = f"/provider-authorisations/{(await of_provider(house, provider))['id']}"
    taken = {
        step: await known(house, (await ok(await measured(house, resource, step, MEASURE)))["decision_id"])
        for step in ("suspension", "withdrawal")
    }
    stood = []
    for step in (first, *({*taken} - {first})):
        await house.system(lambda work, step=step: undone(work, UUID(taken[step]["id"])))
        stood.append((await of_provider(house, provider))["state"])

    assert stood == (["withdrawn", "authorised"] if first == "suspension" else ["suspended", "authorised"])
    assert await problems(house) == []


@pytest.mark.parametrize("kind", STORIES)
async def test_awb_7_11_a_decision_is_taken_back_with_all_that_it_did(house: House, kind: str):
    story, was, becomes = STORIES[kind]
    resource, decision = await story(house)
    who = PARTIES.get(kind, "aanbieder")
    assert (decision["kind"], await state_of(house, resource)) == (kind, was)
    known_on = date.fromisoformat(decision["notified_on"])
    house.on(known_on + timedelta(days=5))
    decider, path = await handled(house, who, decision["number"], known_on + timedelta(days=25))

    ruling = {"outcome": "upheld", "reasons": "Het advies wordt gevolgd.", "revocations": [decision["id"]]}
    theirs = kind.startswith(("course-", "provider-", "institutional-"))
    ruled = await by_body(house, path, ruling, ACCREDITORS if theirs else MEMBERS[::-1])
    await done(decider, path, "notification")

    assert await state_of(house, resource) == becomes
    await as_if_never(house, kind, resource)
    letter = (await (await house.client(who)).get(f"/decisions/{ruled['decision_id']}")).json()
    assert f"Wij herroepen besluit {decision['number']}" in letter["reasons"]
    page = await signed_in(house, who)
    await page.open(f"/mijn/besluiten/{ruled['decision_id']}")
    assert f"U krijgt gelijk. Het besluit {decision['number']} is herroepen." in page.text
    assert "nieuw besluit" not in page.text
    assert await problems(house) == []


def test_every_kind_that_can_be_taken_back_has_its_story():
    assert {*STORIES, "strike-off"} == set(UNDONE)


async def test_awb_7_11_nobody_is_worse_off_for_having_objected(house: House):
    """Thirty points were given; the objection may end in thirty, for other reasons, but not in ten."""
    await a_leader_with_a_portfolio(house)
    nadia = await house.client("nadia")
    await learn(house, "nadia", {**ACTIVITY, "points": 30}, 30)
    valued = (await nadia.get("/decisions")).json()["items"][0]
    decider, path = await handled(house, "nadia", valued["number"], date(2024, 10, 7))

    def ruling(points: int, **more: Any) -> dict[str, Any]:
        new = {"decision_id": valued["id"], "reasons": "Opnieuw gewogen.", "points": points, **more}
        return {"outcome": "upheld", "reasons": "Het advies.", "replacements": [new]}

    less = {"grounds": ["not-the-standard"], "repair": "Voeg bewijs toe."}
    worse = await decider.move(path, "draft", ruling(10, **less))
    await by_body(house, path, ruling(30))

    assert (worse.status_code, worse.json()["code"]) == (409, "worse-off")
    assert valued["number"] in worse.json()["detail"]
