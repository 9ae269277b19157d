"""Silence on an application: notice of default, appeal, the late decision that joins it, what a public body owes."""

from datetime import date
from typing import Any

from tests.appeals.test_told import body_of
from tests.builders import TEACHING_DEGREE, Client, House, a_leader, a_teacher
from tests.faults.files import problems
from tests.journeys.disputing import CHAMBER, done, heard, seated, voted
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.mailed import mails
from tests.pages import signed_in

WAITS = {"decisions": [], "grounds": "Er is nog steeds niet beslist."}
REFUSE = {"reasons": "Het diploma valt buiten de accreditatie.", "repair": "Doe een assessment."}


async def waiting(house: House, who: str = "nadia", issued_on: str = "2024-08-31") -> tuple[str, str]:
    """An application of 12 September 2024, of which 7 November is the last day to decide; its path and number.

    A diploma of 5 September is five days after the accreditation.
    """
    await a_leader(house.world, who)
    leader = await house.client(who)
    path = f"/applications/{await apply(leader, an_application(), a_diploma(issued_on))}"
    return path, (await leader.get(path)).json()["number"]


async def in_default(house: House, path: str, who: str, on: date) -> dict[str, Any]:
    """The applicant gives notice of default on a day."""
    house.on(on)
    given = await (await house.client(who)).move(path, "default-notice")
    assert given.status_code == 201, given.text
    return dict(given.json())


async def appealed(house: House, on: date, issued_on: str = "2024-09-05") -> tuple[str, str, Client]:
    """An appeal against silence: its path, the application, the appellant."""
    path, number = await waiting(house, issued_on=issued_on)
    await in_default(house, path, "nadia", date(2024, 12, 11))
    house.on(on)
    nadia = await house.client("nadia")
    appeal = await nadia.post("/appeals", WAITS | {"decisions": [number]})
    assert appeal.status_code == 201, appeal.text
    return f"/appeals/{appeal.json()['id']}", path, nadia


async def test_awb_4_17_a_notice_on_an_application_counts_after_its_last_day_and_the_first_one_stands(house: House):
    """11 December and two weeks is Christmas; the 27th is equated to a holiday, so Monday 30 December (Atw 1, 3)."""
    path, number = await waiting(house)
    house.on(date(2024, 11, 7))
    leader = await house.client("nadia")
    early = await leader.move(path, "default-notice")

    given = await in_default(house, path, "nadia", date(2024, 12, 11))
    items = (await (await house.client("secretaris")).get("/work-items")).json()["items"]
    assert ("notice", "2024-12-30") in [(one["task"], one["due_on"]) for one in items if one["number"] == number]
    house.on(date(2024, 12, 20))
    again = await (await house.client("nadia")).move(path, "default-notice")
    elsewhere = await (await house.client("secretaris")).move(path, "default-notice")

    assert (early.status_code, early.json()["code"]) == (409, "notice-premature")
    assert "tot en met 7 november 2024" in early.json()["detail"]
    assert given == {
        "received_on": "2024-12-11",
        "due_on": "2024-11-07",
        "appeal_from": "2024-12-31",
        "penalty": None,  # a private register owes none
    }
    assert again.json()["code"] == "notice-given"
    assert "11 december 2024" in again.json()["detail"]
    assert elsewhere.status_code == 403
    (told,) = await mails(house, "application-notice")
    assert "op 11 december 2024" in told.body
    assert "uiterlijk op 30 december 2024" in told.body
    assert "vanaf 31 december 2024 beroep instellen" in told.body
    assert f"Noem daarbij uw aanvraag: {number}" in told.body
    assert "dwangsom" not in told.body


async def test_awb_6_12_silence_on_an_application_goes_to_appeal_by_pages_after_two_weeks(house: House):
    path, number = await waiting(house)
    _path, unannounced = await waiting(house, "ander")
    house.on(date(2024, 11, 8))
    one = await signed_in(house, "nadia")
    await one.open(f"/mijn/aanvragen/{path.rpartition('/')[2]}")
    await one.send("/ingebrekestelling")
    assert "Wij beslissen uiterlijk op 22 november 2024" in one.text
    nadia = await house.client("nadia")
    house.on(date(2024, 11, 20))
    nadia = await house.client("nadia")
    too_early = await nadia.post("/appeals", WAITS | {"decisions": [number]})
    house.on(date(2024, 11, 23))
    nadia = await house.client("nadia")
    not_hers = await nadia.post("/appeals", WAITS | {"decisions": [unannounced]})
    unwarned = await (await house.client("ander")).post("/appeals", WAITS | {"decisions": [unannounced]})

    one = await signed_in(house, "nadia")
    await one.open(f"/mijn/aanvragen/{path.rpartition('/')[2]}")
    await one.press("Beroep instellen")
    await one.send("/beroepen/nieuw", grounds="Er is niet beslist.")

    assert too_early.json()["code"] == "silence-too-early"
    assert "vanaf 23 november 2024" in too_early.json()["detail"]
    assert (not_hers.status_code, not_hers.json()["code"]) == (404, "no-such-decision")
    assert unwarned.json()["code"] == "notice-first"
    assert one.path.startswith("/beroepen/"), one.text
    appeal = (await (await house.client("nadia")).get(f"/appeals/{one.path.rpartition('/')[2]}")).json()
    assert (appeal["against_silence"], appeal["about_number"], appeal["contested"]) == (True, number, [])
    assert (appeal["chamber"], appeal["decision_due_on"]) == ("registration", "2025-03-15")  # sixteen weeks, not moved
    assert f"niet op tijd beslissen op {number}" in (await mails(house, "appeal-lodged"))[-1].body
    assert "blijft het besluit gelden" not in (await mails(house, "appeal-received"))[-1].body
    assert await problems(house) == []


async def test_awb_6_20_a_late_refusal_joins_the_appeal_against_silence_and_is_not_contested_twice(house: House):
    appeal, path, nadia = await appealed(house, date(2025, 1, 2))
    house.on(date(2025, 1, 6))

    known = await decide(house, path.rpartition("/")[2], "against", REFUSE)

    contested = (await (await house.client("nadia")).get(appeal)).json()["contested"]
    assert [(one["number"], one["joined"]) for one in contested] == [(known["number"], True)]
    told = await body_of(house, "appeal-joined")
    assert known["number"] in told
    assert "gaat nu ook over dit besluit" in told
    nadia = await house.client("nadia")
    second = await nadia.post("/appeals", WAITS | {"decisions": [known["number"]]})
    assert (second.status_code, second.json()["code"]) == (409, "appeal-runs")
    objection = (await nadia.post("/objections", WAITS | {"decisions": [known["number"]]})).json()
    assert (objection["state"], objection["forwarded_to"]) == ("forwarded", appeal.rpartition("/")[2])
    assert await problems(house) == []


async def test_awb_6_20_a_late_grant_leaves_only_the_lateness_to_the_appeal(house: House):
    appeal, path, _nadia = await appealed(house, date(2025, 1, 2), "2024-08-31")
    house.on(date(2025, 1, 6))

    await decide(house, path.rpartition("/")[2], "for", {"reasons": "Het diploma telt."})

    assert (await (await house.client("nadia")).get(appeal)).json()["contested"] == []
    assert "alleen nog over de te late beslissing" in await body_of(house, "appeal-joined")


async def ruled(house: House, appeal: str) -> dict[str, Any]:
    """A chamber that hears the appeal and sends it back."""
    clerk = await house.client("griffier")
    await done(clerk, appeal, "admissibility", {"defence_until": "2025-01-20"})
    await seated(house, clerk, appeal, CHAMBER)
    await heard(house, clerk, appeal, date(2025, 1, 30))
    await voted(house, appeal, CHAMBER, "sent-back")
    clerk = await house.client("griffier")
    await done(clerk, appeal, "decision", {"outcome": "sent-back", "reasons": "Er had beslist moeten zijn."})
    return await done(clerk, appeal, "notification")


async def test_awb_6_12_a_ruling_on_silence_sets_a_day_to_decide(house: House):
    appeal, _path, _nadia = await appealed(house, date(2025, 1, 2))
    house.on(date(2025, 1, 6))

    sent_back = await ruled(house, appeal)

    assert sent_back["state"] == "remitted"
    (told,) = await mails(house, "application-set")
    assert "uiterlijk op" in told.body
    secretary = await house.client("secretaris")
    tasks = [one["task"] for one in (await secretary.get("/work-items")).json()["items"]]
    assert "decide-anew" in tasks
    assert await problems(house) == []


async def test_awb_6_20_what_joined_can_be_sent_back_as_an_objection_with_its_first_day(house: House):
    appeal, path, _nadia = await appealed(house, date(2025, 1, 2))
    house.on(date(2025, 1, 6))
    await decide(house, path.rpartition("/")[2], "against", REFUSE)

    sent_back = await ruled(house, appeal)

    nadia = await house.client("nadia")
    objection = (await nadia.get(f"/objections/{sent_back['forwarded_to']}")).json()
    assert (objection["late"], objection["received_elsewhere_on"]) == (False, "2025-01-02")
    assert await problems(house) == []


async def a_late_teacher(house: House) -> tuple[str, Client]:
    """A teacher of a public register who gave notice of default on 11 December; the path."""
    await a_teacher(house.world, "tess")
    teacher = await house.client("tess")
    asked = an_application("leraren", sector="vo", qualifications=[{"name": "Nederlands"}])
    path = f"/applications/{await apply(teacher, asked, a_diploma('2021-07-02', TEACHING_DEGREE))}"
    await in_default(house, path, "tess", date(2024, 12, 11))
    return path, teacher


async def test_awb_4_18_a_public_body_sets_what_it_owes_within_two_weeks_after_the_last_day(house: House):
    """From 31 December to 14 January are 15 days: 14 x 23 and 35 euros. Two weeks after the 14th is the 28th."""
    path, _teacher = await a_late_teacher(house)
    house.on(date(2025, 1, 10))
    secretary = await house.client("secretaris")
    running = await secretary.move(path, "penalty-decision")
    house.on(date(2025, 1, 15))
    await decide(house, path.rpartition("/")[2], "for", {"reasons": "Erkend diploma."})
    secretary = await house.client("secretaris")
    waits = [
        (one["task"], one["due_on"], one["article"])
        for one in (await secretary.get("/work-items")).json()["items"]
        if one["task"] == "penalty"
    ]

    page = await signed_in(house, "secretaris")
    await page.open(f"/secretariaat/aanvragen/{path.rpartition('/')[2]}")
    await page.send("/dwangsom")
    again = await secretary.move(path, "penalty-decision")

    assert (running.status_code, running.json()["code"]) == (409, "penalty-runs")
    assert waits == [("penalty", "2025-01-28", "Awb 4:18")]
    assert "357,00" in page.text
    assert again.json()["code"] == "penalty-decided"
    tess = await house.client("tess")
    notice = (await tess.get(f"{path}/default-notice")).json()["penalty"]
    assert (notice["first_day"], notice["days"], notice["amount_eur"]) == ("2024-12-31", 15, 357)
    decisions = (await tess.get("/decisions")).json()["items"]
    (set_by,) = [one for one in decisions if one["kind"] == "penalty"]
    assert "15 dagen" in set_by["reasons"]
    objection = await tess.post("/objections", {"decisions": [set_by["number"]], "grounds": "Te laag."})
    assert objection.status_code == 201, objection.text  # a decision of its own
    left = (await (await house.client("secretaris")).get("/work-items")).json()["items"]
    assert "penalty" not in [one["task"] for one in left]
    assert await problems(house) == []


async def test_awb_4_17_what_is_decided_within_the_two_weeks_costs_nothing(house: House):
    path, _teacher = await a_late_teacher(house)
    house.on(date(2024, 12, 30))
    await decide(house, path.rpartition("/")[2], "for", {"reasons": "Erkend diploma."})

    secretary = await house.client("secretaris")
    none = await secretary.move(path, "penalty-decision")

    assert (none.status_code, none.json()["code"]) == (409, "no-penalty")
    assert "penalty" not in [one["task"] for one in (await secretary.get("/work-items")).json()["items"]]


async def penalised(house: House) -> tuple[str, str]:
    """A teacher who is refused too late, on 15 January 2025: the application's path, and the number of the refusal."""
    path, _teacher = await a_late_teacher(house)
    house.on(date(2025, 1, 15))
    refuse = {**REFUSE, "grounds": ["evidence-illegible"]}
    known = await decide(house, path.rpartition("/")[2], "against", refuse)
    return path, known["number"]


async def set_penalty(house: House, path: str) -> dict[str, Any]:
    """What is owed is set; the decision on it."""
    answer = await (await house.client("secretaris")).move(path, "penalty-decision")
    assert answer.status_code == 201, answer.text
    items = (await (await house.client("tess")).get("/decisions")).json()["items"]
    return next(dict(one) for one in reversed(items) if one["kind"] == "penalty")


async def contested(house: House, case: str) -> list[tuple[str, bool]]:
    found = (await (await house.client("tess")).get(case)).json()["contested"]
    return [(one["number"], one["joined"]) for one in found]


async def test_awb_4_19_who_contests_the_late_decision_contests_the_penalty_along(house: House):
    """The objection is of 16 January, the penalty is set on the 17th; who set it may not treat the objection."""
    path, number = await penalised(house)
    house.on(date(2025, 1, 16))
    tess = await house.client("tess")
    lodged = (await tess.post("/objections", {"decisions": [number], "grounds": "Het diploma telt."})).json()
    case = f"/objections/{lodged['id']}"
    assert await contested(house, case) == [(number, False)]

    house.on(date(2025, 1, 17))
    penalty = await set_penalty(house, path)

    assert await contested(house, case) == [(number, False), (penalty["number"], True)]
    told = await body_of(house, "objection-penalty")
    assert penalty["number"] in told
    assert "Op 17 januari 2025" in told
    assert "niet apart bezwaar" in told
    apart = await (await house.client("tess")).post(
        "/objections", {"decisions": [penalty["number"]], "grounds": "Te laag."}
    )
    assert (apart.status_code, apart.json()["code"]) == (409, "objection-runs")
    page = await signed_in(house, "tess")
    await page.open(case.replace("objections", "bezwaren"))
    assert "Gaat ook over de dwangsom" in page.text
    assert "Awb 4:19" in page.text
    assert await problems(house) == []


async def test_awb_4_19_a_penalty_that_was_set_before_is_contested_along_unless_it_has_its_own_objection(house: House):
    path, number = await penalised(house)
    house.on(date(2025, 1, 17))
    penalty = await set_penalty(house, path)
    tess = await house.client("tess")
    lodged = (await tess.post("/objections", {"decisions": [number], "grounds": "Het diploma telt."})).json()

    assert await contested(house, f"/objections/{lodged['id']}") == [(number, False), (penalty["number"], True)]
    withdrawn = await tess.move(f"/objections/{lodged['id']}", "withdrawal", {})
    assert withdrawn.status_code == 201, withdrawn.text
    own = (await tess.post("/objections", {"decisions": [penalty["number"]], "grounds": "Te laag."})).json()
    again = (await tess.post("/objections", {"decisions": [number], "grounds": "Het diploma telt."})).json()
    assert await contested(house, f"/objections/{own['id']}") == [(penalty["number"], False)]
    assert await contested(house, f"/objections/{again['id']}") == [(number, False)]
    assert await problems(house) == []


async def test_awb_4_17_a_notice_on_paper_counts_from_the_day_on_which_it_came(house: House):
    """It came on Monday 9 December 2024 and is noted on the 11th: two weeks end on Monday 23 December."""
    path, number = await waiting(house)
    house.on(date(2024, 12, 11))
    page = await signed_in(house, "secretaris")
    await page.open(f"/secretariaat/aanvragen/{path.rpartition('/')[2]}")
    await page.send("/ingebrekestelling", received_on="9-12-2024")
    assert "Genoteerd. De aanvrager krijgt bericht." in page.text

    secretary = await house.client("secretaris")
    again = await secretary.move(path, "filed-default-notice", {"received_on": "2024-12-10"})
    (told,) = await mails(house, "application-notice")
    notice = (await secretary.get(f"{path}/default-notice")).json()

    assert again.json()["code"] == "notice-given"
    assert number in told.subject
    assert "op 9 december 2024" in told.body
    assert "uiterlijk op 23 december 2024" in told.body
    assert (notice["received_on"], notice["appeal_from"]) == ("2024-12-09", "2024-12-24")
    assert await problems(house) == []


async def test_a_notice_on_paper_of_a_day_to_come_or_before_the_last_day_is_not_taken_in(house: House):
    path, _number = await waiting(house)
    house.on(date(2024, 12, 11))
    secretary = await house.client("secretaris")

    later = await secretary.move(path, "filed-default-notice", {"received_on": "2024-12-12"})
    early = await secretary.move(path, "filed-default-notice", {"received_on": "2024-11-07"})
    own = await (await house.client("nadia")).move(path, "filed-default-notice", {"received_on": "2024-12-10"})

    assert (later.status_code, later.json()["errors"][0]["code"]) == (400, "received-in-future")
    assert (early.status_code, early.json()["code"]) == (409, "notice-premature")
    assert own.status_code == 403
