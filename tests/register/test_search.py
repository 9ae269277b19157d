"""How people are found: by number, or by a name as people type it."""

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from register.entries import search
from register.entries.models import PublicEntry
from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.register.test_names_found import taken_over

pytestmark = pytest.mark.differs


@given(st.text())
def test_whatever_is_typed_gives_words_to_look_for_or_asks_for_a_name(typed):
    try:
        words = search.asked_words(typed)
    except Invalid:
        return

    assert len(words) <= 8
    assert all(word and " " not in word for word in words)


async def test_a_name_is_found_however_it_is_typed(house: House):
    await taken_over(house, [("Marijke", "de", "Vriés")])
    nobody, bureau = await house.client(), await house.client("bureau")
    (known,) = (await bureau.get("/people", params={"q": "vries"})).json()

    for typed in ("vries", "VRI", "de Vries", "Marijke de Vries", "Vries, Marijke", "vries m", "van der Vries"):
        found = (await nobody.get("/register-entries", params={"name": typed})).json()["items"]
        assert [one["register_number"] for one in found] == [known["register_number"]], typed


async def test_a_search_that_would_list_everybody_or_hold_a_bsn_is_refused(house: House):
    nobody = await house.client()

    for query, code in (
        ({"name": "vr"}, "name-too-short"),
        ({"name": "van de"}, "name-too-short"),
        ({}, "name-or-number"),
        ({"number": "111222333"}, "looks-like-bsn"),
        ({"name": "vries", "cursor": "x"}, "cursor"),
        ({"name": "vries", "pageSize": "101"}, "page-size"),
    ):
        answer = await nobody.get("/register-entries", params=query)
        assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_pages_of_a_search_follow_each_other_without_gap(house: House):
    await taken_over(house, [(given, "", "Lid") for given in ("An", "Bo", "Cas", "Do", "Els", "Fé")])
    nobody = await house.client()
    seen, cursor = [], None
    while True:
        params = {"name": "lid", "pageSize": 4} | ({"cursor": cursor} if cursor else {})
        answer = (await nobody.get("/register-entries", params=params)).json()
        seen += [one["register_number"] for one in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == 6


async def test_who_is_enrolled_only_is_not_public(house: House):
    """Not by number, not by name, not on a page: only after training, registration, or a lapse (Choices)."""
    await a_leader(house.world, "nieuw", given="Nel", family="Nieuwelaar")
    number, nobody = house.number_of("nieuw"), await house.client()

    assert (await nobody.get(f"/register-entries/{number}")).status_code == 404
    for asked in ({"name": "nieuwelaar"}, {"number": number}):
        assert (await nobody.get("/register-entries", params=asked)).json()["items"] == []
    assert (await house.http.get(f"/register/{number}")).status_code == 404
    assert "Bedoelde u" not in (await house.http.get("/?q=nieuwelar")).text
    assert await problems(house) == []

    async with house.means.database.writing() as session, session.begin():
        await session.exec(sa.update(PublicEntry).where(PublicEntry.register_number == number).values(hidden=False))
    assert any(found.startswith("public-entry-differs") for found in await problems(house))
