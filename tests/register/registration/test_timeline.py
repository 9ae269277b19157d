"""The timeline of an application and of a measure: applicant, office and person concerned, on page and in the API."""

from datetime import date

from register.service.sweep import sweep
from tests.builders import House
from tests.journeys.disputing import upheld
from tests.journeys.test_aanvullen import asked
from tests.register.measures.test_measures import a_measure, registered
from tests.timelines import lines, new_since, on_page


async def test_the_timeline_of_an_application_that_is_incomplete_completed_and_late(house: House):
    """Eight weeks from 12 September are 7 November; asked on the 16th until the 30th."""
    who, file = await asked(house, "aanvuller")
    before = await lines(house, who, file)
    assert before == [
        "2024-09-12 lodged",
        "2024-09-12 application-received",
        "2024-09-16 repair-asked",
        "2024-09-16 application-due",
        "2024-09-16 application-incomplete",
        "> 2024-09-30 complete",
        "> 2024-11-21 decide",
    ]
    page = await on_page(house, who, file.replace("/applications", "/mijn/aanvragen"))
    assert "Verloop" in page
    assert "Laatste dag om aan te vullen" in page
    assert "buiten behandeling te laten" not in page
    secretary = await on_page(house, "secretaris", file.replace("/applications", "/secretariaat/aanvragen"))
    assert "Laatste dag om buiten behandeling te laten" in secretary

    standing = (await (await house.client("secretaris")).get(f"{file}/outlook")).json()
    assert [(one["task"], one["due_on"]) for one in standing["due"]] == [
        ("complete", "2024-09-30"),
        ("leave-untreated", "2024-10-28"),  # four weeks (Awb 4:5(4))
        ("decide", "2024-11-21"),
    ]
    assert standing["told_last"]["what"] == "application-incomplete"
    assert [(one["deed"], one["code"], one["until"]) for one in standing["wrong_now"]] == [
        ("resume", "term-runs", "2024-09-30"),
        ("leave-untreated", "term-runs", "2024-09-30"),
    ]
    for path, body in (("resumption", {}), ("non-treatment", {"reasons": "Niet aangevuld."})):
        pressed = await (await house.client("secretaris")).move(file, path, body)
        assert (pressed.status_code, pressed.json()["code"]) == (409, "term-runs"), pressed.text
    assert "Laat buiten behandeling : De aanvrager kan nog aanvullen tot en met 30 september 2024" in secretary

    house.on(date(2024, 9, 20))
    await (await house.client(who)).move(file, "completion")
    assert await new_since(house, who, file, before) == [
        "2024-09-20 repaired",
        "2024-09-20 application-due",
        "> 2024-11-11 decide",  # four days stood still; the 10th is a Sunday
    ]

    house.on(date(2024, 11, 12))
    await sweep(house.means, date(2024, 11, 12))
    assert (await lines(house, who, file))[-1] == "2024-11-12 application-late"
    await (await house.client(who)).move(file, "default-notice")
    assert (await lines(house, who, file))[-4:] == [
        "2024-11-12 notice-given",
        "2024-11-12 application-late",
        "2024-11-12 application-notice",
        "> 2024-11-27 may-appeal-silence",  # two weeks until the 26th
    ]
    outside = await (await house.client("bestuur")).get(f"{file}/timeline")
    assert (outside.status_code, outside.json()["code"]) == (404, "no-such-application")


async def test_the_timeline_of_a_measure_says_until_when_one_may_answer_and_from_when_it_works(house: House):
    await registered(house, "onwaar")
    secretary = await house.client("secretaris")
    meant = (await secretary.post("/measures", a_measure(house, "onwaar", "strike-off", "evidence-forged"))).json()
    path = f"/measures/{meant['id']}"
    told = await lines(house, "onwaar", path)
    page = await on_page(house, "onwaar", path.replace("measures", "maatregelen"))

    await (await house.client("onwaar")).move(path, "views", {"view": "Het diploma is echt."})
    text = {"reasons": "Onecht.", "repair": "Vraag opnieuw aan.", "effect_on": "2024-10-15", "answer": "Nee."}
    await (await house.client("secretaris")).move(path, "proposal", text)

    today = house.means.clock.now().date().isoformat()
    assert told == [f"{today} intended", f"{today} measure-intended", f"> {meant['hearing_until']} hear"]
    assert "Laatste dag om te zeggen wat u ervan vindt" in page
    assert f"{today} view-given" in await lines(house, "onwaar", path)
    assert f"{today} proposed" in await lines(house, "secretaris", path)


async def test_what_came_in_objection_promises_appeal_and_no_second_objection(house: House):
    """What takes the place of a contested decision is a part of the decision on objection (Awb 7:11)."""
    _refusal, objection = await upheld(house, "nadia")
    nadia = await house.client("nadia")
    (application,) = (await nadia.get("/applications")).json()["items"]

    told = (await nadia.get(f"/applications/{application['id']}/timeline")).json()
    comes = {one["what"] for one in told if one["comes"]}

    assert objection["state"] == "notified"
    assert "may-object" not in comes
    assert "may-appeal" in comes
