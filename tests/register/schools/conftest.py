"""A house with the tables of this slice, on both databases."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlmodel import SQLModel

from core.clock import FixedClock
from core.store.db import Database
from core.store.work import Means


@pytest.fixture
async def means(database_url: str) -> AsyncIterator[Means]:
    database = Database(database_url)
    async with database.writes.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    nothing_else = dict.fromkeys(("settings", "calendar", "rules", "files"))
    yield Means(database=database, clock=FixedClock(datetime(2026, 11, 22, 12, tzinfo=UTC)), **nothing_else)
    await database.close()
