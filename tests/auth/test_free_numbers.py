"""Numbers are drawn at random, and one that is taken is drawn again."""

from itertools import chain, repeat

from sqlmodel import col

from auth import lookup, numbers
from auth.models import Person
from core.store.drawing import drawn


async def test_a_register_number_that_somebody_has_is_drawn_again(house, monkeypatch):
    taken, free = house.number_of("secretaris"), "12345678"
    monkeypatch.setattr(numbers, "draw", lambda _: next(given))
    given = chain([taken, house.number_of("bureau")], repeat(free))

    async with house.means.database.reading() as session:
        assert await lookup.free_number(session) == free


async def test_what_is_free_is_drawn_once(house):
    async with house.means.database.reading() as session:
        found = await drawn(session, col(Person.register_number), iter(["10000000", "20000000"]).__next__)

    assert found == "10000000"
