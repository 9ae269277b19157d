"""Migrations go up, down and up again on both databases, and end where the models are."""

import pytest
from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import create_async_engine

from register import migrations
from tests.databases import KINDS


async def tables(url: str) -> set[str]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    await engine.dispose()
    return found - {"alembic_version"}


@pytest.fixture(params=KINDS)
def empty_database(request, make_database):
    return make_database(request.param, like="empty")


async def test_up_down_and_up_again(empty_database):
    await migrations.upgrade(empty_database)
    up = await tables(empty_database)
    await migrations.downgrade(empty_database)
    down = await tables(empty_database)
    await migrations.upgrade(empty_database)

    assert up
    assert down == set()
    assert await tables(empty_database) == up


async def test_the_migrations_end_where_the_models_are(database_url):
    assert await migrations.differences(database_url) == []
