"""A strike-off that is contested, through the API only and through pages only.

At each step every party is asked what it knows, and every letter and mail is read.
"""

from datetime import date

import pytest

from tests.builders import House
from tests.faults.files import problems
from tests.journeys.doors import DOORS, Door
from tests.journeys.telling import Case, written
from tests.register.measures.test_measures import registered
from tests.standing import history, shown, shown_on

LAW = "reglement, zoals Awb"
GRANTED = {"interim_granted": "yes", "interim_answer": "Het diploma wordt nog onderzocht."}


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, house: House) -> Door:
    return DOORS[request.param](house)


async def test_who_is_struck_off_is_back_in_the_register_without_a_gap(door: Door):
    """Registered on 12 September 2024; the strike-off works on 15 October, and is suspended from the 16th."""
    house, one = door.house, Case(door)
    await registered(house, "echt")
    await one.post.new()
    await door.strike_off("echt", "evidence-forged", "2024-10-15")
    told = await one.post.new()
    assert "26 september 2024" in told["echt"]["measure-intended"]  # two weeks to say what one thinks
    strike = await one.decided("echt", "strike-off", "Dat verandert het niet.", "24 oktober 2024")
    assert await shown(house, "echt") == [("registered", "niveau-2", "2029-09-12")]

    await one.on(date(2024, 10, 15))
    told = await one.post.new()
    assert "doorgehaald vanaf 15 oktober 2024" in told["echt"]["strike-off-carried-out"]
    assert await shown(house, "echt") == []  # the public register names nobody who was struck off

    await one.on(date(2024, 10, 16))
    one.path = await door.lodge("echt", "/objections", strike.number, "Het diploma is echt.")
    await door.assign(one.path, "adviseur1")
    told = await one.post.new()
    assert "uiterlijk op 5 december 2024" in told["echt"]["objection-received"]
    assert "blijft het besluit gelden" in told["echt"]["objection-received"]
    await one.does("echt", "interim-request", interim_reasons="Anders verlies ik mijn baan.")
    await one.knows("echt", "16 oktober 2024", f"{LAW} 6:16")
    sits = await one.seat_body()
    await one.post.new()
    assert not await door.deed(sits[1], one.path, "interim-decision", **GRANTED)  # only the chair
    await one.does(sits[0], "interim-decision", **GRANTED)
    told = await one.post.new()
    assert f"Besluit {strike.number} geldt niet zolang" in told["echt"]["objection-interim-decided"]
    assert await shown(house, "echt") == [("registered", "niveau-2", "2029-09-12")]
    await one.hidden()

    await one.does("adviseur1", "admissibility", advisory=False)
    await one.does("adviseur1", "hearing", held_on="4-11-2024", at="14:00", place="Utrecht")
    told = await one.post.new()
    assert "4 november 2024" in told["echt"]["objection-hearing"]
    await one.knows(sits[2], "4 november 2024", f"{LAW} 7:2")
    await one.on(date(2024, 11, 4))
    await one.does("adviseur1", "minutes", minutes="De hogeschool bevestigt het diploma.")
    ruling = {"outcome": "upheld", "reasons": "Het diploma is echt.", "revocations": [str(strike.id)]}
    await one.does("griffier-bezwaar", "draft", **ruling)
    await one.vote(sits, "upheld")
    await one.does("griffier-bezwaar", "decision", **ruling)
    await one.post.new()
    await one.does("griffier-bezwaar", "notification")

    told = await one.post.new()
    assert "objection-decided" in told["echt"]
    await one.decided(
        "echt",
        "objection",
        "U bent gehoord op 4 november 2024.",
        f"Wij herroepen besluit {strike.number} van",
        "heeft ook nooit gegolden",
        "16 december 2024",  # six weeks to appeal
    )
    await one.knows("echt", "4 november 2024", f"{LAW} 7:12", "16 december 2024")
    since = [status for from_on, _, status in await history(house, "echt") if from_on >= "2024-09-12"]
    assert set(since) == {"registered"}  # on no day was it otherwise
    assert await shown(house, "echt") == [("registered", "niveau-2", "2029-09-12")]
    assert await shown_on(house, "echt", "2024-10-15") == ["registered"]
    await one.hidden()
    assert await problems(house) == []
    assert one.post.log == written("""
        2024-09-12 application-received: echt
        2024-09-12 decision: echt
        2024-09-12 session-invitation: lid1 lid2 lid3 lid4 lid5
        2024-09-12 decision: echt
        2024-09-12 measure-intended: echt
        2024-10-15 strike-off-carried-out: echt
        2024-10-16 objection-received: echt
        2024-10-16 interim-asked: griffier-bezwaar secretaris2
        2024-10-16 objection-interim: echt
        2024-10-16 interim-decided-body: griffier-bezwaar secretaris secretaris2
        2024-10-16 objection-interim-decided: echt
        2024-10-16 objection-hearing: echt
        2024-10-16 objection-hearing-body: griffier-bezwaar secretaris secretaris2
        2024-10-16 objection-hearing-panel: lid3 lid4 lid5 lid6
        2024-11-04 objection-draft: lid3 lid4 lid5 lid6
        2024-11-04 objection-file-open: echt
        2024-11-04 decision: echt
        2024-11-04 interim-ended-body: griffier-bezwaar secretaris secretaris2
        2024-11-04 objection-decided: echt
        2024-11-04 objection-interim-ended: echt
    """)
