"""A number that leads to nobody, or not for this person, is a mistake of its field: the form comes back as typed."""

from datetime import date, time

from sqlmodel import select

from auth.numbers import is_register_number
from auth.permissions import Role
from core.store.outbox import OutboxMessage
from tests.accreditation.attendance.given import given
from tests.accreditation.steps import ok
from tests.builders import House
from tests.pages import Browser, signed_in
from tests.register.dialogue.test_dialogue import asked, talk

NOBODY = next(number for number in map(str, range(99999900, 99999999)) if is_register_number(number))


async def an_administrator(house: House) -> Browser:
    await house.world.staff("beheer", Role.ADMIN, "plain", "Ada", "", "Beheer")
    return await signed_in(house, "beheer")


async def test_an_unknown_number_for_a_role_stands_at_its_field(house: House):
    one = await an_administrator(house)
    await one.open("/beheer/rollen")
    await one.send("/beheer/rollen", role="assessor", register_number=NOBODY)

    assert one.page.status_code == 404
    assert 'href="#register_number"' in one.page.text
    assert f'value="{NOBODY}"' in one.page.text
    assert one.form("/beheer/rollen").values


async def test_ones_own_number_for_a_role_stands_at_its_field(house: House):
    one = await an_administrator(house)
    await one.open("/beheer/rollen")
    await one.send("/beheer/rollen", role="assessor", register_number=house.number_of("beheer"))

    assert one.page.status_code == 403
    assert 'href="#register_number"' in one.page.text


async def test_an_address_that_leads_nowhere_stays_a_page_that_is_not_there(house: House):
    one = await signed_in(house, "secretaris")
    gone = "/waarderingsgesprekken/00000000-0000-0000-0000-000000000000"
    token = (await one.open("/waarderingsgesprekken")).text.partition('name="_token" value="')[2].partition('"')[0]
    said = {"_token": token, "_version": "1", **{name: str(value) for name, value in talk(house, "bureau").items()}}
    answer = await one.http.post(f"{gone}/plannen", data=said, headers={"origin": "http://testserver"})

    assert answer.status_code == 404
    assert "error-summary" not in answer.text


async def test_a_talk_with_oneself_is_a_mistake_at_the_field_and_everything_typed_stays(house: House):
    _, _, path = await asked(house)
    secretary = await signed_in(house, "secretaris")
    here = path.replace("/valuation-dialogues", "/waarderingsgesprekken")
    await secretary.open(here)
    await secretary.send(f"{here}/plannen", **talk(house, "nadia"))

    assert secretary.page.status_code == 400
    assert 'href="#peer_number"' in secretary.page.text
    assert "Dit is de aanvrager zelf" in secretary.text
    assert 'value="Zwolle"' in secretary.page.text


async def test_a_planned_talk_is_told_with_day_time_and_place_moved_and_called_off(house: House):
    nadia, secretary, path = await asked(house)
    await ok(await secretary.move(path, "planning", talk(house)))
    async with house.means.database.reading() as session:
        rows = (await session.exec(select(OutboxMessage).where(OutboxMessage.topic == "dialogue-planned"))).all()
    assert len(rows) == 3
    assert all("12 september 2024" in row.body and "14" in row.body and "Zwolle" in row.body for row in rows)

    here = path.replace("/valuation-dialogues", "/waarderingsgesprekken")
    office = await signed_in(house, "secretaris")
    await office.open(here)
    kept = dict(office.form("/plannen").values)
    assert (kept["held_on"], kept["begins"], kept["place"]) == ("12-9-2024", "14:00", "Zwolle")
    assert kept["peer_number"] == house.number_of("piet")
    await office.send("/plannen", place="Utrecht")
    assert (await nadia.get(path)).json()["place"] == "Utrecht"
    async with house.means.database.reading() as session:
        moved = (await session.exec(select(OutboxMessage).where(OutboxMessage.topic == "dialogue-moved"))).all()
        anew = (await session.exec(select(OutboxMessage).where(OutboxMessage.topic == "dialogue-planned"))).all()
    assert len(moved) == len(anew) == 3
    assert all("(Zwolle) is verplaatst. Het is nu: " in row.body and "(Utrecht)" in row.body for row in moved)
    peer, assessor = await signed_in(house, "piet"), await signed_in(house, "beoordelaar")
    await assessor.open("/waarderen")
    assert "Uw waarderingsgesprekken" in assessor.text
    assert "Na het gesprek doet de collega verslag" in assessor.text
    await peer.open("/mijn")
    assert "U bent gevraagd bij een waarderingsgesprek op" in peer.text, peer.text
    house.on(date(2024, 9, 12), time(16))
    await peer.open("/mijn")
    assert "Vertel wat u hoorde" in peer.text, peer.text
    house.on(date(2024, 9, 12), time(10))
    await office.open(here)
    await office.send("/afzeggen")
    assert "afgezegd" in office.text
    assert (await nadia.get(path)).json()["state"] == "asked"
    assert (await (await house.client("piet")).get(path)).status_code == 404


async def test_a_preparation_that_came_back_is_there_to_be_changed_and_stands_at_home(house: House):
    _, secretary, path = await asked(house)
    await ok(await secretary.move(path, "return", {"question": "Welk thema?"}))
    one = await signed_in(house, "nadia")

    await one.open("/mijn")
    assert "Vul uw voorbereiding aan" in one.text
    await one.press("Naar het gesprek")
    assert dict(one.form("/voorbereiding").values)["preparation"] == "Drie thema's, een voorbeeld bij elk."


async def test_before_the_talk_a_colleague_reads_of_a_talk_and_of_no_hearing(house: House):
    _, secretary, path = await asked(house)
    await ok(await secretary.move(path, "planning", talk(house)))
    house.on(date(2024, 9, 11), time(9))
    piet = await signed_in(house, "piet")
    await piet.open(path.replace("/valuation-dialogues", "/waarderingsgesprekken"))
    await piet.send("/verslag", account="Mooi.")

    assert "Het gesprek is nog niet geweest" in piet.text
    assert "hoorzitting" not in piet.text


async def test_no_session_is_planned_on_a_day_that_is_past(house: House):
    one = await signed_in(house, "secretaris")
    await one.open("/zittingen")
    today = house.world.clock.at.date()
    members = one.page.text.split('name="members" value="')[1:]
    ids = [each.partition('"')[0] for each in members][:5]
    past = f"{today.day}-{today.month}-{today.year - 1}"
    await one.send("/zittingen", held_on=past, members=ids, chair_id=ids[0])

    assert one.page.status_code == 400
    assert 'href="#held_on"' in one.page.text
    assert "Deze dag is voorbij" in one.text


async def test_an_unknown_number_in_the_attendance_of_somebody_stands_at_its_field(house: House):
    house.on(date(2024, 9, 4))
    made = await given(house)
    rows = [{"register_number": "12345675", "name": "Onbekend", "run_id": str(made.run)}]
    await (await house.client("paula")).post("/attendances/bulk", {"rows": rows})
    office = await signed_in(house, "secretaris")
    await office.open("/presentie-controle")
    href = office.page.text.split('href="/presentie-controle/')[1].split('"')[0]
    await office.open(f"/presentie-controle/{href}")
    await office.send(href, register_number=NOBODY, move="claim", reason="Op naam gevonden.")

    assert office.page.status_code == 404, office.text
    assert 'href="#register_number"' in office.page.text
    assert "Op naam gevonden." in office.text
