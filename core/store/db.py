"""Both databases: engines, the base of every row, and the column types that behave the same on either.

Reads run on an engine in AUTOCOMMIT, writes on a transactional one: `BEGIN IMMEDIATE` on one connection for SQLite
(a deferred transaction loses updates), for PostgreSQL SERIALIZABLE (vote against recusal is a write skew) or, where
nothing skews, REPEATABLE READ.
"""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import sqlalchemy as sa
import uuid_utils
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import declared_attr
from sqlalchemy.util.concurrency import greenlet_spawn
from sqlmodel import Field, SQLModel, UTCDateTime
from sqlmodel.ext.asyncio.session import AsyncSession
from uuid_utils.compat import uuid7

from core.errors import Invalid
from core.store import sqlite
from core.store.faults import state_of
from core.store.hot import HotRead, Reader

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

E = TypeVar("E", bound=StrEnum)
WAL_IS_SAFE_FROM = (3, 51, 3)
LOCK_WITHIN, FREE_WITHIN = 5, 20
"""Seconds that a request waits for a lock, and for a connection; then the answer is 503."""
DEADLINES = {
    "lock_timeout": f"{LOCK_WITHIN}s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
}


def new_id() -> UUID:
    """A random, time-ordered id (UUIDv7)."""
    return uuid7()


def new_id_text() -> str:
    """The same, as the text of a request's id: a tenth of the cost."""
    return str(uuid_utils.uuid7())


def new_salt() -> str:
    """What makes the digest of a row say nothing about its content: 128 random bits."""
    return secrets.token_hex(16)


def choice(enum: type[E]) -> Any:
    """A column type that keeps the value of an enum member as text; a new member needs no migration."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def key_column(length: int) -> Any:
    """Text that is compared byte by byte in both databases, so that a range of it is all that begins alike."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def json_column() -> Any:
    """JSON in both databases; JSONB where there is one."""
    from sqlalchemy.dialects.postgresql import JSONB

    return sa.JSON().with_variant(JSONB(), "postgresql")


class Row(SQLModel):
    """A row with a random id. `__traced__` rows may not change without a line in the trail (core.store.audit)."""

    __traced__: ClassVar[bool] = False

    id: UUID = Field(default_factory=new_id, primary_key=True)


class Versioned(Row):
    """A row whose change is compared and swapped on `version`, and traced with a salted digest of its content."""

    __traced__: ClassVar[bool] = True

    version: int = Field(default=1)
    salt: str = Field(default_factory=new_salt, max_length=32)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__dict__.get("version", cls.version)}

    def stream(self) -> str:
        """The chain of the trail to which events about this row belong: the person's, else the row's own."""
        person = getattr(self, "person_id", None)
        return f"person/{person}" if person else f"{self.__tablename__}/{self.id}"


def canonical(values: Mapping[str, object]) -> bytes:
    """The one spelling of a row or event that digests are taken of (sorted keys, no blanks, UTF-8)."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):  # 30 as it was set, 30.0 as a column gives it back
        return format(value.normalize(), "f")
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(type(value))


def require_fits(row: object) -> None:
    """Refuse a text that is longer than its column, on both databases alike: SQLite would take it, PostgreSQL fail.

    Invalid("invalid-input") with the column and `string-too-long`; schemas say it earlier where they can.
    """
    table: sa.Table = row.__table__  # type: ignore[attr-defined]
    require_fits_in(table, vars(row))


def require_fits_in(table: sa.Table, values: Mapping[str, Any]) -> None:
    """The same for plain values."""
    long = [column.key for column, most in _bounded(table) if len(values.get(column.key) or "") > most]
    if long:
        raise Invalid("invalid-input", [(name, "string-too-long") for name in long])


@cache
def _bounded(table: sa.Table) -> list[tuple[sa.Column[Any], int]]:
    texts = [(column, getattr(column.type, "length", None)) for column in table.columns]
    return [(column, length) for column, length in texts if length and not isinstance(column.type, sa.Enum)]


def digest_of(table: sa.Table, values: Mapping[str, object]) -> str:
    """SHA-256 of a row as it stands; the salt inside keeps it from being guessed.

    An empty column leaves no mark: a release that adds a column (nullable, always) changes no digest of a standing row.
    """
    filled = {column.name: values[column.key] for column in table.columns if values[column.key] is not None}
    return hashlib.sha256(canonical(filled)).hexdigest()


def digest(row: SQLModel) -> str:
    """SHA-256 of a row object as it was last flushed."""
    table: sa.Table = row.__table__  # type: ignore[attr-defined]
    return digest_of(table, {column.key: getattr(row, column.key) for column in table.columns})


class Database:
    """Two engines on one database.

    `serving`: people wait for an answer, so a lock or a statement that takes too long is given up; a chore is patient.
    `makes`: an SQLite file that is not there is made, for its owner alone; nobody but a migration does that.
    """

    def __init__(self, url: str, *, pool_size: int = 8, serving: bool = False, makes: bool = False) -> None:
        self.url = url
        self.sqlite = url.startswith("sqlite")
        self.driver: Reader | None = None
        free_within = FREE_WITHIN if serving else 60
        if self.sqlite:
            waits = LOCK_WITHIN if serving else 20
            with_ours = {"async_creator_fn": partial(sqlite.connect, makes=makes), "timeout": waits}
            self.writes = create_async_engine(
                url, connect_args=with_ours, pool_size=1, max_overflow=0, pool_timeout=free_within
            )
            self._compared = self.writes
            self.reads = create_async_engine(
                url,
                connect_args=with_ours,
                isolation_level="AUTOCOMMIT",
                pool_size=pool_size,
                max_overflow=0,
                pool_timeout=free_within,
            )
            event.listen(self.writes.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.writes.sync_engine, "begin", _begin_immediate)
            event.listen(self.reads.sync_engine, "connect", _prepare_sqlite_reader)
        else:
            from core.store import driver

            self.driver = driver.Driver(url, pool_size)
            named = {"server_settings": {"application_name": "bekwaam", **(DEADLINES if serving else {})}}
            common: dict[str, Any] = {"pool_size": pool_size, "max_overflow": 0, "pool_timeout": free_within}
            self.writes = create_async_engine(url, isolation_level="SERIALIZABLE", connect_args=named, **common)
            self._compared = self.writes.execution_options(isolation_level="REPEATABLE READ")
            self.reads = create_async_engine(url, isolation_level="AUTOCOMMIT", connect_args=named, **common)

    def writing(self, *, skews: bool = True) -> AsyncSession:
        """A session in one transaction, which nobody but the edge commits.

        Without skews it is enough that a row which somebody changed meanwhile is not changed again: `skews` is false
        where whatever is read to decide is compared by what is written (register.service.isolation says where).
        """
        return AsyncSession(self.writes if skews else self._compared, expire_on_commit=False)

    def reading(self) -> AsyncSession:
        """A session without transaction."""
        return AsyncSession(self.reads, expire_on_commit=False, autoflush=False)

    async def ask(self, wanted: sa.Executable | HotRead, values: Mapping[str, object] | None = None) -> Sequence[Any]:
        """The rows of a read outside any session; of a hot one from PostgreSQL's driver itself where it can tell.

        Connect, ask and give back in one crossing to the synchronous side, not in three.
        """
        if isinstance(wanted, HotRead):
            found = await self.driver.ask(wanted, values or {}) if self.driver else None
            if found is not None:
                return found
            wanted = wanted.wanted
        statement = wanted

        def asked() -> Sequence[Any]:
            with self.reads.sync_engine.connect() as connection:
                return connection.execute(statement, values).all()

        return await greenlet_spawn(asked)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one moment from beginning to end and writes nothing: for who holds rows against rows.

        PostgreSQL streams only inside a transaction. On SQLite without WAL a writer waits meanwhile.
        """
        async with self.reads.connect() as connection:
            if self.sqlite:
                await connection.exec_driver_sql("BEGIN DEFERRED")
            else:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            async with AsyncSession(connection, expire_on_commit=False, autoflush=False) as session:
                try:
                    yield session
                finally:
                    if self.sqlite:
                        await connection.exec_driver_sql("ROLLBACK")

    async def close(self) -> None:
        if self.driver:
            await self.driver.close()
        await self.reads.dispose()
        await self.writes.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the begin event below begins
    cursor = connection.cursor()
    # Before 3.51.3 a WAL reset can corrupt a database that has more than one connection.
    mode = "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "TRUNCATE"
    for pragma in (f"journal_mode={mode}", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA foreign_keys")
    if cursor.fetchone() != (1,):
        raise RuntimeError("this SQLite does not keep foreign keys")
    cursor.close()


def _prepare_sqlite_reader(connection: Any, record: object) -> None:
    _prepare_sqlite(connection, record)
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def must_retry(error: BaseException) -> bool:
    """Whether the database asks for the whole transaction again (serialization failure, deadlock)."""
    return isinstance(error, DBAPIError) and state_of(error) in {"40001", "40P01"}


def is_locked(error: BaseException) -> bool:
    """Whether somebody else held SQLite's file for as long as we waited: a request says so, a chore tries again."""
    return isinstance(error, DBAPIError) and "database is locked" in str(error.orig)


def engine_of(session: AsyncSession) -> str:
    """`sqlite` or `postgresql`."""
    return session.get_bind().dialect.name


def upsert(session: AsyncSession, table: sa.Table, rows: Sequence[Mapping[str, object]], key: str, *set_: str) -> Any:
    """One statement that inserts rows, and of those that stand already sets these columns to what was given."""
    from sqlalchemy.dialects import postgresql, sqlite

    insert = sqlite.insert if engine_of(session) == "sqlite" else postgresql.insert
    wanted = insert(table).values([dict(row) for row in rows])
    return wanted.on_conflict_do_update(index_elements=[key], set_={name: wanted.excluded[name] for name in set_})


__all__ = [
    "AsyncEngine",
    "AsyncSession",
    "Database",
    "Row",
    "UTCDateTime",
    "Versioned",
    "canonical",
    "choice",
    "digest",
    "digest_of",
    "is_locked",
    "json_column",
    "key_column",
    "must_retry",
    "new_id",
    "require_fits",
    "upsert",
]
