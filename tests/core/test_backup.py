"""An archive holds all of one moment, tells when it was tampered with, and restores on either database."""

import asyncio
import os
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from auth.keys import load_or_create
from core.store.db import Database, digest_of
from tests import deciding
from tests.builders import House, a_leader
from tests.commands import BEKWAAM
from tests.databases import Databases
from tests.faults.server import bekwaam

pytestmark = pytest.mark.differs
OTHER = {True: "postgresql", False: "sqlite"}


def run(folder: Path, *command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    others = {name: value for name, value in os.environ.items() if not name.startswith("BEKWAAM_")}
    ours = {f"BEKWAAM_{name}": value for name, value in {"FOLDER": str(folder), **variables}.items()}
    return subprocess.run([BEKWAAM, *command], env=others | ours, capture_output=True, text=True, timeout=120)


async def contents(url: str) -> Mapping[str, list[str]]:
    """The digest of every row, by table."""
    database = Database(url)
    try:
        async with database.snapshot() as session:
            connection = await session.connection()
            found = {}
            for table in SQLModel.metadata.sorted_tables:
                rows = (await connection.execute(sa.select(table))).mappings()
                found[table.name] = sorted(digest_of(table, dict(row)) for row in rows)
            return found
    finally:
        await database.close()


@pytest.fixture
async def archive(house: House) -> tuple[Path, Path]:
    """Of a house in which somebody has a decision with its evidence."""
    await a_leader(house.world, "leo")
    decision = await deciding.taken(house, "leo")
    known = await (await house.client("secretaris")).move(f"/decisions/{decision}", "notification", {})
    assert known.status_code == 201, known.text
    file, keys = house.folder / "kopie.zip", house.folder / "kopie.key"
    code, said = bekwaam(house, "backup", str(file), "--keys", str(keys))
    assert code == 0, said
    return file, keys


async def test_what_is_restored_on_the_other_database_is_what_was_there(
    house: House, archive: tuple[Path, Path], databases: Databases, tmp_path: Path
):
    file, keys = archive
    url = databases.make(OTHER[house.means.database.sqlite])

    done = await asyncio.to_thread(run, tmp_path / "terug", "restore", str(file), "--keys", str(keys), DATABASE_URL=url)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 findings") == 2
    there, here = await contents(url), await contents(house.means.settings.database_url)
    assert there == here
    assert sum(map(len, here.values())) > 50
    assert (tmp_path / "terug" / "bekwaam.key").read_bytes() == keys.read_bytes()
    checked = await asyncio.to_thread(run, tmp_path / "terug", "check", DATABASE_URL=url)
    assert checked.returncode == 0, checked.stdout
    databases.drop(url)


def spoiled(file: Path, to: Path, member: str, change: Any) -> Path:
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name.startswith(member) else content)
    return to


async def test_an_archive_that_was_tampered_with_or_cut_restores_nothing(archive: tuple[Path, Path], tmp_path: Path):
    file, keys = archive
    half = tmp_path / "half.zip"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    changed = spoiled(
        file, tmp_path / "changed.zip", "rows/decision.jsonl", lambda rows: rows.replace(b"2024", b"2025")
    )
    evidence = spoiled(file, tmp_path / "evidence.zip", "files/", lambda content: content[:-1] + b"!")

    for bad, said in ((half, "no whole archive"), (changed, "rows/decision.jsonl"), (evidence, "files/")):
        done = await asyncio.to_thread(run, tmp_path / bad.stem, "restore", str(bad), "--keys", str(keys))
        assert done.returncode == 2, bad
        assert said in done.stderr
        assert not (tmp_path / bad.stem / "bekwaam.db").exists()


async def test_nothing_is_restored_over_what_is_there_and_no_archive_is_overwritten(
    house: House, archive: tuple[Path, Path]
):
    file, keys = archive
    before = await contents(house.means.settings.database_url)

    over = bekwaam(house, "restore", str(file), "--keys", str(keys))
    again = bekwaam(house, "backup", str(file))
    nowhere = bekwaam(house, "backup", str(house.folder / "nergens" / "kopie.zip"))

    assert (over[0], again[0]) == (2, 2)
    assert "is not empty" in over[1]
    assert "name another file" in again[1]
    assert nowhere[0] == 2
    assert "there is no folder" in nowhere[1]
    assert await contents(house.means.settings.database_url) == before


async def test_archive_and_key_are_their_owners_alone_and_the_key_is_not_in_the_archive(archive: tuple[Path, Path]):
    file, keys = archive

    assert file.stat().st_mode & 0o077 == keys.stat().st_mode & 0o077 == 0
    secret = load_or_create(keys).secret.hex()
    with zipfile.ZipFile(file) as opened:
        assert all(secret.encode() not in opened.read(name) for name in opened.namelist())


async def test_evidence_that_is_not_what_its_name_says_is_named(house: House, archive: tuple[Path, Path]):
    stored = next(file for file in house.means.files.folder.glob("??/*") if file.is_file())  # type: ignore[attr-defined]
    stored.write_bytes(stored.read_bytes() + b"!")

    code, said = bekwaam(house, "backup", str(house.folder / "anders.zip"))

    assert code == 1
    assert stored.parent.name + stored.name in said
