"""The decisions library: no name gets out, two people see to it, and who decides can search it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from appeals.library.policy import GONE, without_names
from tests.appeals.disputing import a_refusal
from tests.appeals.test_disputes import ON_SQLITE
from tests.appeals.test_upkeep import dismissed
from tests.builders import MEMBERS, House, a_leader
from tests.pages import signed_in

NAME = st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True)


@given(NAME, NAME, st.text(alphabet="abcdefg .,\n", max_size=40), st.text(alphabet="abcdefg .,\n", max_size=40))
def test_no_part_of_a_name_is_left_however_it_is_written(given_name, family, before, after):
    full = f"{given_name} van {family}"
    written = f"{before} {full} {after} {family.upper()}, {given_name.lower()}. {after}"

    left = without_names(written, [full]).lower().replace("…", "")

    assert family.lower() not in left.split()
    assert f" {given_name.lower()}." not in left


def test_numbers_and_addresses_go_too():
    text = "Zie B2025-7KQ4MX van 10234567, 8011 AA Zwolle, a.b@voorbeeld.example of 038-1234567."

    assert without_names(text, [], []) == f"Zie {GONE} van {GONE}, {GONE} Zwolle, {GONE} of {GONE}."


async def test_a_decision_is_published_by_a_second_person_and_found_while_deciding(house: House):
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = await dismissed(house, refusal.number)
    adviser, second, member = [await house.client(who) for who in ("adviseur1", "adviseur2", "beroep1")]
    new = {"kind": "objection", "dispute_id": path.rpartition("/")[2]}

    prepared = await adviser.post("/library-entries", new)
    assert prepared.status_code == 201, prepared.text
    here = f"/library-entries/{prepared.json()['id']}"
    assert (await member.get(here)).status_code == 404  # a draft
    assert (await (await house.client("secretaris")).get(here)).status_code == 404  # took part in the refusal
    assert (await (await house.client("nadia")).get(here)).status_code == 403
    assert (await adviser.post("/library-entries", new)).json()["code"] == "in-library-already"

    text = {"title": "Diploma na de accreditatie", "text": "Mevrouw Haddad had een diploma van ná de accreditatie."}
    assert (await adviser.move(here, "text", text)).status_code == 201
    assert (await adviser.move(here, "publication")).json()["code"] == "four-eyes-needed"
    assert (await second.move(here, "publication")).json()["code"] == "names-left"
    clean = {**text, "text": "De aanvrager had een diploma van ná de accreditatie."}
    assert (await adviser.move(here, "text", clean)).status_code == 201
    published = await second.move(here, "publication")
    assert (published.status_code, published.json()["state"]) == (201, "published")

    for who in ("beroep1", MEMBERS[0]):
        client = await house.client(who)
        found = (await client.get("/library-entries", params={"q": "na Diploma"})).json()["items"]
        assert [one["title"] for one in found] == ["Diploma na de accreditatie"]
        assert (await client.get("/library-entries", params={"q": "Haddad"})).json()["items"] == []
    assert (await second.move(here, "withdrawal")).json()["state"] == "draft"
    assert (await member.get(here)).status_code == 404


@ON_SQLITE
async def test_it_goes_through_pages_as_well(house: House):
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = await dismissed(house, refusal.number)
    adviser = await signed_in(house, "adviseur1")
    await adviser.open(f"/bezwaren/{path.rpartition('/')[2]}")
    await adviser.send("/uitspraken")
    here = adviser.path
    await adviser.send("/tekst", title="Het advies gevolgd", text="Het bezwaar van de aanvrager is ongegrond.")
    assert "Concept" in adviser.text, adviser.text
    await adviser.send("/publiceren")
    assert "Laat een collega hem controleren" in adviser.text, adviser.text

    second = await signed_in(house, "adviseur2")
    await second.open(here)
    await second.send("/publiceren")
    assert "Gepubliceerd" in second.text, second.text
    member = await signed_in(house, "beroep1")
    await member.open("/uitspraken?q=ongegrond")
    await member.press("Het advies gevolgd")
    assert "Het bezwaar van de aanvrager is ongegrond." in member.text
