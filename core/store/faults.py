"""What is wrong around us when a call fails: the one place that tells gone, busy, full and read-only apart."""

import errno
import socket

from sqlalchemy.exc import DBAPIError

from core.errors import Busy, Full, Problem

AWAY, BUSY, FULL, READ_ONLY = "database-away", "busy", "no-room", "read-only"
AGAIN_AFTER = {AWAY: 5, BUSY: 2, FULL: 60, READ_ONLY: 30}
"""Seconds after which to come back."""
_BY_STATE = {
    "08": AWAY,  # connection exceptions
    "28": AWAY,  # not let in
    "3D": AWAY,  # no such database
    "57P": AWAY,  # shut down, starting up, dropped
    "53300": BUSY,  # too many connections
    "55P03": BUSY,  # a lock was not had within lock_timeout
    "57014": BUSY,  # longer than statement_timeout
    "25P03": BUSY,  # idle in a transaction
    "53100": FULL,
    "53": BUSY,
    "25006": READ_ONLY,
}
"""SQLSTATE of PostgreSQL, or how it begins; the longest that fits counts."""
_BY_TEXT = {
    "database is locked": BUSY,
    "database or disk is full": FULL,
    "readonly database": READ_ONLY,
    "unable to open database file": AWAY,
    "disk i/o error": AWAY,
    "file is not a database": AWAY,
    "disk image is malformed": AWAY,
    "connection is closed": AWAY,
    "connection was closed": AWAY,
    "underlying connection is closed": AWAY,
}
_BY_ERRNO = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EMFILE: BUSY, errno.ENFILE: BUSY}


def fault_of(error: BaseException) -> Problem | None:
    """The answer to a fault of what is around us: Busy (503) or Full (507); None for a mistake of our own."""
    kind = _kind_of(error)
    if kind is None:
        return None
    return Full(kind, AGAIN_AFTER[kind]) if kind == FULL else Busy(kind, AGAIN_AFTER[kind])


def state_of(error: BaseException) -> str | None:
    """The SQLSTATE that PostgreSQL gave, or the name of SQLite's own code."""
    found = error.orig if isinstance(error, DBAPIError) else error
    for name in ("sqlstate", "pgcode", "sqlite_errorname"):
        if isinstance(state := getattr(found, name, None), str):
            return state
    return None


def _kind_of(error: BaseException) -> str | None:
    state = state_of(error) or ""
    for length in range(len(state), 1, -1):
        if state[:length] in _BY_STATE:
            return _BY_STATE[state[:length]]
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return AWAY
        text = str(error.orig).lower()
        return next((kind for part, kind in _BY_TEXT.items() if part in text), None)
    if isinstance(error, ConnectionError | socket.gaierror | TimeoutError):
        return AWAY
    return _BY_ERRNO.get(error.errno or 0) if isinstance(error, OSError) else None
