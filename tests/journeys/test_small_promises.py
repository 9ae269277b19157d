"""Small promises of one's own pages: what is in the way, why something cannot be, and no number that cannot be."""

from datetime import date

from register.service.sweep import sweep
from tests.builders import TEACHING_DEGREE, House, a_teacher
from tests.journeys.steps import a_diploma, an_application, apply, decide, learn
from tests.journeys.test_herregistratie import RENEWAL, a_course, registered_leader
from tests.pages import Browser, signed_in


async def a_registered_teacher(house: House) -> Browser:
    house.on(date(2026, 2, 12))
    await a_teacher(house.world, "tess")
    application = an_application("leraren", qualifications=[{"name": "Groepsleraar po"}])
    file = await apply(await house.client("tess"), application, a_diploma("2021-07-02", TEACHING_DEGREE))
    await decide(house, file, "for", {"reasons": "Erkend diploma."})
    return await signed_in(house, "tess")


async def test_a_draft_of_postponement_is_named_and_led_to_where_renewal_is_asked(house: House):
    await registered_leader(house, "ziek")
    house.on(date(2024, 11, 25))
    one = await signed_in(house, "ziek")
    await one.open("/mijn/uitstel")
    await one.send("/mijn/uitstel")
    draft = one.path.split("/")[3]

    await one.open("/mijn/herregistratie")
    assert "U bent daaraan begonnen en hebt het nog niet ingediend" in one.text
    assert "Wacht op het besluit" not in one.text
    await one.press("Naar die aanvraag")
    assert one.path == f"/mijn/aanvragen/{draft}"
    refused = await (await house.client("ziek")).post("/applications", an_application(**RENEWAL))
    assert refused.json()["code"] == "draft-open-already"


async def test_who_is_conditional_reads_why_no_postponement_is_asked(house: House):
    await registered_leader(house, "laat")
    house.on(date(2025, 3, 3))
    await sweep(house.means, date(2025, 3, 3))
    one = await signed_in(house, "laat")

    await one.open("/mijn/uitstel")
    assert "Uw einddatum is voorbij" in one.text


async def test_no_page_says_to_ask_before_a_day_that_is_past(house: House):
    await registered_leader(house, "net")
    house.on(date(2025, 1, 6))  # advised before 1 December 2024, due on 1 February 2025
    one = await signed_in(house, "net")

    await one.open("/mijn")
    assert "1 december 2024" not in one.text
    assert "Herregistratie aanvragen uiterlijk op 1 februari 2025" in one.text


async def test_the_step_that_one_reaches_for_is_not_called_what_is_needed(house: House):
    await registered_leader(house, "zeventig")
    house.on(date(2023, 3, 17))
    await learn(house, "zeventig", a_course("2023-03-17", 70), 70)
    one = await signed_in(house, "zeventig")

    await one.open("/mijn/portfolio")
    assert "70 van 80 punten" in one.text
    assert "Niets meer om te herregistreren: de norm is 60. Vanaf 80 blijft u langer geregistreerd." in one.text


async def test_more_hours_than_a_day_has_are_asked_about(house: House):
    one = await a_registered_teacher(house)
    await one.open("/mijn/portfolio")
    said = {"what": "Lezen", "done_on": "12-2-2026", "amount": "500", "category": "SUBJECT", "kind": "self-study"}
    await one.send("/mijn/portfolio", **said)
    assert one.page.status_code == 400
    assert "meer uren dan een dag heeft" in one.text
    await one.send("/mijn/portfolio", **said, longer="true")
    assert one.page.status_code == 200, one.text


async def test_a_teacher_at_a_primary_school_is_asked_nothing_of_secondary_education(house: House):
    one = await a_registered_teacher(house)

    for page in ("/mijn", "/mijn/portfolio", "/mijn/herregistratie"):
        await one.open(page)
        assert "Uren over uw vak" not in one.text, page
    await one.open("/mijn/portfolio/stel-dat?register_code=leraren&subject=10")
    assert "Uren over uw vak" not in one.text
    assert "Er ontbreken gegevens" not in one.text


async def test_hours_that_nobody_can_have_worked_are_refused_at_their_field(house: House):
    one = await a_registered_teacher(house)
    await one.open("/mijn/herregistratie")
    await one.send("/mijn/herregistratie")
    await one.send("/vragen/sector", sector="po")
    await one.send("/vragen/bevoegdheden")
    await one.send("/vragen/uren", work_hours_1="99999")

    assert one.page.status_code == 400
    assert "een volledige baan is 1.659 uur per jaar" in one.text


async def test_a_teacher_reads_that_there_is_no_talk_and_says_what_was_done(house: House):
    one = await a_registered_teacher(house)
    await one.open("/waarderingsgesprekken")
    assert "zijn er geen waarderingsgesprekken" in one.text
    assert "kies bij de activiteit hoe u haar laat waarderen" not in one.text
    await one.open("/mijn/portfolio")
    kinds = one.form("/mijn/portfolio").choices["kind"]
    assert "inside-school" in kinds
    assert "informal" not in kinds
