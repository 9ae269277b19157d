"""What is wrong around us is told apart, whichever door it comes in by; a mistake of our own is none of it."""

import errno
import sqlite3

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from core.store.faults import fault_of


def of_sqlite(text: str) -> DBAPIError:
    return OperationalError("SELECT 1", {}, sqlite3.OperationalError(text))


def of_postgresql(state: str) -> DBAPIError:
    error = asyncpg.PostgresError("said")
    error.sqlstate = state
    return DBAPIError("SELECT 1", {}, error)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (of_postgresql("57P01"), 503, "database-away"),  # an administrator stops it
        (of_postgresql("57P03"), 503, "database-away"),  # it is starting up
        (of_postgresql("08006"), 503, "database-away"),
        (of_postgresql("3D000"), 503, "database-away"),
        (of_postgresql("53300"), 503, "busy"),
        (of_postgresql("55P03"), 503, "busy"),
        (of_postgresql("57014"), 503, "busy"),
        (of_postgresql("53100"), 507, "no-room"),
        (of_postgresql("53200"), 503, "busy"),
        (of_postgresql("25006"), 503, "read-only"),
        (of_sqlite("unable to open database file"), 503, "database-away"),
        (of_sqlite("database is locked"), 503, "busy"),
        (of_sqlite("database or disk is full"), 507, "no-room"),
        (of_sqlite("attempt to write a readonly database"), 503, "read-only"),
        (of_sqlite("disk I/O error"), 503, "database-away"),
        (asyncpg.ConnectionDoesNotExistError("gone"), 503, "database-away"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), 503, "database-away"),
        (TimeoutError(), 503, "database-away"),
        (OSError(errno.ENOSPC, "full"), 507, "no-room"),
        (OSError(errno.EROFS, "read only"), 503, "read-only"),
        (OSError(errno.EMFILE, "too many"), 503, "busy"),
    ],
)
def test_a_fault_around_us_is_an_answer_that_says_when_to_come_back(error: Exception, status: int, code: str):
    fault = fault_of(error)

    assert fault is not None
    assert (fault.status, fault.code) == (status, code)
    assert int(str(fault.facts["retry_after"])) > 0


@pytest.mark.parametrize(
    "error",
    [
        of_postgresql("42703"),
        of_sqlite("no such column: nonsense"),
        IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed")),
        ValueError("nonsense"),
        OSError(errno.ENOENT, "no such file"),
    ],
)
def test_a_mistake_of_our_own_is_no_fault_around_us(error: Exception):
    assert fault_of(error) is None
