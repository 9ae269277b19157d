"""What parties, panel and body are told of a dispute, named after the article that asks for it; the mails are read."""

from datetime import date
from typing import Any

from sqlmodel import col, select

from register.notification.models import BoxMessage
from tests.builders import Client, House, a_leader
from tests.journeys.disputing import (
    ADVISERS,
    body_seated,
    by_body,
    done,
    heard,
    object_to,
    refused_leader,
    seated,
    unheard,
    voted,
)
from tests.mailed import mails

HEARING = {"at": "14:00", "place": "Utrecht"}


async def body_of(house: House, topic: str) -> str:
    """The text of the last message of a topic: in the box where one went there, else of the mail."""
    async with house.means.database.reading() as session:
        wanted = select(BoxMessage).where(BoxMessage.topic == topic).order_by(col(BoxMessage.id).desc())
        placed = (await session.exec(wanted.limit(1))).first()
    return placed.body if placed else (await mails(house, topic))[-1].body


async def objected(house: House, lodged_on: date = date(2024, 10, 1), **more: object) -> str:
    """An objection against a refusal of 12 September 2024, of which 24 October is the last day; its path."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(lodged_on)
    return f"/objections/{(await object_to(await house.client('nadia'), refusal['number'], **more))['id']}"


async def panelled(house: House, path: str) -> Client:
    """An advisory committee treats it, and three sit: the adviser who handles it."""
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    return adviser


async def dismissed(house: House, number: str) -> tuple[str, dict[str, Any]]:
    """An objection that was heard, advised on and dismissed; its path, and what it then says."""
    path = f"/objections/{(await object_to(await house.client('nadia'), number))['id']}"
    adviser = await panelled(house, path)
    await heard(house, adviser, path, date(2024, 10, 21))
    await voted(house, path, ADVISERS, "dismissed")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is te laat."})
    decider = await house.client("griffier-bezwaar")
    await by_body(house, path, {"outcome": "dismissed", "reasons": "Wij volgen het advies."})
    return path, await done(decider, path, "notification")


async def test_awb_6_6_a_request_says_what_lacks_and_6_11_asks_why_it_is_late(house: House):
    path = await objected(house, date(2024, 10, 28), grounds="")

    late = await body_of(house, "objection-received")
    await done(await house.client("adviseur1"), path, "repair-request", {"missing": ["grounds", "date"]})

    assert "na de laatste dag, 24 oktober 2024" in late
    assert "Schrijf ons dan waarom" in late
    assert "Dit ontbreekt: datum, gronden." in await body_of(house, "objection-omission")


async def test_awb_7_10_a_last_day_that_moves_is_told_again_with_the_reason_and_only_then(house: House):
    """Six weeks after 24 October is 5 December; with a committee twelve, 16 January 2025 (Awb 7:10(1))."""
    path = await objected(house)
    assert "uiterlijk op 5 december 2024" in await body_of(house, "objection-received")
    adviser = await house.client("adviseur1")

    await done(adviser, path, "admissibility", {"advisory": True})

    told = await body_of(house, "objection-due")
    assert "Een onafhankelijke commissie adviseert" in told
    assert "uiterlijk op 16 januari 2025" in told
    assert "Eerder noemden wij 5 december 2024" in told
    assert "commissie hoort u en adviseert" in await body_of(house, "objection-advisory")  # Awb 7:13(2)
    await done(adviser, path, "adjournment")
    assert "27 februari 2025" in await body_of(house, "objection-due")  # six weeks more (Awb 7:10(3))
    assert len(await mails(house, "objection-due")) == 2


async def test_awb_7_2_an_invitation_says_day_time_place_and_who_hears_and_7_13_invites_panel_and_body(house: House):
    path = await objected(house)
    adviser = await panelled(house, path)

    await done(adviser, path, "hearing", {"held_on": "2024-10-21", **HEARING})
    await done(adviser, path, "hearing", {"held_on": "2024-10-22", **HEARING})

    told = await body_of(house, "objection-hearing")
    assert "De zitting van 21 oktober 2024 gaat niet door." in told
    assert "22 oktober 2024, 14.00 uur. Plaats: Utrecht." in told
    assert "Ada Adviseur (voorzitter)" in told
    assert "getuigen en deskundigen" in told  # Awb 7:8
    panel = [mail.address for mail in await mails(house, "objection-hearing-panel")]
    assert sorted(panel[-3:]) == [f"{one}@voorbeeld.example" for one in ADVISERS]
    body = {mail.address for mail in await mails(house, "objection-hearing-body")}
    assert "secretaris@voorbeeld.example" in body

    await done(await house.client("nadia"), path, "hearing-renunciation")
    await done(adviser, path, "hearing-waiver", {"ground": "waived", "waiver_reasons": "Zij ziet ervan af."})

    assert "De hoorzitting van 22 oktober 2024 gaat niet door." in await body_of(house, "objection-unheard")
    assert "gaat niet door" in await body_of(house, "objection-hearing-panel")


async def test_awb_7_3_silence_waives_a_hearing_only_after_a_question_and_its_day(house: House):
    path = await objected(house)
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    waiver = {"ground": "no-reply", "waiver_reasons": "Er kwam geen antwoord."}

    unasked = await adviser.move(path, "hearing-waiver", waiver)
    await done(adviser, path, "hearing-question", {"reply_until": "2024-10-10"})
    asked = await body_of(house, "objection-hearing-question")
    house.on(date(2024, 10, 10))
    adviser = await house.client("adviseur1")
    running = await adviser.move(path, "hearing-waiver", waiver)
    house.on(date(2024, 10, 11))
    adviser = await house.client("adviseur1")

    assert [(each.status_code, each.json()["code"]) for each in (unasked, running)] == [(409, "not-asked")] * 2
    assert "tot en met\n10 oktober 2024" in asked
    assert (await done(adviser, path, "hearing-waiver", waiver))["state"] == "hearing-waived"


async def test_awb_4_17_a_notice_is_received_today_confirmed_with_its_day_and_the_first_one_stands(house: House):
    path = await objected(house)
    house.on(date(2024, 12, 5))
    early = await (await house.client("nadia")).move(path, "default-notice", {})
    house.on(date(2024, 12, 6))
    nadia = await house.client("nadia")

    await done(nadia, path, "default-notice")
    again = await nadia.move(path, "default-notice", {})

    assert early.json()["code"] == "notice-premature"
    told = await body_of(house, "objection-notice")
    assert "op 6 december 2024" in told
    assert "uiterlijk op 20 december 2024" in told  # two weeks from the day after
    assert "vanaf 21 december 2024" in told
    assert (again.status_code, again.json()["code"]) == (409, "notice-given")


async def test_awb_7_15_costs_are_asked_until_it_is_decided(house: House):
    path = await objected(house)
    nadia = await house.client("nadia")

    assert (await done(nadia, path, "costs-request"))["asks_costs"]
    again = await nadia.move(path, "costs-request", {})

    assert (again.status_code, again.json()["code"]) == (409, "costs-asked")
    assert "1 oktober 2024" in again.json()["detail"]


async def test_awb_7_12_a_decision_names_what_was_contested_the_hearing_the_advice_and_the_costs(house: House):
    path = await objected(house, asks_costs=True)
    adviser = await house.client("adviseur1")
    number = (await adviser.get(path)).json()["contested"][0]["number"]
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await heard(house, adviser, path, date(2024, 10, 21))
    await voted(house, path, ADVISERS, "dismissed")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is te laat."})
    decider = await house.client("griffier-bezwaar")

    ruled = await by_body(house, path, {"outcome": "dismissed", "reasons": "Wij volgen het advies."})

    await done(decider, path, "notification")
    told = (await (await house.client("nadia")).get(f"/decisions/{ruled['decision_id']}")).json()["reasons"]
    assert told.splitlines() == [
        f"Uw bezwaar is gericht tegen besluit {number} van 12 september 2024.",
        "U bent gehoord op 21 oktober 2024.",
        "Wij volgen het advies.",
        "Het advies van de commissie: Het diploma is te laat.",
        "U vroeg om vergoeding van uw kosten. Die geven wij niet. Dat kan alleen als een besluit wordt herroepen door "
        "een fout van ons.",
        "Wij beslissen op grond van: reglement, zoals Awb 7:11, 7:12 en 7:15.",
    ]


async def test_awb_6_11_a_decision_says_that_it_was_late_and_why_it_is_treated(house: House):
    """24 October 2024 is the last day; it came four days later."""
    path = await objected(house, date(2024, 10, 28))
    adviser = await house.client("adviseur1")
    excused = {"excused": "yes", "excuse_reasons": "Zij lag in het ziekenhuis."}

    await done(adviser, path, "admissibility", {"advisory": False, **excused})
    await body_seated(house, path)
    await unheard(house, adviser, path)
    ruled = await by_body(house, path, {"outcome": "dismissed", "reasons": "Het diploma is te laat."})

    await done(await house.client("griffier-bezwaar"), path, "notification")
    told = (await (await house.client("nadia")).get(f"/decisions/{ruled['decision_id']}")).json()["reasons"]
    late = "Het kwam na de laatste dag. Wij behandelen het toch (reglement, zoals Awb 6:11): Zij lag in het ziekenhuis."
    assert late in told.splitlines()


async def test_awb_6_14_the_body_hears_of_an_appeal(house: House):
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    _, known = await dismissed(house, refusal["number"])

    nadia = await house.client("nadia")
    number = (await nadia.get(f"/decisions/{known['decision_id']}")).json()["number"]
    appeal = await nadia.post("/appeals", {"decisions": [number], "grounds": "Ik blijf erbij."})

    told = await mails(house, "appeal-lodged")
    assert {mail.address for mail in told} >= {"secretaris@voorbeeld.example", "secretaris2@voorbeeld.example"}
    assert appeal.json()["number"] in told[0].body


async def test_who_appeals_with_the_number_of_the_first_decision_appeals_against_the_one_on_the_objection(house: House):
    """Both letters lie on the table; the first one's number made a second objection, 28 days too late."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    _, known = await dismissed(house, refusal["number"])
    nadia = await house.client("nadia")
    ruled = (await nadia.get(f"/decisions/{known['decision_id']}")).json()["number"]

    appeal = (await nadia.post("/appeals", {"decisions": [refusal["number"]], "grounds": "Ik blijf erbij."})).json()

    assert (appeal["state"], appeal["late"]) == ("acknowledged", False)
    assert ruled in {one["number"] for one in appeal["contested"]}
    assert f"tegen\nbesluit {ruled}" in await body_of(house, "appeal-lodged")


async def test_awb_7_13_who_does_not_advise_writes_no_advice(house: House):
    path = await objected(house)
    adviser = await panelled(house, path)
    await heard(house, adviser, path, date(2024, 10, 21))
    await voted(house, path, ADVISERS, "dismissed")

    written = await (await house.client("griffier-bezwaar")).move(path, "advice", {"advice": "Ongegrond."})

    assert (written.status_code, written.json()["code"]) == (403, "not-for-this-role")


async def test_who_names_a_decision_of_somebody_else_learns_nothing_of_it(house: House):
    """The refusal that an objection runs already named the case of a stranger."""
    path = await objected(house)
    number = (await (await house.client("nadia")).get(path)).json()["contested"][0]["number"]
    await a_leader(house.world, "vreemde")
    stranger = await house.client("vreemde")

    for resource in ("/objections", "/appeals"):
        answer = await stranger.post(resource, {"decisions": [number], "grounds": "Het klopt niet."})
        assert (answer.status_code, answer.json()["code"]) == (404, "no-such-decision")


async def test_grounds_are_given_in_words_or_on_paper_and_not_by_a_tick(house: House):
    path = await objected(house, grounds="")
    await done(await house.client("adviseur1"), path, "repair-request", {"missing": ["grounds"]})
    nadia = await house.client("nadia")

    ticked = await nadia.move(path, "repair", {"repaired": ["grounds"]})

    assert (ticked.status_code, ticked.json()["code"]) == (400, "still-missing")
    assert (await done(nadia, path, "repair", {"grounds": "Mijn diploma is op tijd."}))["state"] == "repaired"


async def test_nothing_promises_a_day_that_has_passed(house: House):
    await objected(house, date(2025, 4, 20))

    told = await body_of(house, "objection-received")

    assert "zo snel mogelijk een beslissing" in told
    assert "5 december 2024" not in told


async def test_awb_7_15_who_changes_a_decision_and_pays_no_costs_says_why(house: House):
    path = await objected(house, asks_costs=True)
    number = (await (await house.client("nadia")).get(path)).json()["contested"][0]
    adviser = await panelled(house, path)
    await heard(house, adviser, path, date(2024, 10, 21))
    await voted(house, path, ADVISERS, "upheld")
    await done(await house.client("adviseur1"), path, "advice", {"advice": "Het diploma is op tijd."})
    decider = await house.client("griffier-bezwaar")
    other = {"decision_id": number["id"], "reasons": "Op tijd behaald.", "issued_on": "2024-08-30"}
    ruling = {"outcome": "upheld", "reasons": "Wij volgen het advies.", "replacements": [other]}

    unsaid = await decider.move(path, "draft", ruling)
    passed = await decider.move(path, "draft", {**ruling, "costs_reasons": "Geen bijstand.", "passed_over": True})
    await by_body(house, path, {**ruling, "costs_reasons": "U had geen bijstand van een ander."})
    known = await done(decider, path, "notification")

    assert [each.json()["code"] for each in (unsaid, passed)] == ["costs-reasons-missing", "defect-not-passed-over"]
    told = (await (await house.client("nadia")).get(f"/decisions/{known['decision_id']}")).json()["reasons"]
    assert "Die geven wij niet. U had geen bijstand van een ander." in told


async def test_awb_7_13_an_invitation_names_who_hears_and_not_who_decides(house: House):
    path = await objected(house)
    adviser = await panelled(house, path)
    body = await body_seated(house, path)

    await done(adviser, path, "hearing", {"held_on": "2024-10-21", **HEARING})

    told = await body_of(house, "objection-hearing")
    (line,) = [one for one in told.splitlines() if one.startswith("U wordt gehoord door")]
    assert line.startswith("U wordt gehoord door: Ada Adviseur (voorzitter), ")
    assert line.count("(voorzitter)") == 1
    assert len(line.split(", ")) == len(ADVISERS)
    assert len(body) == 4
