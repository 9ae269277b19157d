"""What members read of a file: what was asked and why, what each activity is called, one day for one thing."""

from datetime import date

from register.committee.sessions.policy import grounds_to_choose
from tests.builders import MEMBERS, House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, learn, sit
from tests.journeys.test_herregistratie import RENEWAL, a_course, registered_leader
from tests.pages import signed_in


async def test_a_member_reads_why_postponement_is_asked_and_for_how_long(house: House):
    await registered_leader(house, "ziek")
    house.on(date(2025, 1, 6))
    asked = {"register_code": "schoolleiders-po", "kind": "postponement", "ground": "long-illness"}
    file = await apply(await house.client("ziek"), asked | {"requested_months": 6}, None)
    _secretary, session, item = await sit(house, file)

    one = await signed_in(house, MEMBERS[0])
    await one.open(f"/zittingen/{session.rpartition('/')[2]}/dossiers/{item.rpartition('/')[2]}")

    assert "Gevraagd uitstel 6 maanden" in one.text
    assert "Reden Langdurig ziek" in one.text
    assert "De einddatum schuift op." in one.text
    assert "postponed" not in one.text
    assert "Stemt u anders dan de regels zeggen" in one.text


def test_a_postponement_is_refused_on_its_reason_and_on_no_letter_that_never_was():
    """All grounds that could be chosen were about proofs, a letter or a post, so the letter told an untruth."""
    assert grounds_to_choose([], postponement=True) == ["evidence-doubtful", "ground-not-accepted"]
    assert "ground-not-accepted" not in grounds_to_choose([], postponement=False)
    assert "letter-not-convincing" in grounds_to_choose([], postponement=False)


async def test_a_member_reads_the_activities_by_title_with_what_was_asked(house: House):
    await registered_leader(house, "meer")
    house.on(date(2022, 3, 18))
    entry = await learn(house, "meer", a_course("2022-03-01", 65) | {"title": "Coachen van een team"}, None)
    assessor = await house.client("beoordelaar")
    more = {"points": 70, "reasons": "Meer.", "above_claim": True}
    assert (await assessor.post(f"/portfolio-entries/{entry}/valuation", more)).status_code == 201
    house.on(date(2024, 11, 25))
    file = await apply(await house.client("meer"), an_application(**RENEWAL), None)
    _secretary, session, item = await sit(house, file)

    one = await signed_in(house, MEMBERS[0])
    await one.open(f"/zittingen/{session.rpartition('/')[2]}/dossiers/{item.rpartition('/')[2]}")

    line = one.text.partition("Coachen van een team")[2][:120]
    assert " 65 " in line
    assert " 70 " in line
    assert "van 2 februari 2025 tot en met 1 februari 2028" in one.text  # due on the 1st; 70 points give three years


async def test_the_session_and_the_file_foretell_one_last_day(house: House):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-07-03"))
    _secretary, session, item = await sit(house, file)
    house.on(date(2024, 9, 24))

    one = await signed_in(house, MEMBERS[0])
    await one.open(f"/zittingen/{session.rpartition('/')[2]}")
    foretold = one.text.partition("verwacht tot en met ")[2].partition(",")[0]
    assert foretold
    await one.open(f"/zittingen/{session.rpartition('/')[2]}/dossiers/{item.rpartition('/')[2]}")

    assert f"verwacht tot en met {foretold}, als het besluit op" in one.text
