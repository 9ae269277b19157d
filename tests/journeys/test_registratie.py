"""Registratie: every way into the register and through it, each story by the API and by pages, on both databases."""

from datetime import date

import pytest

from accreditation.offer import service as offer
from core.store.work import Work
from register.entries.policy import Register
from register.office.imports.command import import_register
from register.rules.assessment.facts import Role as Post
from register.service.sweep import sweep
from tests.builders import PLACES, PROGRAMME, House, a_leader
from tests.faults.files import problems
from tests.journeys.hands import HANDS, Hands
from tests.register.takeover.files import a_file, a_line

FIRST = date(2024, 9, 12)
DIPLOMA = {"kind": "programme", "programme_code": PROGRAMME, "issued_on": "2024-08-31"}
ENROLMENT = {"kind": "enrolment", "programme_code": "SLO-2024", "issued_on": "2024-09-02"}


@pytest.fixture(params=HANDS)
def hands(request: pytest.FixtureRequest, house: House) -> Hands:
    """Those of the API, and those of the pages."""
    found: Hands = HANDS[request.param](house)
    return found


async def other_offer(work: Work) -> None:
    """A master, an assessment and a procedure for prior learning in the accredited offer."""
    for code, kind, ects in (("MEM", "master", 60), ("TA-1", "assessment", None), ("EVC-1", "prior-learning", None)):
        await offer.accredit(
            work,
            code,
            "schoolleiders-po",
            kind=kind,
            name=code,
            provider="Academie",
            ects=ects,
            from_on=date(2018, 9, 1),
            until_on=date(2025, 8, 31),
        )


async def stands(house: House, who: str) -> tuple[str, str | None, str | None]:
    """Status, level and last day, as everybody may know them; nothing of who is not public."""
    answer = await house.http.get(f"/v1/register-entries/{house.number_of(who)}")
    if answer.status_code == 404:
        return "not-public", None, None
    (entry,) = (one for one in answer.json() if one["register_code"] == "schoolleiders-po")
    return entry["status"], entry["level"], entry["valid_until"]


async def sweep_on(house: House, day: date) -> None:
    house.on(day)
    await sweep(house.means, day)


async def test_each_of_the_five_routes_and_the_letter_lead_into_the_register(house: House, hands: Hands):
    await house.system(other_offer)
    issued = {"issued_on": "2024-06-03"}
    routes = {
        "programme": (DIPLOMA, "niveau-2"),
        "master": ({"kind": "master", "programme_code": "MEM", **issued}, "master"),
        "assessment": ({"kind": "assessment", "programme_code": "TA-1", **issued}, "niveau-2"),
        "prior-learning": (
            {"kind": "prior-learning", "programme_code": "EVC-1", "issued_on": "2024-06-03"},
            "niveau-2",
        ),
        "diploma-valuation": ({"kind": "diploma-valuation", "level": "niveau-1", **issued}, "niveau-1"),
    }
    for route, (proof, _) in routes.items():
        await a_leader(house.world, route)
        await hands.register(route, route, proof)
    await hands.sit()
    await a_leader(house.world, "letter")
    await hands.register("letter", "free-form", None, "Ik leid al twintig jaar een school.")
    await hands.sit(level="niveau-1")

    for route, (_, level) in routes.items():
        assert await stands(house, route) == ("registered", level, "2029-09-12"), route
    assert await stands(house, "letter") == ("registered", "niveau-1", "2029-09-12")
    assert await problems(house) == []


async def test_in_training_and_then_registered(house: House, hands: Hands):
    """In post since 1 August 2024: in training until 1 August 2027 at most."""
    await a_leader(house.world, "leerling", appointed_on=date(2024, 8, 1))
    await house.system(later_programme)
    await hands.register("leerling", "programme", ENROLMENT)
    await hands.sit()
    first = await stands(house, "leerling")
    house.on(date(2026, 7, 20))
    await hands.register("leerling", "programme", {**DIPLOMA, "programme_code": "SLO-2024", "issued_on": "2026-07-01"})
    await hands.sit()

    assert first == ("in-training", "in-opleiding", "2027-08-01")
    assert await stands(house, "leerling") == ("registered", "niveau-2", "2031-07-20")
    assert await problems(house) == []


async def later_programme(work: Work) -> None:
    await offer.accredit(
        work,
        "SLO-2024",
        "schoolleiders-po",
        kind="programme",
        name="Schoolleider vakbekwaam",
        provider="Academie",
        ects=30,
        from_on=date(2024, 9, 1),
        until_on=date(2030, 8, 31),
    )


async def test_postponed_at_another_level_and_conditional_on_the_later_day(house: House, hands: Hands):
    """Due 12 September 2029; the twelve months asked end on 12 September 2030."""
    await house.system(other_offer)
    await a_leader(house.world, "ziek")
    await hands.register("ziek", "programme", DIPLOMA)
    await hands.sit()
    house.on(date(2025, 3, 3))
    await hands.change_level("ziek", {"kind": "master", "programme_code": "MEM", "issued_on": "2019-07-01"})
    await hands.sit()
    higher = await stands(house, "ziek")
    house.on(date(2029, 8, 20))
    await hands.postpone("ziek", 12, "long-illness")
    await sweep_on(house, date(2029, 9, 13))  # asked in time, so the due date passes without effect
    waiting = await stands(house, "ziek")
    await hands.sit()

    assert higher == ("registered", "master", "2029-09-12")
    assert waiting == ("registered", "master", "2029-09-12")
    assert await stands(house, "ziek") == ("postponed", "master", "2030-09-12")
    await sweep_on(house, date(2030, 9, 12))
    assert (await stands(house, "ziek"))[0] == "postponed"
    await sweep_on(house, date(2030, 9, 13))
    assert (await stands(house, "ziek"))[0] == "conditional"
    assert await problems(house) == []


async def test_late_then_conditional_then_lapsed_and_back(house: House, hands: Hands):
    """Due 12 September 2029; the last day under conditions is 12 March 2030."""
    await a_leader(house.world, "laat")
    await hands.register("laat", "programme", DIPLOMA)
    await hands.sit()
    await sweep_on(house, date(2029, 9, 13))
    conditional = await stands(house, "laat")
    house.on(date(2030, 3, 13))
    await hands.intend_lapse("laat")
    await hands.sit(answer="Dat verandert het niet.")
    lapsed = await stands(house, "laat")
    public = (await house.http.get(f"/v1/register-entries/{house.number_of('laat')}")).json()
    house.on(date(2030, 6, 3))
    await hands.register("laat", "programme", DIPLOMA)
    await hands.sit()

    assert conditional == ("conditional", "niveau-2", "2029-09-12")
    assert lapsed[0] == "lapsed"
    assert public[0]["status"] == "lapsed"
    assert await stands(house, "laat") == ("registered", "niveau-2", "2035-06-03")  # a new period, no ladder base
    assert await problems(house) == []


async def test_struck_off_on_its_day_and_in_again(house: House, hands: Hands):
    await a_leader(house.world, "onwaar")
    await hands.register("onwaar", "programme", DIPLOMA)
    await hands.sit()
    await hands.strike_off("onwaar", "evidence-forged", "2024-10-15")
    await sweep_on(house, date(2024, 10, 14))
    before = await stands(house, "onwaar")
    await sweep_on(house, date(2024, 10, 15))
    struck = await stands(house, "onwaar")
    house.on(date(2024, 12, 2))
    await hands.register("onwaar", "programme", DIPLOMA)
    await hands.sit()

    assert (before[0], struck[0]) == ("registered", "not-public")
    assert await stands(house, "onwaar") == ("registered", "niveau-2", "2029-12-02")
    assert await problems(house) == []


async def test_an_old_register_comes_over_and_the_first_one_renews(house: House, hands: Hands):
    """Registered elsewhere since 1 December 2020 with 120 points: six years from the old due date (po-prof)."""
    vo = {"register": Register.LEADERS_VO, "post": Post.DIRECTOR, "place": PLACES[7], "relation": "plain"}
    await house.world.professional("oud", given="Leo", prefix="", family="Leider", appointed_on=date(2019, 8, 1), **vo)
    known = {"register_number": house.number_of("oud"), "email": "oud@voorbeeld.example"}
    line = a_line(1, registered_on="2020-12-01", due_on="2024-12-01", **known)
    done = await import_register(house.means, "oud", a_file(line))
    house.on(date(2024, 11, 4))
    await hands.renew("oud")
    await sweep_on(house, date(2024, 12, 2))
    waiting = await stands(house, "oud")
    await hands.sit()

    assert done.new == 1
    assert waiting == ("registered", "niveau-2", "2024-12-01")
    assert await stands(house, "oud") == ("registered", "niveau-2", "2030-12-01")
    assert await problems(house) == []
