"""SQLite with one crossing to its thread for each statement; left to themselves the libraries make four."""

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Self

import aiosqlite

AT_ONCE = 200
"""Rows that come along with the execution; who streams asks for the rest as they go."""


class Cursor(aiosqlite.Cursor):
    """One whose first rows came with the execution."""

    def __init__(self, connection: "Connection") -> None:
        self._conn: aiosqlite.Connection = connection
        self._found: deque[Any] = deque()
        self._whole = True
        self._ran: sqlite3.Cursor | None = None

    @property
    def _cursor(self) -> sqlite3.Cursor:  # type: ignore[override]
        if self._ran is None:
            raise sqlite3.ProgrammingError("this cursor has executed nothing")
        return self._ran

    async def _cross(self, does: Callable[[], Any]) -> Any:
        return await self._conn._execute(does)  # type: ignore[no-untyped-call]

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        """Execute and fetch the first rows; when there are no more, the statement is reset as well."""

        def run() -> None:
            ran = self._ran = self._conn._conn.execute(sql, () if parameters is None else parameters)  # type: ignore[arg-type]
            self._found = deque(ran.fetchmany(AT_ONCE) if ran.description else ())
            self._whole = len(self._found) < AT_ONCE

        await self._cross(run)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Execute for each set of values."""

        def run() -> None:
            self._ran = self._conn._conn.executemany(sql, parameters)  # type: ignore[arg-type]

        await self._cross(run)
        return self

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, at most so many."""
        wanted = size or 1
        rows = [self._found.popleft() for _ in range(min(wanted, len(self._found)))]
        if len(rows) < wanted and not self._whole:
            rows += await self._cross(partial(self._cursor.fetchmany, wanted - len(rows)))
        return rows

    async def fetchall(self) -> list[Any]:
        """The rows that are left."""
        rows = list(self._found)
        self._found.clear()
        if not self._whole:
            rows += await self._cross(self._cursor.fetchall)
            self._whole = True
        return rows

    async def close(self) -> None:
        """Let go of what was not fetched."""
        if not self._whole and self._ran is not None:
            await self._cross(self._ran.close)
        self._found.clear()
        self._whole = True


class Connection(aiosqlite.Connection):
    """One that makes such cursors; making one crosses nothing."""

    async def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self)


def connect(database: str | Path, *, makes: bool = False, iter_chunk_size: int = 64, **options: Any) -> Connection:
    """As `aiosqlite.connect`, in a thread that does not keep the process alive; no file, no database.

    `makes` makes it, and then for its owner alone.
    """
    made = Connection(partial(_opened, Path(database), makes, **options), iter_chunk_size)
    made._thread.daemon = True
    return made


def _opened(file: Path, makes: bool, **options: Any) -> sqlite3.Connection:
    if makes and not file.exists():
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    made: sqlite3.Connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, **options)
    return made
