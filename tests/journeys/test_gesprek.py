"""Valued in a talk, through pages only: chosen at the activity, asked, planned, held, told and valued."""

from datetime import date, time

from tests.builders import PDF, TEACHING_DEGREE, House, a_teacher
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import signed_in
from tests.register.dialogue.test_dialogue import registered


async def test_what_was_learnt_is_valued_in_a_talk_through_pages_only(house: House):
    house.on(date(2024, 9, 10))
    await registered(house, "nadia", family="Haddad")
    await registered(house, "piet", place=3)
    nadia = await signed_in(house, "nadia")
    await nadia.open("/mijn/portfolio")
    await nadia.send("/mijn/portfolio", what="Visie op de school", done_on="1-6-2024", amount="20", category="informal")
    await nadia.open("/mijn/portfolio")
    await nadia.press("Visie op de school")
    here = nadia.path
    await nadia.open(f"{here}/wijzigen")
    form = nadia.form("/wijzigen")
    assert {"afterwards", "peers", "assessor"} <= set(form.choices["valuation"])
    await nadia.send("/wijzigen", valuation="assessor", themes="visie\nleiderschap")
    await nadia.open(here)
    await nadia.send("/bewijs", files={"file": ("reflectie.pdf", PDF, "application/pdf")})
    await nadia.open(here)
    await nadia.send("/indienen")

    await nadia.open("/waarderingsgesprekken")
    entry = here.rpartition("/")[2]
    await nadia.send("/waarderingsgesprekken", entry_id=entry, preparation="Twee thema's, een voorbeeld bij elk.")
    talk = nadia.path
    secretary = await signed_in(house, "secretaris")
    await secretary.open(talk)
    await secretary.send(
        "/plannen",
        held_on="12-9-2024",
        begins="14:00",
        place="Zwolle",
        peer_number=house.number_of("piet"),
        assessor_id=str(house.id_of("beoordelaar")),
    )
    house.on(date(2024, 9, 12), time(16))
    piet = await signed_in(house, "piet")
    await piet.open(talk)
    await piet.send("/verslag", account="Zij liet zien hoe de visie tot stand kwam.")
    assessor = await signed_in(house, "beoordelaar")
    await assessor.open(talk)
    await assessor.send(
        "/waardering", report="Twee thema's.", themes=["visie", "leiderschap"], level="10", reasons="Overtuigend."
    )

    assert "vastgelegd" in assessor.text
    nadia = await signed_in(house, "nadia")
    await nadia.open(here)
    assert "30" in nadia.text


async def test_a_talk_is_chosen_where_the_activity_is_added_and_asked_for_at_once(house: House):
    house.on(date(2024, 9, 10))
    await registered(house, "nadia", family="Haddad")
    nadia = await signed_in(house, "nadia")
    await nadia.open("/mijn/portfolio")
    assert nadia.form("/mijn/portfolio").choices["valuation"] == ["afterwards", "peers", "assessor"]
    proof = {"file": ("reflectie.pdf", PDF, "application/pdf")}
    said = {"what": "Visie op de school", "done_on": "1-6-2024", "amount": "20", "category": "informal"}

    await nadia.send("/mijn/portfolio", files=proof, **said, valuation="assessor", hand_in="1")
    assert nadia.page.status_code == 400
    assert "Vul minstens één thema in" in nadia.text
    await nadia.send("/mijn/portfolio", files=proof, **said, valuation="assessor", themes="visie", hand_in="1")
    assert nadia.path == "/waarderingsgesprekken", nadia.text
    assert "Vraag hieronder het gesprek aan" in nadia.text
    (entry,) = (one for one in nadia.form("/waarderingsgesprekken").choices["entry_id"] if one)
    await nadia.open(f"/mijn/portfolio/{entry}")
    assert "Een beoordelaar kijkt" not in nadia.text
    await nadia.press("Vraag het gesprek aan")
    await nadia.send("/waarderingsgesprekken", preparation="Eén thema, met een voorbeeld.")

    assert nadia.path.startswith("/waarderingsgesprekken/"), nadia.text
    secretary = await signed_in(house, "secretaris")
    await secretary.open(nadia.path)
    assert "Eén thema, met een voorbeeld." in secretary.text


async def test_hours_have_one_way_and_are_not_asked_for_one(house: House):
    house.on(date(2026, 2, 12))
    await a_teacher(house.world, "tess")
    application = an_application("leraren", qualifications=[{"name": "Groepsleraar po"}])
    file = await apply(await house.client("tess"), application, a_diploma("2021-07-02", TEACHING_DEGREE))
    await decide(house, file, "for", {"reasons": "Erkend diploma."})
    tess = await signed_in(house, "tess")
    await tess.open("/mijn/portfolio")

    assert "valuation" not in tess.form("/mijn/portfolio").names
