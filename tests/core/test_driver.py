"""A hot read has a deadline, and what is slower than it is asked the other way."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from core.store import driver
from core.store.hot import HotRead
from tests.databases import Databases

SLEEPS = HotRead(
    sa.select(sa.func.pg_sleep(sa.bindparam("seconds", type_=sa.Float)), sa.literal_column("1").label("one"))
)


@pytest.fixture
def reader(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(driver, "SECONDS", 0.2)
    monkeypatch.setattr(driver, "EVERY", 0.05)
    url = databases.make("postgresql")
    yield driver.Driver(url, 2)
    databases.drop(url)


async def test_a_read_that_takes_too_long_is_given_up_and_the_next_is_answered(reader):
    async with asyncio.timeout(3):
        assert await reader.ask(SLEEPS, {"seconds": 60.0}) is None
    found = await reader.ask(SLEEPS, {"seconds": 0.0})
    await reader.close()

    assert [row.one for row in found] == [1]


async def test_one_that_is_slow_ends_nobody_elses(reader):
    slow, *quick = await asyncio.gather(
        reader.ask(SLEEPS, {"seconds": 60.0}), *(reader.ask(SLEEPS, {"seconds": 0.05}) for _ in range(5))
    )
    await reader.close()

    assert slow is None
    assert all(rows[0].one == 1 for rows in quick)
