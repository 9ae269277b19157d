"""Two long stories of a case, each through the API only and through pages only.

At each step every party is asked what it knows, and every letter and mail is read.
"""

from datetime import date

import pytest

from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.journeys.disputing import ADVISERS, CHAMBER
from tests.journeys.doors import DOORS, Door, decision_on
from tests.journeys.telling import Case, written
from tests.standing import history, shown

LAW = "reglement, zoals Awb"


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, house: House) -> Door:
    return DOORS[request.param](house)


async def test_a_refusal_is_contested_a_day_late_up_to_a_new_decision(door: Door):
    house, one = door.house, Case(door)
    await a_leader(house.world, "nadia")
    await door.refuse(await door.apply("nadia"))
    await one.post.new()
    refusal = await one.decided("nadia", "registration", "24 oktober 2024")

    # 24 October is the last day; the letter comes on the 25th, without grounds.
    await one.on(date(2024, 10, 25))
    one.path = await door.lodge("nadia", "/objections", refusal.number, "", asks_costs=True)
    told = await one.post.new()
    for words in (
        "na de laatste dag, 24 oktober 2024",
        "Schrijf ons dan waarom",
        "uiterlijk op 5 december 2024",
        "blijft het besluit gelden",
    ):
        assert words in told["nadia"]["objection-received"]
    await one.knows("nadia", "5 december 2024", f"{LAW} 7:10", f"{LAW} 6:4")
    await one.knows("griffier-bezwaar", "5 december 2024")
    assert await door.reads("adviseur1", one.path) == ""  # it was given to nobody yet
    await one.hidden()

    await door.assign(one.path, "adviseur1")
    await one.does("adviseur1", "repair-request", missing=["grounds"])
    told = await one.post.new()
    assert "Dit ontbreekt: gronden" in told["nadia"]["objection-omission"]
    assert "tot en met 8 november 2024" in told["nadia"]["objection-omission"]
    # Fourteen days that it stands still, all after the last day to object.
    assert "uiterlijk op 19 december 2024" in told["nadia"]["objection-due"]
    await one.knows("nadia", "8 november 2024", f"{LAW} 6:6", "19 december 2024")

    await one.on(date(2024, 11, 1))
    await one.does("nadia", "repair", grounds="Ik lag in het ziekenhuis. De datum is verkeerd gelezen.")
    told = await one.post.new()
    # 26 October to 31 October: six days.
    assert "uiterlijk op 11 december 2024" in told["nadia"]["objection-due"]
    await one.on(date(2024, 11, 4))
    excuse = {"excused": "yes", "excuse_reasons": "Zij lag in het ziekenhuis."}
    await one.does("adviseur1", "admissibility", advisory=True, **excuse)
    told = await one.post.new()
    assert "commissie hoort u en adviseert" in told["nadia"]["objection-advisory"]
    assert "uiterlijk op 22 januari 2025" in told["nadia"]["objection-due"]  # 16 January and six days
    await one.knows("nadia", "22 januari 2025", f"{LAW} 7:10")

    await one.seat("adviseur1", *ADVISERS)
    await one.does("adviseur1", "hearing", held_on="25-11-2024", at="14:00", place="Utrecht")
    told = await one.post.new()
    assert {*told} >= {"nadia", *ADVISERS, "secretaris", "griffier-bezwaar"}
    invited = told["nadia"]["objection-hearing"]
    for words in (
        "25 november 2024, 14.00 uur. Plaats: Utrecht",
        "Ada Adviseur (voorzitter)",
        "tot en met 14 november 2024",  # the eleventh day before (Awb 7:4(1))
        "vanaf 18 november 2024",  # a week before
    ):
        assert words in invited
    await one.knows("nadia", "25 november 2024", "14 november 2024", "18 november 2024", f"{LAW} 7:4", f"{LAW} 7:2")

    await one.on(date(2024, 11, 25))
    await one.does("adviseur1", "minutes", minutes="Nadia is gehoord.")
    await one.vote(ADVISERS, "partly-upheld")
    await one.does("adviseur1", "advice", advice="Deels gegrond: de reden was niet volledig.")
    told = await one.post.new()
    assert {*told["nadia"]} == {"objection-file-open"}  # of the week before; what is advised is read with the decision
    assert "Deels gegrond" not in await door.reads("nadia", one.path)
    await one.knows("griffier-bezwaar", "Deels gegrond", f"{LAW} 7:13")

    await one.on(date(2024, 11, 28))
    sits = await one.seat_body()
    ruling = {
        "outcome": "partly-upheld",
        "reasons": "Wij volgen het advies.",
        "award_costs": True,
        "costs_acts": ["filing", "hearing"],
        "decision_id": str(refusal.id),
        "replacing_reasons": "Op tijd behaald.",
        "issued_on": "2024-08-30",
    }
    await one.does("griffier-bezwaar", "draft", **ruling)
    told = await one.post.new()
    assert {who for who, topics in told.items() if "objection-draft" in topics} == {*sits}
    await one.vote(sits, "partly-upheld")
    await one.does("griffier-bezwaar", "decision", **ruling)
    assert "nadia" not in await one.post.new()  # nothing works before it is made known (Awb 3:40)

    await one.on(date(2024, 12, 2))
    await one.does("griffier-bezwaar", "notification")
    told = await one.post.new()
    assert {*told["nadia"]} >= {"objection-decided"}
    first = await one.decided(
        "nadia",
        "objection",
        f"Uw bezwaar is gericht tegen besluit {refusal.number} van 12 september 2024",
        "Het kwam na de laatste dag. Wij behandelen het toch",
        "Zij lag in het ziekenhuis.",
        "U bent gehoord op 25 november 2024.",
        "Het advies van de commissie: Deels gegrond",
        f"Besluit {refusal.number} van 12 september 2024 vervalt",
        "samen € 1.248,00",  # a filing and a hearing, of 624 euros each in 2024
        "13 januari 2025",  # six weeks to appeal
        "Commissie van Beroep",
    )
    assert await shown(house, "nadia") == [("registered", "niveau-2", "2029-09-12")]
    await one.knows("nadia", "2 december 2024", f"{LAW} 7:12", "13 januari 2025")

    # The appeal, and the answer of the body.
    await one.on(date(2025, 1, 6))
    objection = one.path
    one.path = await door.lodge("nadia", "/appeals", first.number, "Over mijn niveau ben ik niet gehoord.")
    told = await one.post.new()
    assert "ontvangen op 6 januari 2025" in told["nadia"]["appeal-received"]
    assert "uiterlijk op 5 mei 2025" in told["nadia"]["appeal-received"]  # sixteen weeks, and not moved (Atw 4)
    assert "appeal-lodged" in told["secretaris"]
    await one.knows("nadia", "5 mei 2025", f"{LAW} 7:24")
    await one.hidden()
    await one.does("griffier", "admissibility", defence_until="27-1-2025")
    told = await one.post.new()
    assert "tot en met 27 januari 2025" in told["secretaris"]["appeal-defence-asked"]
    await one.knows("secretaris", "27 januari 2025", f"{LAW} 7:18")
    await one.on(date(2025, 1, 20))
    await one.does("secretaris", "defence", defence="Over het niveau is niets gevraagd.")
    told = await one.post.new()
    assert "appeal-defence" in told["nadia"]
    await one.knows("nadia", "Over het niveau is niets gevraagd.", f"{LAW} 7:18")
    await one.seat("griffier", *CHAMBER)
    await one.does("griffier", "hearing", held_on="10-2-2025", at="10:00", place="Utrecht")
    told = await one.post.new()
    assert "10 februari 2025, 10.00 uur" in told["nadia"]["appeal-hearing"]
    assert {*CHAMBER, "secretaris"} <= {*told}
    await one.knows("beroep2", "10 februari 2025")

    await one.on(date(2025, 2, 10))
    await one.does("griffier", "minutes", minutes="Beide partijen zijn gehoord.")
    await one.vote(CHAMBER, "sent-back")
    await one.does("griffier", "decision", outcome="sent-back", reasons="Over het niveau is niet gehoord.")
    await one.does("griffier", "notification")
    told = await one.post.new()
    assert "appeal-decided" in told["nadia"]
    assert "uiterlijk op 24 maart 2025" in told["nadia"]["objection-due"]  # six weeks
    assert "24 maart 2025" in told["secretaris"]["objection-sent-back"]
    assert "appeal-decided-body" in told["secretaris"]
    ruling_on_it = await one.decided(
        "nadia",
        "appeal",
        f"Wij vernietigen beslissing op bezwaar {first.number} van 2 december 2024.",
        "Over het niveau is niet gehoord.",
        "De Commissie Registratie moet opnieuw beslissen, binnen 6 weken",
    )
    await one.knows("nadia", "10 februari 2025", f"{LAW} 7:26")
    assert await shown(house, "nadia") == [("registered", "niveau-2", "2029-09-12")]

    # What was sent back is heard, advised on and decided anew.
    one.path = objection
    await one.knows("nadia", "24 maart 2025", f"{LAW} 7:25")
    await one.on(date(2025, 2, 17))
    await one.does("nadia", "hearing-renunciation")
    await one.does("adviseur1", "hearing-waiver", ground="waived", waiver_reasons="Zij is in beroep gehoord.")
    await one.vote(ADVISERS, "partly-upheld")
    await one.does("adviseur1", "advice", advice="Het niveau volgt uit het diploma.")
    stands = await decision_on(house, "nadia", "registration")
    anew = ruling | {"reasons": "Het niveau is nagegaan.", "decision_id": str(stands.id)}
    await one.does("griffier-bezwaar", "draft", **anew)
    await one.vote(sits, "partly-upheld")
    await one.does("griffier-bezwaar", "decision", **anew)
    await one.post.new()
    await one.on(date(2025, 3, 3))
    await one.does("griffier-bezwaar", "notification")
    told = await one.post.new()
    assert "objection-decided" in told["nadia"]
    await one.decided(
        "nadia",
        "objection",
        f"Dit is de nieuwe beslissing na uitspraak {ruling_on_it.number} van 10 februari 2025.",
        "In beroep bent u gehoord op 10 februari 2025.",
        "14 april 2025",  # six weeks after 3 March
    )
    since = [status for from_on, _, status in await history(house, "nadia") if from_on >= "2024-09-12"]
    assert set(since) == {"registered"}  # from the day of the refusal
    assert await shown(house, "nadia") == [("registered", "niveau-2", "2029-09-12")]
    await one.hidden()
    assert await problems(house) == []
    assert one.post.log == written("""
        2024-09-12 application-received: nadia
        2024-09-12 decision: nadia
        2024-09-12 session-invitation: lid1 lid2 lid3 lid4
        2024-10-25 objection-received: nadia
        2024-10-25 objection-due: nadia
        2024-10-25 objection-omission: nadia
        2024-11-01 objection-due: nadia
        2024-11-04 objection-advisory: nadia
        2024-11-04 objection-due: nadia
        2024-11-04 objection-hearing: nadia
        2024-11-04 objection-hearing-body: griffier-bezwaar secretaris secretaris2
        2024-11-04 objection-hearing-panel: adviseur1 adviseur2 adviseur3
        2024-11-25 objection-file-open: nadia
        2024-11-28 objection-draft: lid3 lid4 lid5 lid6
        2024-12-02 decision: nadia
        2024-12-02 objection-decided: nadia
        2025-01-06 appeal-lodged: griffier-bezwaar secretaris secretaris2
        2025-01-06 appeal-received: nadia
        2025-01-06 appeal-defence-asked: griffier-bezwaar secretaris secretaris2
        2025-01-20 appeal-defence: nadia
        2025-01-20 appeal-hearing: nadia
        2025-01-20 appeal-hearing-body: griffier-bezwaar secretaris secretaris2
        2025-01-20 appeal-hearing-panel: beroep1 beroep2 beroep3
        2025-02-10 appeal-decided: nadia
        2025-02-10 appeal-decided-body: griffier-bezwaar secretaris secretaris2
        2025-02-10 appeal-file-open: nadia
        2025-02-10 decision: nadia
        2025-02-10 objection-due: nadia
        2025-02-10 objection-sent-back: griffier-bezwaar secretaris secretaris2
        2025-02-17 objection-draft: lid3 lid4 lid5 lid6
        2025-02-17 objection-unheard: nadia
        2025-03-03 decision: nadia
        2025-03-03 objection-decided: nadia
    """)


async def test_silence_on_an_application_goes_to_the_chamber_and_a_late_decision_joins(door: Door):
    """Applied on 12 September 2024: eight weeks end on 7 November."""
    house, one = door.house, Case(door)
    await a_leader(house.world, "nadia")
    application = await door.apply("nadia")
    number = await number_of(house, "nadia")
    await one.post.new()

    await one.on(date(2024, 11, 8))
    told = await one.post.new()
    assert "7 november 2024" in told["nadia"]["application-late"]
    await door.notice("nadia", application)
    told = await one.post.new()
    notice = told["nadia"]["application-notice"]
    assert "op 8 november 2024" in notice
    assert "uiterlijk op 22 november 2024" in notice  # two weeks
    assert "vanaf 23 november 2024 beroep instellen" in notice
    assert f"Noem daarbij uw aanvraag: {number}" in notice
    assert "dwangsom" not in notice  # a private register owes none

    await one.on(date(2024, 11, 25))
    one.path = await door.lodge("nadia", "/appeals", number, "Er is nog steeds niet beslist.")
    told = await one.post.new()
    assert "uiterlijk op 17 maart 2025" in told["nadia"]["appeal-received"]  # sixteen weeks
    assert "blijft het besluit gelden" not in told["nadia"]["appeal-received"]
    assert f"niet op tijd beslissen op {number}" in told["secretaris"]["appeal-lodged"]
    await one.knows("nadia", number, "17 maart 2025", f"{LAW} 7:24")
    await one.hidden()
    await one.does("griffier", "admissibility", defence_until="9-12-2024")
    told = await one.post.new()
    assert "9 december 2024" in told["secretaris"]["appeal-defence-asked"]

    # The late decision: a refusal, which the appeal is about from now on.
    await one.on(date(2024, 12, 2))
    await door.refuse(application)
    told = await one.post.new()
    refusal = await one.decided("nadia", "registration", "Na de accreditatie.")
    assert f"alsnog beslist op {number}: besluit {refusal.number}" in told["nadia"]["appeal-joined"]
    assert "gaat nu ook over dit besluit" in told["nadia"]["appeal-joined"]
    await one.knows("nadia", refusal.number, "2 december 2024", f"{LAW} 6:20")
    await one.knows("griffier", refusal.number)

    await one.seat("griffier", *CHAMBER)
    await one.does("nadia", "hearing-renunciation")
    await one.does("griffier", "hearing-waiver", ground="waived", waiver_reasons="Zij ziet ervan af.")
    await one.vote(CHAMBER, "decided-in-place")
    await one.post.new()
    await one.on(date(2024, 12, 16))
    ruling = {
        "outcome": "decided-in-place",
        "reasons": "Er is te laat beslist, en het diploma is op tijd.",
        "decision_id": str(refusal.id),
        "replacing_reasons": "Op tijd behaald.",
        "issued_on": "2024-08-30",
    }
    await one.does("griffier", "decision", **ruling)
    await one.does("griffier", "notification")

    told = await one.post.new()
    assert "appeal-decided" in told["nadia"]
    assert "appeal-decided-body" in told["secretaris"]
    await one.decided(
        "nadia", "appeal", f"het niet op tijd beslissen op {number}", f"Besluit {refusal.number}", "burgerlijke rechter"
    )
    assert await shown(house, "nadia") == [("registered", "niveau-2", "2029-12-02")]  # from the day of the refusal
    await history(house, "nadia")
    await one.hidden()
    assert await problems(house) == []
    assert one.post.log == written("""
        2024-09-12 application-received: nadia
        2024-11-08 application-late: nadia
        2024-11-08 application-notice: nadia
        2024-11-25 appeal-lodged: griffier-bezwaar secretaris secretaris2
        2024-11-25 appeal-received: nadia
        2024-11-25 appeal-defence-asked: griffier-bezwaar secretaris secretaris2
        2024-12-02 appeal-joined: nadia
        2024-12-02 decision: nadia
        2024-12-02 session-invitation: lid1 lid2 lid3 lid4
        2024-12-02 appeal-unheard: nadia
        2024-12-16 appeal-decided: nadia
        2024-12-16 appeal-decided-body: griffier-bezwaar secretaris secretaris2
        2024-12-16 decision: nadia
    """)


async def number_of(house: House, who: str) -> str:
    """The number of an application, as its confirmation has it."""
    items = (await (await house.client(who)).get("/applications")).json()["items"]
    return str(items[-1]["number"])
