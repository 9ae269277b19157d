"""Migrations go up, down and up again on both databases, and end where the models are."""

import importlib
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import create_async_engine

from tests.databases import apart

WRITTEN = Path(__file__).parents[2] / "register/migrations/__init__.py"
pytestmark = pytest.mark.skipif(not WRITTEN.exists(), reason="register/migrations is not written yet")


async def tables(url: str) -> set[str]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    await engine.dispose()
    return found - {"alembic_version"}


@pytest.fixture
def migrations():
    return importlib.import_module("register.migrations")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request, make_database):
    return make_database(request.param, like="empty")


async def test_up_down_and_up_again(migrations, empty_database):
    apart(migrations.upgrade, empty_database)
    up = await tables(empty_database)
    apart(migrations.downgrade, empty_database)
    down = await tables(empty_database)
    apart(migrations.upgrade, empty_database)

    assert up
    assert down == set()
    assert await tables(empty_database) == up


def test_the_migrations_end_where_the_models_are(migrations, database_url):
    apart(migrations.check, database_url)
