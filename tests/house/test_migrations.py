"""Migrations go up, down and up again on both databases, and end where the models are."""

import pytest
from sqlalchemy import Enum, inspect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

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


async def test_what_is_guarded_is_guarded_again_after_down_and_up(empty_database):
    await migrations.upgrade(empty_database)
    first = await triggers(empty_database)
    await migrations.downgrade(empty_database)
    gone = await triggers(empty_database)
    await migrations.upgrade(empty_database)

    assert first
    assert gone == set()
    assert await triggers(empty_database) == first


async def triggers(url: str) -> set[str]:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    postgresql = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal "
        "UNION SELECT proname FROM pg_proc WHERE proname LIKE 'trail%'"
    )
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        rows = await connection.exec_driver_sql(sqlite if url.startswith("sqlite") else postgresql)
        found = {name for (name,) in rows}
    await engine.dispose()
    return found


CHOICES = [
    column for table in SQLModel.metadata.sorted_tables for column in table.columns if isinstance(column.type, Enum)
]


@pytest.mark.parametrize("column", CHOICES, ids=str)
def test_a_choice_is_kept_as_its_value_and_not_as_its_name(column):
    kind = column.type

    assert kind.enum_class is not None
    assert kind.enums == [member.value for member in kind.enum_class]
    assert not kind.native_enum
    assert not kind.create_constraint
    assert max(map(len, kind.enums)) <= kind.length
