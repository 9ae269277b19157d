"""The fixtures keep their word: both engines, fresh each time, copied from a template."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


async def run(url: str, *statements: str) -> list[object]:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        results = [await connection.execute(text(statement)) for statement in statements]
        rows = results[-1].scalars().all() if results[-1].returns_rows else []
    await engine.dispose()
    return list(rows)


async def test_each_test_has_a_database_of_its_own(database_url):
    await run(database_url, "CREATE TABLE mine (id INTEGER)", "INSERT INTO mine VALUES (1)")

    assert await run(database_url, "SELECT id FROM mine") == [1]


async def test_no_trace_of_the_test_before(database_url, make_database):
    other = make_database(database_url.split("+")[0])
    await run(database_url, "CREATE TABLE mine (id INTEGER)")
    await run(other, "CREATE TABLE mine (id INTEGER)")

    assert await run(other, "SELECT id FROM mine") == []


async def test_a_template_is_filled_once_and_copied(databases, database_url):
    filled = []

    async def fill(url):
        filled.append(url)
        await run(url, "CREATE TABLE world (name TEXT)", "INSERT INTO world VALUES ('seeded')")

    kind = database_url.split("+")[0]
    databases.define(f"world-{kind}", fill)
    for _ in range(2):
        url = databases.make(kind, like=f"world-{kind}")
        assert await run(url, "SELECT name FROM world") == ["seeded"]
        databases.drop(url)
    assert len(filled) == 1


async def test_the_postgresql_is_a_real_one(postgres_url):
    (version,) = await run(postgres_url, "SHOW server_version_num")

    assert int(str(version)) >= 150000
