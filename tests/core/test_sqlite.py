"""One crossing for each statement: the same rows, errors and counts as the library's own cursor."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest

from core.store import sqlite

MANY = 2 * sqlite.AT_ONCE + 1


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[tuple[aiosqlite.Connection, aiosqlite.Connection]]:
    """The library's connection and ours, on one database with many rows."""
    path = tmp_path / "rows.db"
    plain, ours = await aiosqlite.connect(path), await sqlite.connect(path, check_same_thread=False)
    cursor = await ours.cursor()
    await cursor.execute("CREATE TABLE line (n INTEGER PRIMARY KEY)")
    await cursor.executemany("INSERT INTO line VALUES (?)", [(n,) for n in range(MANY)])
    assert cursor.rowcount == MANY
    await ours.commit()
    yield plain, ours
    await plain.close()
    await ours.close()


@pytest.mark.parametrize("rows", [0, 1, sqlite.AT_ONCE - 1, sqlite.AT_ONCE, sqlite.AT_ONCE + 1, MANY])
@pytest.mark.parametrize("size", [None, 1, 7, sqlite.AT_ONCE, MANY])
async def test_the_same_rows_however_they_are_fetched(
    both: tuple[aiosqlite.Connection, aiosqlite.Connection], rows: int, size: int | None
):
    found = []
    for connection in both:
        cursor = await connection.cursor()
        await cursor.execute("SELECT n FROM line WHERE n < ? ORDER BY n", (rows,))
        first = [await cursor.fetchone(), *await cursor.fetchmany(size), *await cursor.fetchmany(size)]
        found.append((first, list(await cursor.fetchall()), list(await cursor.fetchall()), cursor.description))
        await cursor.close()
    assert found[0] == found[1]


async def test_what_a_change_says(both: tuple[aiosqlite.Connection, aiosqlite.Connection]):
    _, ours = both
    cursor = await ours.cursor()
    await cursor.execute("INSERT INTO line VALUES (?)", (MANY,))
    assert (cursor.rowcount, cursor.lastrowid, cursor.description) == (1, MANY, None)
    assert await cursor.fetchall() == []
    await cursor.execute("UPDATE line SET n = n + 1000 WHERE n > ?", (MANY - 3,))
    assert cursor.rowcount == 3


async def test_an_error_is_the_databases_own(both: tuple[aiosqlite.Connection, aiosqlite.Connection]):
    _, ours = both
    cursor = await ours.cursor()
    with pytest.raises(sqlite3.ProgrammingError):
        cursor.rowcount  # noqa: B018
    with pytest.raises(sqlite3.IntegrityError):
        await cursor.execute("INSERT INTO line VALUES (1)")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await cursor.execute("SELECT * FROM nowhere")


async def test_a_read_that_was_left_halfway_holds_nothing(both: tuple[aiosqlite.Connection, aiosqlite.Connection]):
    _, ours = both
    cursor = await ours.cursor()
    await cursor.execute("SELECT n FROM line ORDER BY n")
    assert await cursor.fetchone() == (0,)
    await cursor.close()
    assert await cursor.fetchall() == []
    other = await ours.cursor()
    await other.execute("DROP TABLE line")  # refused while a statement is being read


async def test_a_statement_crosses_once(
    both: tuple[aiosqlite.Connection, aiosqlite.Connection], monkeypatch: pytest.MonkeyPatch
):
    """What this file is for; a read of many rows crosses once more."""
    _, ours = both
    crossed, cross = [], ours._execute

    async def counting(*asked: object) -> object:
        crossed.append(asked)
        return await cross(*asked)

    monkeypatch.setattr(ours, "_execute", counting)
    for rows, crossings in ((3, 1), (MANY, 2)):
        crossed.clear()
        cursor = await ours.cursor()
        await cursor.execute("SELECT n FROM line WHERE n < ?", (rows,))
        assert len(await cursor.fetchall()) == rows
        await cursor.close()
        assert len(crossed) == crossings
