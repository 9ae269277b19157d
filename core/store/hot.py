"""Hot reads: a SELECT that is compiled once and asked of PostgreSQL's driver itself, past everything in between.

SQLAlchemy costs more there than the database does. On SQLite a hot read goes the way of every other.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

import sqlalchemy as sa


class HotRead:
    """A statement whose text never changes; only its values do."""

    def __init__(self, wanted: sa.Select[Any]) -> None:
        self.wanted = wanted

    @cached_property
    def spelled(self) -> tuple[str, tuple[str, ...]]:
        """The SQL as PostgreSQL's driver takes it, and the names of its values in their order."""
        from sqlalchemy.dialects.postgresql.asyncpg import dialect

        compiled = self.wanted.compile(dialect=dialect())  # type: ignore[no-untyped-call]
        return str(compiled), tuple(compiled.positiontup or ())


class Reader(Protocol):
    """Who asks a hot read of the database itself (core.store.driver)."""

    async def ask(self, read: HotRead, values: Mapping[str, object]) -> Sequence[Any] | None:
        """The rows; None when it cannot tell."""

    async def close(self) -> None:
        """Give the connections up."""
