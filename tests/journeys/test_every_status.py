"""Whatever the status of somebody, each page of their own opens and says what comes next."""

import re
from datetime import date
from typing import Any

import pytest

from core.store.work import Work
from register.entries.entry import move, registration_of
from register.entries.policy import Event, Register, Status
from register.service.sweep import sweep
from tests.builders import House, a_leader
from tests.journeys.hands import ByApi, ByPages
from tests.journeys.test_registratie import later_programme
from tests.pages import Browser, signed_in

PAGES = (
    "/begin",
    "/mijn",
    "/mijn/portfolio",
    "/mijn/portfolio/aanbod",
    "/mijn/plan",
    "/mijn/delen",
    "/mijn/meenemen",
    "/mijn/bewaard",
    "/mijn/herregistratie",
    "/mijn/uitstel",
    "/mijn/niveau",
    "/mijn/aanvragen/nieuw",
    "/mijn/aanstellingen",
    "/mijn/berichten",
    "/mijn/gegevens",
    "/mijn/uittreksel",
    "/mijn/cursussen",
    "/waarderingsgesprekken",
    "/bezwaren",
)
TRAINING = {"kind": "enrolment", "programme_code": "SLO-2024", "issued_on": "2024-09-02"}
DIPLOMA = {"kind": "programme", "programme_code": "SLO-2018", "issued_on": "2024-08-31"}


async def _in(house: House, status: Status) -> None:
    """Somebody who came to a status as people come to it."""
    who, hands = "iemand", ByApi(house)
    await a_leader(house.world, who, appointed_on=date(2024, 8, 1))
    if status is Status.ENROLLED:
        return
    if status is Status.APPLICATION_OPEN:
        await hands.register(who, "programme", DIPLOMA)
        return
    if status is Status.IN_TRAINING:
        await house.system(later_programme)
        await hands.register(who, "programme", TRAINING)
        await hands.sit()
        return
    await hands.register(who, "programme", DIPLOMA)
    await hands.sit()
    if status is Status.STRUCK_OFF:
        await hands.strike_off(who, "evidence-forged", "2024-10-15")
        house.on(date(2024, 10, 15))
        await sweep(house.means, date(2024, 10, 15))
    elif status is Status.POSTPONED:
        house.on(date(2029, 8, 20))
        await hands.postpone(who, 12, "long-illness")
        await hands.sit()
    elif status in {Status.CONDITIONAL, Status.LAPSED}:
        house.on(date(2029, 9, 13))
        await sweep(house.means, date(2029, 9, 13))
        if status is Status.LAPSED:
            house.on(date(2030, 3, 13))
            await hands.intend_lapse(who)
            await hands.sit(answer="Dat verandert het niet.")
    elif status is Status.DEREGISTERED:
        await house.system(_leave(house, who))


def _leave(house: House, who: str) -> Any:
    async def deed(work: Work) -> None:
        row = await registration_of(work, house.id_of(who), Register.LEADERS_PO)
        assert row is not None
        await move(work, row, Event.DEREGISTER)

    return deed


async def _next(one: Browser) -> str:
    """What one can do, as /mijn says it: a button, or that nothing is to be done now."""
    await one.open("/mijn")
    assert "Dit kunt u nu doen" in one.text or "U hoeft nu niets te doen" in one.text, one.text
    return one.text


@pytest.mark.parametrize("status", Status)
async def test_each_page_of_ones_own_opens_and_says_what_comes_next(house: House, status: Status):
    await _in(house, status)
    one = await signed_in(house, "iemand")
    (entry,) = (await (await house.client("iemand")).get("/registrations")).json()
    assert entry["status"] == status.value
    await one.open("/begin")
    own = {href for href in re.findall(r'href="(/[^"#?]*)"', one.page.text) if href.startswith(("/mijn", "/bezw"))}

    answered = {path: (await one.open(path)).status_code for path in sorted({*PAGES, *own})}
    led = await _next(one)

    assert {path: code for path, code in answered.items() if code >= 400} == {}
    if status in {Status.ENROLLED, Status.IN_TRAINING, Status.LAPSED, Status.STRUCK_OFF, Status.DEREGISTERED}:
        assert "Registratie aanvragen" in led or "Lees het besluit" in led, led


async def test_who_is_in_training_reads_the_limit_and_goes_on_to_registered_through_pages(house: House):
    await _in(house, Status.IN_TRAINING)
    one = await signed_in(house, "iemand")
    await one.open("/mijn")
    assert "1 augustus 2027" in one.text, one.text
    await one.open("/mijn/portfolio")
    assert "1 augustus 2027" in one.text, one.text
    await one.press("Registratie aanvragen")
    assert one.path == "/mijn/aanvragen/nieuw"
    house.on(date(2026, 7, 20))
    hands = ByPages(house)
    later = {"kind": "programme", "programme_code": "SLO-2024", "issued_on": "2026-07-01"}
    await hands.register("iemand", "programme", later)
    await hands.sit()

    one = await signed_in(house, "iemand")
    await one.open("/mijn")
    assert "20 juli 2031" in one.text, one.text
    await one.open("/mijn/portfolio")
    assert one.page.status_code == 200, one.text
