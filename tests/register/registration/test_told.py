"""What an applicant is told of the last day to decide, and somebody of a measure; named after the article."""

from datetime import date

from register.service.sweep import sweep
from tests.builders import House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply
from tests.journeys.test_aanvullen import asked
from tests.mailed import mails
from tests.register.measures.test_measures import a_measure, registered


async def test_awb_4_15_an_applicant_hears_of_each_day_that_moves(house: House):
    """Eight weeks from 12 September are 7 November; asked on the 16th until the 30th it stands still for 14 days."""
    who, file = await asked(house, "aanvuller")
    (moved,) = await mails(house, "application-due")
    house.on(date(2024, 9, 20))

    await (await house.client(who)).move(file, "completion")

    assert "uiterlijk op 21 november 2024" in moved.body
    assert "Eerder noemden wij 7 november 2024" in moved.body
    back = (await mails(house, "application-due"))[-1].body
    assert "uiterlijk op 11 november 2024" in back  # three days: the 10th is a Sunday
    assert "Eerder noemden wij 21 november 2024" in back


async def test_awb_4_14_an_applicant_hears_once_that_it_is_late_and_what_can_be_done(house: House):
    await a_leader(house.world, "laat")
    await apply(await house.client("laat"), an_application(), a_diploma("2024-08-31"))

    on_the_day = await sweep(house.means, date(2024, 11, 7))
    after = await sweep(house.means, date(2024, 11, 8))
    again = await sweep(house.means, date(2024, 11, 9))

    assert [each.applications_late for each in (on_the_day, after, again)] == [0, 1, 0]
    (told,) = await mails(house, "application-late")
    assert "uiterlijk op 7 november 2024" in told.body
    assert "ingebrekestelling" in told.body


async def test_awb_4_8_a_notice_says_what_is_intended_why_and_that_one_may_answer_by_word_of_mouth(house: House):
    await registered(house, "onwaar")
    secretary = await house.client("secretaris")

    await secretary.post("/measures", a_measure(house, "onwaar", "strike-off", "evidence-forged"))

    (told,) = await mails(house, "measure-intended")
    assert "Wij zijn van plan uw registratie door te halen. Waarom: " in told.body
    assert "schriftelijk of mondeling" in told.body


async def test_awb_3_46_a_strike_off_answers_the_view_that_was_given(house: House):
    await registered(house, "onwaar")
    secretary = await house.client("secretaris")
    meant = (await secretary.post("/measures", a_measure(house, "onwaar", "strike-off", "evidence-forged"))).json()
    path = f"/measures/{meant['id']}"
    said = await (await house.client("onwaar")).move(path, "views", {"view": "Het diploma is echt."})
    text = {"reasons": "De instelling kent het niet.", "repair": "Vraag opnieuw aan.", "effect_on": "2024-10-15"}

    silent = await secretary.move(path, "proposal", text)
    proposed = await secretary.move(path, "proposal", text | {"answer": "De instelling schreef dat het vals is."})

    assert said.status_code == 201, said.text
    assert (silent.status_code, silent.json()["errors"][0]["code"]) == (400, "view-unanswered")
    reasons = proposed.json()["reasons"]
    assert reasons.startswith("De instelling kent het niet.")
    assert "U zei hierover: Het diploma is echt.\nOns antwoord: De instelling schreef dat het vals is." in reasons
