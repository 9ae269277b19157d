"""A talk with a colleague and an assessor: nobody of the same board, two together, and points by theme and level."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core.errors import Invalid
from core.store.work import Work
from register.entries.models import Registration
from register.entries.policy import Status
from register.portfolio.books import open_period
from register.portfolio.dialogue.policy import points_of
from register.rules.assessment.facts import Valuation
from register.rules.rulesets import shipped
from tests.accreditation.steps import ok
from tests.builders import PLACES, Client, House, a_leader
from tests.pages import signed_in

RULES = shipped().named("schoolleiders-po-2022")
THEMES = ["leiderschap", "visie", "organisatie"]
TALK = {"held_on": "2024-09-12", "begins": "14:00", "place": "Zwolle"}
HEARD = {"account": "Zij liet zien hoe de visie tot stand kwam."}
VALUED = {"report": "Twee thema's, niveau 5.", "themes": THEMES[:2], "level": 10, "reasons": "Overtuigend."}


@given(st.integers(1, 20), st.sampled_from([0, 10, 20]))
def test_an_assessor_gives_ten_points_a_theme_and_the_extra_and_a_hundred_at_most(themes, level):
    assert points_of(RULES, Valuation.ASSESSOR, themes, level, None) == min(100, 10 * themes + level)


@pytest.mark.parametrize(
    ("valuation", "level", "stated", "code"),
    [
        (Valuation.ASSESSOR, 15, None, "level-not-known"),
        (Valuation.ASSESSOR, 10, 40, "points-by-theme"),
        (Valuation.PEERS, 0, None, "points-missing"),
    ],
)
def test_what_a_talk_cannot_give_is_refused(valuation, level, stated, code):
    with pytest.raises(Invalid) as refused:
        points_of(RULES, valuation, 3, level, stated)

    assert refused.value.errors[0][1] == code
    assert points_of(RULES, Valuation.PEERS, 0, 0, 35) == 35
    assert points_of(RULES, Valuation.ASSESSOR, 8, 20, None) == 100  # slim-faq: eight themes and level 6
    assert points_of(RULES, Valuation.ASSESSOR, 0, 20, None) == 0  # no theme, no points


async def registered(house: House, who: str, place: int = 7, family: str = "Leider") -> None:
    """A leader who stands in the register, with a running period."""
    await a_leader(house.world, who, place=PLACES[place], family=family)

    async def deed(work: Work) -> None:
        wanted = select(Registration).where(Registration.person_id == house.id_of(who))
        entry = (await work.session.exec(wanted)).one()
        entry.status, entry.due_on = Status.REGISTERED, date(2029, 1, 1)
        work.log("registration:renew", entry, due_on=entry.due_on)
        await open_period(work, entry, date(2024, 1, 1), entry.due_on)

    await house.system(deed)


async def handed_in(house: House, who: str = "nadia", **more: Any) -> str:
    """An activity that waits to be valued by an assessor in a talk; its address."""
    client = await house.client(who)
    new = {
        "kind": "informal",
        "title": "Visie op de school",
        "done_on": "2024-06-01",
        "register_code": "schoolleiders-po",
    }
    entry = await ok(await client.post("/portfolio-entries", new | {"themes": THEMES, "valuation": "assessor"} | more))
    path = f"/portfolio-entries/{entry['id']}"
    await ok(await client.upload(f"{path}/evidence", "reflectie.pdf"))
    await ok(await client.move(path, "submission"))
    return path


async def asked(house: House, **more: Any) -> tuple[Client, Client, str]:
    """Nadia asked for a talk, on 10 September 2024; she, the secretary, and the address of the dialogue."""
    house.on(date(2024, 9, 10))
    await registered(house, "nadia", family="Haddad")
    await registered(house, "piet", place=3)
    entry = await handed_in(house, **more)
    nadia, secretary = await house.client("nadia"), await house.client("secretaris")
    made = await ok(await nadia.post(f"{entry}/dialogue", {"preparation": "Drie thema's, een voorbeeld bij elk."}))
    return nadia, secretary, f"/valuation-dialogues/{made['id']}"


def talk(house: House, peer: str = "piet") -> dict[str, Any]:
    return TALK | {"peer_number": house.number_of(peer), "assessor_id": str(house.id_of("beoordelaar"))}


async def test_two_hear_what_was_learnt_and_the_credit_lands_in_the_portfolio(house: House):
    nadia, secretary, path = await asked(house)
    planned = await ok(await secretary.move(path, "planning", talk(house)))
    assert (planned["state"], planned["held_at"]) == ("planned", "2024-09-12T12:00:00Z")
    piet, assessor = await house.client("piet"), await house.client("beoordelaar")
    early = await piet.move(path, "account", HEARD)
    assert (early.status_code, early.json()["code"]) == (409, "talk-not-held-yet")
    house.on(date(2024, 9, 12), time(16))
    alone = await assessor.move(path, "valuation", VALUED)
    assert (alone.status_code, alone.json()["code"]) == (409, "wrong-state")
    entry = (await nadia.get(path)).json()["entry_id"]
    paper = await assessor.move(f"/portfolio-entries/{entry}", "valuation", {"points": 30, "reasons": "Op papier."})
    assert (paper.status_code, paper.json()["code"]) == (409, "valued-in-a-talk")
    await ok(await piet.move(path, "account", HEARD))
    other = await assessor.move(path, "valuation", VALUED | {"themes": ["toetsing"]})
    assert (other.status_code, other.json()["errors"][0]["code"]) == (400, "theme-not-claimed")

    done = await ok(await assessor.move(path, "valuation", VALUED))

    decision = (await nadia.get(f"/decisions/{done['decision_id']}")).json()
    assert (decision["kind"], decision["outcome"], decision["last_day_to_object"]) == (
        "valuation",
        "granted",
        "2024-10-24",
    )
    portfolio = (await nadia.get("/portfolio?register=schoolleiders-po")).json()
    assert [line["points"] for line in portfolio["ledger"]] == [30]  # two themes, and ten for the level
    assert (await nadia.get(path)).json()["account"] == HEARD["account"]


async def test_who_shares_a_board_or_does_not_stand_in_the_register_is_not_the_colleague(house: House):
    _, secretary, path = await asked(house)
    await registered(house, "buur")  # works where Nadia does
    await a_leader(house.world, "nieuw", place=PLACES[2])  # enrolled, not registered

    for wrong, code in (
        (talk(house, "buur"), "talk-same-board"),
        (talk(house, "nadia"), "talk-with-oneself"),
        (talk(house, "nieuw"), "not-registered-now"),
        (talk(house) | {"peer_number": "99999990"}, "unknown-number"),
        (talk(house) | {"assessor_id": str(house.id_of("piet"))}, "not-an-assessor"),
        (talk(house) | {"held_on": "2024-09-09"}, "held-before"),
    ):
        refused = await secretary.move(path, "planning", wrong)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, code)
    for who in ("piet", "buur", "beoordelaar"):
        assert (await (await house.client(who)).get(path)).status_code == 404


async def test_a_preparation_goes_back_and_forth_and_a_request_is_withdrawn(house: House):
    nadia, secretary, path = await asked(house)
    entry = (await nadia.get(path)).json()["entry_id"]
    twice = await nadia.post(f"/portfolio-entries/{entry}/dialogue", {"preparation": "Nog eens."})
    assert (twice.status_code, twice.json()["code"]) == (409, "dialogue-runs")
    assert (await nadia.move(path, "planning", talk(house))).status_code == 403

    await ok(await secretary.move(path, "return", {"question": "Welk voorbeeld hoort bij welk thema?"}))
    assert (await secretary.move(path, "planning", talk(house))).status_code == 409
    assert (await ok(await nadia.move(path, "preparation", {"preparation": "Per thema."})))["state"] == "asked"
    assert (await ok(await nadia.move(path, "withdrawal")))["state"] == "withdrawn"
    assert (await ok(await nadia.post(f"/portfolio-entries/{entry}/dialogue", {"preparation": "Nu echt."})))["state"]

    paper = await handed_in(house, valuation="afterwards", done_on="2024-06-02")
    refused = await nadia.post(f"{paper}/dialogue", {"preparation": "Een gesprek."})
    assert (refused.status_code, refused.json()["code"]) == (409, "not-in-a-talk")


@pytest.mark.parametrize("state", ["asked", "returned", "planned"])
async def test_a_request_is_withdrawn_as_long_as_nobody_told_of_the_talk(house: House, state: str):
    nadia, secretary, path = await asked(house)
    if state == "returned":
        await ok(await secretary.move(path, "return", {"question": "Welk thema?"}))
    if state == "planned":
        await ok(await secretary.move(path, "planning", talk(house)))
    assert (await nadia.get(path)).json()["state"] == state

    assert (await ok(await nadia.move(path, "withdrawal")))["state"] == "withdrawn"

    assert (await nadia.move(path, "withdrawal")).status_code == 409
    assert (await secretary.move(path, "planning", talk(house))).status_code == 409


async def test_a_talk_is_planned_otherwise_and_only_the_last_colleague_tells_of_it(house: House):
    _, secretary, path = await asked(house)
    await registered(house, "saar", place=5)
    await ok(await secretary.move(path, "planning", talk(house)))
    other = talk(house, "saar") | {"held_on": "2024-09-19"}
    assert (await ok(await secretary.move(path, "planning", other)))["held_at"] == "2024-09-19T12:00:00Z"
    house.on(date(2024, 9, 19), time(16))
    assert (await (await house.client("piet")).get(path)).status_code == 404  # no part in it any more
    assert (await ok(await (await house.client("saar")).move(path, "account", HEARD)))["state"] == "told"


async def test_waarderen_in_gesprek_by_pages(house: House):
    house.on(date(2024, 9, 10))
    await registered(house, "nadia", family="Haddad")
    await registered(house, "piet", place=3)
    entry = (await handed_in(house)).rpartition("/")[2]
    nadia, secretary = await signed_in(house, "nadia"), await signed_in(house, "secretaris")
    await nadia.open("/waarderingsgesprekken")
    await nadia.send("/waarderingsgesprekken", entry_id=entry, preparation="Per thema een voorbeeld.")
    here = nadia.path
    await secretary.open(here)
    typed = {**talk(house), "held_on": "12 september"}
    await secretary.send(f"{here}/plannen", **typed)
    assert "Er gaat nog iets mis" in secretary.text
    await secretary.send(f"{here}/plannen", **talk(house))
    assert "Het gesprek is gepland." in secretary.text
    house.on(date(2024, 9, 12), time(16))
    piet = await signed_in(house, "piet")
    await piet.open(here)
    await piet.send(f"{here}/verslag", account="Overtuigend verteld.")
    assessor = await signed_in(house, "beoordelaar")
    await assessor.open(here)
    await assessor.send(f"{here}/waardering", report="Alle drie.", themes=THEMES, level="20", reasons="Niveau 6.")
    await nadia.open("/mijn/portfolio")
    assert "50" in nadia.text
