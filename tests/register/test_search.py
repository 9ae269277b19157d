"""How people are found: by number, or by a name as people type it."""

from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from register.registration import search
from tests.builders import House, a_leader


@given(st.text())
def test_whatever_is_typed_gives_words_to_look_for_or_asks_for_a_name(typed):
    try:
        words = search.asked_words(typed)
    except Invalid:
        return

    assert len(words) <= 8
    assert all(word and " " not in word for word in words)


async def test_a_name_is_found_however_it_is_typed(house: House):
    await a_leader(house.world, "marijke", given="Marijke", prefix="de", family="Vriés")
    nobody = await house.client()

    for typed in ("vries", "VRI", "de Vries", "Marijke de Vries", "Vries, Marijke", "vries m", "van der Vries"):
        found = (await nobody.get("/register-entries", params={"name": typed})).json()["items"]
        assert [one["register_number"] for one in found] == [house.number_of("marijke")], typed


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
    nobody = await house.client()
    seen, cursor = [], None
    while True:
        params = {"name": "lid", "pageSize": 4} | ({"cursor": cursor} if cursor else {})
        answer = (await nobody.get("/register-entries", params=params)).json()
        seen += [one["register_number"] for one in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == 6  # the committee of the house
