"""Valued in a talk, through pages only: chosen at the activity, asked, planned, held, told and valued."""

from datetime import date, time

from tests.builders import PDF, House
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
