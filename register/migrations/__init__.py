"""Numbered migrations, up and down on both databases; no ini file."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from core.store.db import Database
from register.migrations import tables  # noqa: F401

HERE = Path(__file__).parent
T = TypeVar("T")


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision of the schema that this release works on, by the number of its last migration."""
    return max(file.name.partition("_")[0] for file in (HERE / "versions").glob("[0-9]*_*.py"))


async def upgrade(url: str, to: str = "head") -> None:
    """Bring a database to a revision."""
    await _run(url, lambda config: command.upgrade(config, to))


async def downgrade(url: str, to: str = "base") -> None:
    """Take a database back to a revision; for tests and for a release that must be undone."""
    await _run(url, lambda config: command.downgrade(config, to))


async def differences(url: str) -> list[object]:
    """What the models have and the migrated database has not, or the other way round; empty when they agree."""

    def compare(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))

    return await _connected(url, compare)


async def revision(url: str, message: str, number: str) -> None:
    """Write the next numbered migration from the models."""
    await _run(url, lambda config: command.revision(config, message, autogenerate=True, rev_id=number) and None)


async def _run(url: str, deed: Callable[[Config], object]) -> None:
    await _connected(url, lambda connection: deed(_config(connection)))


async def _connected(url: str, deed: Callable[[sa.Connection], T]) -> T:
    """One transaction on the writing engine: a migration is whole or not there."""
    database = Database(url, makes=True)
    try:
        async with database.writes.begin() as connection:
            if database.sqlite:  # a batch that copies a table must not trip over references to it
                await connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            return await connection.run_sync(deed)
    finally:
        await database.close()
