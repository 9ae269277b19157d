"""`bekwaam backup` and `restore`: one archive of database and files with a digest of each part; keys go apart.

The rows are those of one moment, as plain values, so an archive made on one database is restored on the other. A file
is durable before the row that names it commits, so files are copied after the rows; nothing that was acknowledged
before it began is missing. Members: `rows/TABLE.jsonl`, `files/SHA-256`, and last `manifest.json`.
"""

import asyncio
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import SQLModel, UTCDateTime

from auth.keys import BELONGS, load
from core.clock import machine_now
from core.errors import NotFound, Unusable
from core.store.audit import TrailEvent, TrailHead
from core.store.db import AsyncSession, Database, canonical
from core.store.files import FileStore
from core.store.work import Means
from core.terminal import complain, require_new, say
from register.checks import verify
from register.migrations import downgrade, head, tables, upgrade

assert tables.ROOMS  # every table is known
FORMAT = "bekwaam-backup/1"
MANIFEST = "manifest.json"
AT_ONCE, CHUNK = 500, 2**20
DONE, FINDING = 0, 1


class Manifest(msgspec.Struct):
    """What an archive holds: the revision of its schema, rows by table, and the SHA-256 of each member."""

    schema: str
    at: str
    rows: dict[str, int]
    members: dict[str, str]
    format: str = FORMAT


async def backup_command(means: Means, file: Path, keys: Path | None) -> int:
    """Write the archive, and the keys beside it where told; 1 when a file in the store is not what its name says."""
    for target in filter(None, (file, keys)):
        require_new(target)
    key_file = means.settings.key_file
    try:
        manifest, broken = await _packed(means, file)
    finally:
        await means.database.close()
    if keys:
        load(key_file, production=means.settings.production)
        _write_apart(keys, key_file.read_bytes())
    say(f"{file}: {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, {_files(manifest)} files")
    for sha256 in broken:
        complain(f"the file {sha256} is not what its name says; it is in the archive as it is")
    return FINDING if broken else DONE


async def restore_command(means: Means, file: Path, keys: Path | None) -> int:
    """Fill an empty installation from an archive, then verify it; 1 when a check finds something."""
    manifest, settings = _read(file), means.settings
    if keys:
        load(keys)
    settings.folder.mkdir(parents=True, exist_ok=True)
    await _emptied(settings.database_url)
    if keys:
        _put_keys(settings.key_file, keys.read_bytes())  # noqa: ASYNC240 - a command, and a small file
    try:
        with zipfile.ZipFile(file) as archive:
            for sha256 in _names(manifest, "files/"):
                await means.files.put(archive.read(f"files/{sha256}"))
            await _filled(means.database, archive, manifest)
        said = f"{sum(manifest.rows.values())} rows and {_files(manifest)} files of {manifest.at}"
        say(f"restored {said}; now it is held against itself")
        found = max(await verify.verify_command(means, False), await verify.audit_command(means, False))
    finally:
        await means.database.close()
    if not settings.key_file.exists():
        complain(f"{settings.key_file} is not there: put the copy of the key back before you serve")
    return found


async def _packed(means: Means, file: Path) -> tuple[Manifest, list[str]]:
    part = file.with_name(f".{file.name}.part")
    manifest = Manifest(head(), machine_now().isoformat(), {}, {})
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                async with _one_moment(means.database) as session:
                    await _require_head(session)
                    for table in SQLModel.metadata.sorted_tables:
                        await _pack_rows(session, table, archive, manifest)
                broken = await _pack_files(means.files, archive, manifest)
                archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
    return manifest, broken


@asynccontextmanager
async def _one_moment(database: Database) -> AsyncIterator[AsyncSession]:
    """A session on one moment; of SQLite on a copy made at once, so that no writer waits for the rest."""
    if not database.sqlite:
        async with database.snapshot() as session:
            yield session
        return
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "moment.db"
        await asyncio.to_thread(_copy, Path(database.url.partition(":///")[2]), there)
        copied = Database(f"sqlite+aiosqlite:///{there}")
        try:
            async with copied.snapshot() as session:
                yield session
        finally:
            await copied.close()


def _copy(file: Path, to: Path) -> None:
    source, target = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True), sqlite3.connect(to)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


async def _require_head(session: AsyncSession) -> None:
    stands = (await (await session.connection()).execute(sa.text("SELECT version_num FROM alembic_version"))).scalar()
    if stands != head():
        raise Unusable(f"the database is at {stands}, this release needs {head()}; run `bekwaam init`")


async def _pack_rows(session: AsyncSession, table: sa.Table, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    name, digest, count = f"rows/{table.name}.jsonl", hashlib.sha256(), 0
    found = await (await session.connection()).stream(
        sa.select(table).order_by(*table.primary_key), execution_options={"yield_per": AT_ONCE}
    )
    with archive.open(name, "w", force_zip64=True) as member:
        async for row in found.mappings():
            line = canonical({key: value for key, value in row.items() if value is not None}) + b"\n"
            digest.update(line)
            member.write(line)
            count += 1
    manifest.rows[table.name], manifest.members[name] = count, digest.hexdigest()


async def _pack_files(store: FileStore, archive: zipfile.ZipFile, manifest: Manifest) -> list[str]:
    broken = []
    async for sha256 in store.names():
        try:
            content = await store.get(sha256)
        except NotFound:  # erased meanwhile
            continue
        digest = hashlib.sha256(content).hexdigest()
        if digest != sha256:
            broken.append(sha256)
        archive.writestr(f"files/{sha256}", content, zipfile.ZIP_STORED)
        manifest.members[f"files/{sha256}"] = digest
    return broken


def _read(file: Path) -> Manifest:
    """The manifest, after every member was held against its digest."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
            wrong = [name for name, sha256 in manifest.members.items() if _digest(archive, name) != sha256]
    except (zipfile.BadZipFile, KeyError, msgspec.DecodeError, EOFError, zlib.error) as error:
        raise Unusable(f"{file} is no whole archive of ours ({type(error).__name__})") from error
    if manifest.format != FORMAT or manifest.schema != head():
        raise Unusable(
            f"{file} is of schema {manifest.schema}, this release of {head()}; restore it with its own release"
        )
    if wrong:
        raise Unusable(*(f"{file}: {name} is not what the manifest says" for name in wrong))
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _names(manifest: Manifest, folder: str) -> Iterator[str]:
    return (name.removeprefix(folder) for name in manifest.members if name.startswith(folder))


def _files(manifest: Manifest) -> int:
    return sum(1 for _ in _names(manifest, "files/"))


async def _emptied(url: str) -> None:
    """A database at head without a row; Unusable where there is any that `init` did not write."""
    await upgrade(url)
    database = Database(url)
    try:
        async with database.reading() as session:
            connection = await session.connection()
            for table in SQLModel.metadata.sorted_tables:
                wanted = sa.select(sa.literal(1)).select_from(table).limit(1)
                if table.name == TrailEvent.__tablename__:
                    wanted = wanted.where(table.c.action != BELONGS)
                if table.name != TrailHead.__tablename__ and (await connection.execute(wanted)).first():
                    raise Unusable(f"the database is not empty: {table.name} has rows; restore into a new one")
    finally:
        await database.close()
    await downgrade(url)
    await upgrade(url)


async def _filled(database: Database, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """All rows in one transaction; a row may name one that comes after it."""
    async with database.writes.begin() as connection:
        foreign = [] if database.sqlite else (await connection.execute(sa.text(FOREIGN_KEYS))).all()
        if database.sqlite:
            await connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table, name, _ in foreign:
            await connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for table in SQLModel.metadata.sorted_tables:
            with archive.open(f"rows/{table.name}.jsonl") as lines:
                read, batch = _reader(table), []
                for line in lines:
                    batch.append(read(json.loads(line)))
                    if len(batch) == AT_ONCE:
                        await connection.execute(sa.insert(table), batch)
                        batch = []
                if batch:
                    await connection.execute(sa.insert(table), batch)
        for table, name, said in foreign:
            await connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {said}')


FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


def _reader(table: sa.Table) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """What makes of a line the values of a row: an absent column is empty."""
    columns = {column.key: _of_type(column.type) for column in table.columns}

    def read(told: Mapping[str, Any]) -> dict[str, Any]:
        return {key: None if told.get(key) is None else made(told[key]) for key, made in columns.items()}

    return read


def _of_type(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, sa.Enum):
        return kind.enum_class  # type: ignore[return-value]
    if isinstance(kind, UTCDateTime | sa.DateTime):
        return datetime.fromisoformat
    for known, made in (
        (sa.Date, date.fromisoformat),
        (sa.Uuid, UUID),
        (sa.LargeBinary, bytes.fromhex),
        (sa.Float, float),
        (sa.Numeric, Decimal),
    ):
        if isinstance(kind, known):
            return made
    return lambda value: value


def _put_keys(place: Path, content: bytes) -> None:
    """A key that was made for the empty installation is put aside: nothing was signed with it."""
    if place.exists() and place.read_bytes() != content:
        os.replace(place, place.with_name(f"{place.name}.before-restore"))
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        _write_apart(place, content)


def _write_apart(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
