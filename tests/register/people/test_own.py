"""What people change themselves, and the public register that follows in the same transaction."""

from datetime import date, time

import pytest
from sqlmodel import select

from auth.models import Person
from auth.policy import NameOrder
from core.store.audit import TrailEvent
from register.entries.models import PublicEntry
from register.office.people.policy import latest_overdue
from register.service.sweep import sweep
from tests.builders import PLACES, House, a_leader, a_teacher
from tests.faults.files import problems
from tests.mailed import link
from tests.pages import signed_in

ONE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("order", "shown", "filed"),
    [
        (NameOrder.OWN, "Anna de Vries", "vries anna"),
        (NameOrder.PARTNER, "Anna van den Berg", "berg anna"),
        (NameOrder.OWN_PARTNER, "Anna de Vries-van den Berg", "vries berg anna vriesvan"),
        (NameOrder.PARTNER_OWN, "Anna van den Berg-de Vries", "berg vries anna bergde"),
    ],
)
def test_a_name_is_shown_in_the_order_that_was_chosen_and_filed_without_particles(order, shown, filed):
    names = {"given_name": "Anna", "prefix": "de", "family_name": "Vries"}
    person = Person(**names, partner_prefix="van den", partner_family_name="Berg", name_order=order)

    assert (person.full_name(), person.filed_as()) == (shown, filed)
    assert Person(**names, name_order=order).full_name() == "Anna de Vries"  # no partner, no other name


@ONE
async def test_own_changes_through_pages(house: House):
    """Journey: a new name, another school, another address to write to; everybody sees it at once."""
    await a_teacher(house.world, "tess")
    number = house.number_of("tess")
    one = await signed_in(house, "tess")
    await one.open("/mijn/gegevens")
    partner = {"partner_prefix": "van", "partner_family_name": "Dijk", "name_order": "own-partner"}
    await one.send("/naam", given_name="Tess", family_name="Leraar", **partner)
    assert "Tess de Leraar-van Dijk" in one.text
    assert "Eerder: Tess de Leraar" in one.text
    await one.send("/adres", address="Nieuwe weg 2", postcode="geen", telephone="06 12345678")
    assert one.page.status_code == 400
    assert "Nieuwe weg 2" in one.page.text
    await one.send("/adres", postcode="8011aa", town="Zwolle", message_box=[])
    assert "Bewaard" in one.text
    await one.send("/beeindigen", ended_on="11-9-2024")
    nowhere = {"role": "teacher", "appointed_on": "12-9-2024"}
    await one.send("/functies", stated_place="Zonneschool, Paramaribo", **nowhere)
    assert "het registerbureau zoekt de school op" in one.text
    assert (await house.http.get(f"/v1/register-entries/{number}")).status_code == 404  # enrolled only
    assert (await face(house, "tess")).school == ""
    assert (await face(house, "tess")).name == "Tess de Leraar-van Dijk"
    office = await signed_in(house, "bureau")
    await office.open("/kantoor/personen?q=leraar")
    await office.open("/kantoor/personen/" + office.page.text.split('href="/kantoor/personen/')[1].split('"')[0])
    assert "Zonneschool, Paramaribo" in office.text
    await office.press("Zoek de school op naam of plaats")
    assert "Zonneschool" in office.page.text  # searched for as it was stated
    await office.open(f"{office.path}?q=zwolle")
    await office.press(f"Basisschool De Één {PLACES[0].code}")
    assert "Zonneschool, Paramaribo" in office.text
    await office.send("/school")
    assert f"Basisschool De Één {PLACES[0].code}, Zwolle" in office.text
    assert PLACES[0].code in (await face(house, "tess")).school
    password = house.sign_in_of("tess")["password"]
    await one.open("/mijn/gegevens")
    await one.send("/e-mail", email="tess@nieuw.example", password=password)
    assert "Wij sturen een link" in one.text
    path = await link(house, "confirm-email")
    await one.open(path)
    await one.send(path)
    assert "Uw e-mailadres is bevestigd" in one.text
    assert "tess@nieuw.example" in one.text
    consents = (await (await _client(house, "tess@nieuw.example", password)).get("/profile")).json()["consents"]
    assert consents == [{"given_on": "2024-09-12", "withdrawn_on": "2024-09-12"}]
    assert await problems(house) == []


async def face(house: House, who: str) -> PublicEntry:
    """How somebody is shown to who may see them."""
    async with house.means.database.reading() as session:
        return (await session.exec(select(PublicEntry).where(PublicEntry.person_id == house.id_of(who)))).one()


async def _client(house: House, email: str, password: str):
    client = await house.client()
    token = (await client.post("/token", {"email": email, "password": password})).json()["access_token"]
    client.headers = {"Authorization": f"Bearer {token}"}
    return client


async def test_own_data_and_posts_through_the_api(house: House):
    await a_leader(house.world, "leo")
    await a_leader(house.world, "omar")
    leader, other = await house.client("leo"), await house.client("omar")
    profile = await leader.get("/profile")
    new = {"given_name": "Leo", "prefix": "van", "family_name": "Dam"}

    renamed = await leader.patch("/profile/name", new, profile.headers["etag"])

    assert renamed.json()["name"] == "Leo van Dam"
    assert [one["name"] for one in renamed.json()["former_names"]] == ["Leo Leider"]
    assert (await leader.patch("/profile/name", new, profile.headers["etag"])).status_code == 412
    assert (await face(house, "leo")).name == "Leo van Dam"
    (post,) = (await leader.get("/appointments")).json()
    path, tag = f"/appointments/{post['id']}/end", {"If-Match": f'"{post["version"]}"'}
    assert (await other.post(path, {"ended_on": "2024-09-01"}, headers=tag)).status_code == 404
    for day, code in (("2019-07-31", "ends-before-it-began"), ("2024-09-13", "ends-later")):
        refused = await leader.post(path, {"ended_on": day}, headers=tag)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, code)
    assert (await leader.post(path, {"ended_on": "2024-09-01"}, headers=tag)).status_code == 201
    assert (await face(house, "leo")).board == ""
    bad = {"role": "director", "appointed_on": "2024-09-02"}
    assert (await leader.post("/appointments", bad)).json()["errors"][0]["code"] == "school-missing"
    gone = {**bad, "board_number": "40001", "location_code": "99ZZ"}
    assert (await leader.post("/appointments", gone)).json()["code"] == "unknown-brin"
    here = {**bad, "board_number": PLACES[1].board_number, "location_code": PLACES[1].code}
    assert (await leader.post("/appointments", here)).status_code == 201
    assert PLACES[1].board_number in (await face(house, "leo")).board
    async with house.means.database.reading() as session:
        facts = " ".join(await session.exec(select(TrailEvent.facts)))
    assert "Dam" not in facts
    assert await problems(house) == []


async def test_who_enrols_just_after_midnight_has_the_name_from_that_day_on(house: House):
    house.on(date(2024, 9, 12), time(0, 30))  # at Greenwich it is the eleventh
    await a_leader(house.world, "leo")
    house.on(date(2024, 9, 14))
    leader = await house.client("leo")
    profile = await leader.get("/profile")

    renamed = await leader.patch("/profile/name", {"given_name": "Leo", "family_name": "Dam"}, profile.headers["etag"])

    (former,) = renamed.json()["former_names"]
    assert former["from_on"] == "2024-09-12"


def test_the_months_to_qualify_are_over_the_day_after_their_last():
    assert latest_overdue(date(2025, 2, 2), 6) == date(2024, 8, 1)  # 1 August + 6 months = 1 February
    assert latest_overdue(date(2025, 2, 1), 6) == date(2024, 7, 31)
    assert latest_overdue(date(2025, 2, 28), 6) == date(2024, 8, 27)
    assert latest_overdue(date(2025, 3, 1), 6) == date(2024, 8, 31)  # 28 to 31 August + 6 months = 28 February


@ONE
async def test_the_duty_to_qualify_is_overdue_after_six_months_without_an_application(house: House):
    await a_leader(house.world, "leo", appointed_on=date(2024, 8, 1))
    await a_teacher(house.world, "tess", appointed_on=date(2024, 8, 1))
    leader = await house.client("leo")

    async def overdue() -> list[str]:
        office = await house.client("bureau")
        found = (await office.get(f"/people/{house.id_of('leo')}")).json()
        teacher = (await office.get(f"/people/{house.id_of('tess')}")).json()
        assert [one["duty_overdue"] for one in teacher["entries"]] == [False]  # a voluntary register
        return [one["register_code"] for one in found["entries"] if one["duty_overdue"]]

    await sweep(house.means, date(2025, 2, 1))
    assert await overdue() == []
    assert (await sweep(house.means, date(2025, 2, 2))).duties >= 1
    assert await overdue() == ["schoolleiders-po"]
    assert (await sweep(house.means, date(2025, 2, 2))).duties == 0
    page = await signed_in(house, "leo")
    await page.open("/mijn/gegevens")
    assert "U had al registratie moeten aanvragen" in page.text

    letter = {"register_code": "schoolleiders-po", "route": "free-form", "statement": "Ik heb geen diploma."}
    drawn = await leader.post("/applications", letter)
    assert (await leader.move(f"/applications/{drawn.json()['id']}", "submission")).status_code == 201

    assert (await sweep(house.means, date(2025, 2, 2))).duties == 1
    assert await overdue() == []
