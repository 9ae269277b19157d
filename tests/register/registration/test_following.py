"""The status line of an application: days done, who is at turn, days to come; and objecting to a refusal."""

import re
from datetime import date

from tests.builders import House, a_leader
from tests.journeys.disputing import object_to, refused_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide, make_known, sit, vote
from tests.pages import Browser, signed_in

REFUSAL = {
    "reasons": "Na de accreditatie.",
    "grounds": ["outside-accreditation-period"],
    "repair": "Doe een assessment.",
}


async def steps(one: Browser, file: str) -> list[tuple[str, str]]:
    """Each step of the line: how it stands and what it says."""
    await one.open(f"/mijn/aanvragen/{file}")
    (line,) = re.findall(r'<ol class="bk-timeline">(.*?)</ol>', one.page.text, re.S)[:1]
    found = re.findall(r'<li class="bk-timeline__step bk-timeline__step--(\w+)"[^>]*>(.*?)</li>', line, re.S)
    return [(state, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said)).strip()) for state, said in found]


async def test_every_step_says_its_day_who_moves_and_what_comes(house: House):
    house.on(date(2024, 9, 12))
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-09-05"))
    one = await signed_in(house, "leo")

    assert await steps(one, file) == [
        ("done", "Aanvraag begonnen (klaar) 12 september 2024"),
        ("done", "Ingediend (klaar) 12 september 2024"),
        ("now", "Compleet bevonden De secretaris is aan zet."),
        ("next", "Op de agenda van de commissie"),
        ("next", "Besloten Uiterlijk 7 november 2024."),  # eight weeks from Thursday (Awb 4:13)
        ("next", "Besluit verzonden"),
    ]
    secretary, _, item = await sit(house, file)
    assert (await steps(one, file))[2:5] == [
        ("done", "Compleet bevonden (klaar) 12 september 2024"),
        ("done", "Op de agenda van de commissie (klaar) 12 september 2024 zitting"),
        ("now", "Besloten De commissie is aan zet. Uiterlijk 7 november 2024."),
    ]
    await vote(house, item, "against")
    ruled = await secretary.post(f"{item}/decision", REFUSAL)
    assert "Er is een besluit" not in one.text
    house.on(date(2024, 9, 16))
    await make_known(await house.client("secretaris"), ruled.json()["decision"]["id"])
    one = await signed_in(house, "leo")
    line = await steps(one, file)
    assert line[4:] == [
        ("done", "Besloten (klaar) 12 september 2024"),
        ("done", "Besluit verzonden (klaar) 16 september 2024"),
        ("next", "Bezwaar mogelijk Tot en met 28 oktober 2024."),  # six weeks from Tuesday (Awb 6:7, 6:8)
    ]


async def test_a_refusal_has_its_button_until_the_last_day(house: House):
    house.on(date(2024, 9, 12))
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-09-05"))
    await decide(house, file, "against", REFUSAL)
    house.on(date(2024, 10, 24))
    one = await signed_in(house, "leo")

    await one.open(f"/mijn/aanvragen/{file}")
    assert "U kunt bezwaar maken tot en met donderdag 24 oktober 2024." in one.text
    await one.press("Bezwaar maken")
    assert one.path == "/bezwaren/nieuw"
    assert one.page.status_code == 200
    house.on(date(2024, 10, 25))
    one = await signed_in(house, "leo")
    await one.open(f"/mijn/aanvragen/{file}")
    assert "U kon bezwaar maken tot en met donderdag 24 oktober 2024." in one.text
    assert "leg uit waarom" in one.text  # late is for the committee to excuse (Awb 6:11)


async def test_who_objected_follows_the_objection_wherever_the_decision_stands(house: House):
    await a_leader(house.world, "leo")
    refusal = await refused_leader(house, "leo")
    lodged = await object_to(await house.client("leo"), refusal["number"])
    one = await signed_in(house, "leo")

    await one.open("/mijn/berichten")
    await one.press("Besluit op uw aanvraag om registratie: geweigerd")
    assert f"Het kenmerk is {refusal['number']}." in one.text
    await one.press("Lees het besluit")
    assert "/bezwaren/nieuw" not in one.page.text
    await one.press(f"Volg {lodged['number']}")

    assert one.path == f"/bezwaren/{lodged['id']}"


async def test_what_was_granted_asks_for_no_objection(house: House):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    await decide(house, file, "for", {"reasons": "In orde."})
    one = await signed_in(house, "leo")

    await one.open(f"/mijn/aanvragen/{file}")

    assert "Er is een besluit" in one.text
    assert "Bezwaar maken" not in one.text


async def test_who_must_complete_is_at_turn_until_that_day(house: House):
    house.on(date(2024, 9, 12))
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    secretary = await house.client("secretaris")
    asked = await secretary.move(f"/applications/{file}", "completion-request", {"items": ["programme"]})
    assert asked.status_code == 201, asked.text
    one = await signed_in(house, "leo")

    line = await steps(one, file)

    # Two weeks from Thursday; the term to decide stands still meanwhile (Awb 4:5, 4:15).
    assert line[2] == (
        "now",
        "Aanvulling gevraagd 12 september 2024 U bent aan zet: vul aan tot en met 26 september 2024.",
    )
    assert line[5] == ("next", "Besloten Uiterlijk 21 november 2024.")
    await one.send("/intrekken")
    assert (await steps(one, file))[-1] == ("done", "Ingetrokken (klaar)")
