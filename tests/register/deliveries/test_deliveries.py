"""What a board delivers waits for the professional, who alone can change it; a file with citizen numbers is refused."""

from datetime import date

import pytest
from sqlmodel import select

from core.errors import Invalid
from register.employers.deliveries.command import command, import_appointments
from register.employers.deliveries.models import AppointmentClaim
from register.employers.deliveries.policy import CLAIM, ClaimEvent, ClaimState
from register.employers.deliveries.service import DeliveryReport
from register.entries.models import Appointment
from register.service.context import open_means
from tests.auth.browser import browser_of, form_token
from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.register.takeover.files import lines_of

HEAD = ("register_number", "board_number", "location_code", "role", "appointed_on", "ended_on")


@pytest.fixture
async def nadia(house: House) -> str:
    """A director at board 40008 since 1 August 2019; her register number."""
    await a_leader(house.world, "nadia")
    return house.number_of("nadia")


def a_file(*rows: tuple[str, ...]) -> bytes:
    return lines_of([HEAD, *rows], ";").encode()


def stated(number: str, ended_on: str = "") -> tuple[str, ...]:
    return (number, "40008", "08AA", "directeur", "2019-08-01", ended_on)


def elsewhere(number: str) -> tuple[str, ...]:
    return (number, "40002", "02AA00", "director", "01-09-2024", "")


async def deliver(house: House, *rows: tuple[str, ...]) -> DeliveryReport:
    return await import_appointments(house.means, a_file(*rows))


async def posts(house: House) -> list[tuple[str, date | None]]:
    async with house.means.database.reading() as session:
        wanted = select(Appointment).where(Appointment.person_id == house.id_of("nadia")).order_by(Appointment.id)
        return [(each.board_number, each.ended_on) for each in await session.exec(wanted)]


async def test_a_delivery_waits_for_the_professional_and_changes_nothing_itself(house, nadia):
    report = await deliver(house, stated(nadia), elsewhere(nadia))
    again = await deliver(house, stated(nadia), elsewhere(nadia))

    assert (report.read, report.waiting, report.unchanged) == (2, 1, 1)
    assert (again.waiting, again.unchanged) == (0, 2)
    assert await posts(house) == [("40008", None)]
    assert await problems(house) == []


@pytest.mark.parametrize("event", [ClaimEvent.CONFIRM, ClaimEvent.REFUSE])
async def test_the_professional_answers_and_is_not_asked_the_same_again(house, nadia, event):
    await deliver(house, elsewhere(nadia))
    client = await house.client("nadia")
    (claim,) = (await client.get("/appointment-claims")).json()
    verb = {"confirm": "confirmation", "refuse": "refusal"}[event.value]

    answered = await client.move(f"/appointment-claims/{claim['id']}", verb)

    assert (answered.status_code, answered.json()["state"]) == (201, CLAIM.after(ClaimState.WAITING, event).value)
    assert (await client.get("/appointment-claims")).json() == []
    assert len(await posts(house)) == (2 if event is ClaimEvent.CONFIRM else 1)
    assert (await deliver(house, elsewhere(nadia))).waiting == 0
    twice = await client.move(f"/appointment-claims/{claim['id']}", verb)
    assert (twice.status_code, twice.json()["code"]) == (409, "wrong-state")
    assert await problems(house) == []


async def test_an_end_is_confirmed_and_a_later_delivery_overtakes_an_earlier_one(house, nadia):
    await deliver(house, stated(nadia, "2024-08-31"))
    later = await deliver(house, stated(nadia, "2024-09-30"))
    client = await house.client("nadia")
    (claim,) = (await client.get("/appointment-claims")).json()

    await client.move(f"/appointment-claims/{claim['id']}", "confirmation")

    assert later.waiting == 1
    assert await posts(house) == [("40008", date(2024, 9, 30))]
    async with house.means.database.reading() as session:
        states = {each.state for each in await session.exec(select(AppointmentClaim))}
    assert states == {ClaimState.OVERTAKEN, ClaimState.CONFIRMED}


async def test_what_is_said_of_somebody_is_for_nobody_else(house, nadia):
    await deliver(house, elsewhere(nadia))
    (claim,) = (await (await house.client("nadia")).get("/appointment-claims")).json()
    await a_leader(house.world, "vera")
    vera = await house.client("vera")

    assert (await vera.get("/appointment-claims")).json() == []
    assert (await vera.get(f"/appointment-claims/{claim['id']}")).status_code == 404
    assert (await (await house.client("bestuur")).get("/appointment-claims")).status_code == 403


async def test_the_page_shows_what_waits_and_takes_the_answer(house, nadia):
    await deliver(house, elsewhere(nadia))
    browser = await browser_of(house, "nadia")
    page = await browser.get("/mijn/aanstellingen")
    (claim,) = (await (await house.client("nadia")).get("/appointment-claims")).json()
    typed = {"_token": form_token(browser), "_key": "een"}
    answer = await browser.post(f"/mijn/aanstellingen/{claim['id']}/bevestigen", data=typed)
    await browser.aclose()

    assert "Basisschool De Één 02AA00" in page.text
    assert "Dit klopt niet" in page.text
    assert answer.status_code == 303
    assert len(await posts(house)) == 2


async def test_broken_lines_are_refused_by_number_and_a_bsn_column_refuses_the_file(house, nadia, tmp_path):
    report = await deliver(
        house,
        stated("12345678"),
        (nadia, "40008", "08AA", "conciërge", "2019-08-01", ""),
        (nadia, "40008", "99ZZ", "director", "2019-08-01", ""),
        (nadia, "40002", "08AA", "director", "2019-08-01", ""),
        stated(nadia, "2019-07-31"),
        stated(nadia),
        stated(nadia),
    )
    assert [(row.line, row.code) for row in report.refused] == [
        (2, "bad-register-number"),
        (3, "unknown-word"),
        (4, "unknown-brin"),
        (5, "location-not-of-board"),
        (6, "ended-before-begun"),
        (8, "duplicate"),
    ]
    with pytest.raises(Invalid, match="bsn-column"):
        await import_appointments(house.means, lines_of([(*HEAD, "bsn")], ";").encode())
    file = tmp_path / "levering.csv"
    file.write_bytes(a_file(stated(nadia), stated("12345678")))
    assert await command(open_means(house.means.settings), file, True, False) == 1
