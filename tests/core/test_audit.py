"""Whoever edits the trail, a row or a file behind the service's back is found, with the place."""

import asyncio
import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel, select

from auth.actor import SYSTEM
from core.store.audit import GENESIS, TrailEvent, link, traced_models
from core.store.db import digest_of, new_id
from core.store.files import FolderStore, StoredFile
from register.checks import check_proof
from register.checks.decisions import findings
from register.checks.verify import trail_findings
from register.cli import main
from register.schools.duo_import import import_duo
from tests.builders import House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply
from tests.register.schools.files import po_file, po_line

pytestmark = pytest.mark.differs

EVENTS: sa.Table = TrailEvent.__table__
OTHERWISE = {
    "id": new_id(),
    "seq": 900,
    "stream": "house",
    "object_version": 77,
    "at": sa.literal_column("'2020-01-01 00:00:00'"),
    "on_day": sa.literal_column("'2020-01-01'"),
}


@pytest.fixture
async def file(house: House) -> str:
    """The stream of a leader who handed in an application with a diploma."""
    await a_leader(house.world, "nadia")
    await apply(await house.client("nadia"), an_application(), a_diploma("2024-08-31"))
    return f"person/{house.id_of('nadia')}"


async def audit(house: House) -> list[tuple[str, str]]:
    async with house.means.database.snapshot() as session:
        return [(each.code, each.where) async for each in trail_findings(house.means, session, Counter())]


async def verify(house: House) -> list[tuple[str, str]]:
    async with house.means.database.snapshot() as session:
        return [(each.code, each.where) async for each in findings(house.means, session, Counter())]


async def behind_the_back(house: House, *statements: sa.Executable) -> None:
    """What somebody with all rights on the database can do: neither triggers nor foreign keys stop them."""
    engine = create_async_engine(house.means.database.url)  # without our pragmas
    async with engine.begin() as connection:
        triggers: Sequence[Any] = []
        if house.means.database.sqlite:
            named = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            triggers = (await connection.exec_driver_sql(named)).all()
        else:
            await connection.exec_driver_sql("SET session_replication_role = replica")
        for name, _ in triggers:
            await connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            await connection.execute(statement)
        for _, sql in triggers:  # and nobody sees that they were gone
            await connection.exec_driver_sql(sql)
    await engine.dispose()


async def events(house: House, stream: str) -> list[dict[str, object]]:
    async with house.means.database.reads.connect() as connection:
        found = await connection.execute(sa.select(EVENTS).where(EVENTS.c.stream == stream).order_by(EVENTS.c.seq))
        return [dict(row) for row in found.mappings()]


def change(event: dict[str, object], **values: object) -> sa.Update:
    return sa.update(EVENTS).where(EVENTS.c.id == event["id"]).values(values)


async def test_a_house_that_only_its_services_touched_is_sound(house, file):
    assert await audit(house) == []
    assert await verify(house) == []


async def test_the_trail_takes_no_change_and_no_removal(house, file):
    database = house.means.database
    attempts = ["UPDATE trail_event SET actor = 'me'", "DELETE FROM trail_event"]
    for attempt in attempts if database.sqlite else [*attempts, "TRUNCATE trail_event"]:
        with pytest.raises(DBAPIError):
            async with database.writes.begin() as connection:
                await connection.exec_driver_sql(attempt)


async def test_every_column_of_an_event_is_bound_by_its_hash(house, file):
    event = (await events(house, file))[3]
    for column in EVENTS.columns:
        value = event[column.name]
        other = OTHERWISE.get(column.name, flipped(value))
        await behind_the_back(house, change(event, **{column.name: other}))
        found = await audit(house)
        assert any(file in where or str(event["object_id"]) in where for _, where in found), column.name
        back = sa.update(EVENTS).where(EVENTS.c.id == (other if column.name == "id" else event["id"]))
        await behind_the_back(house, back.values({column.name: value}))
    assert await audit(house) == []


def flipped(value: object) -> str:
    """The same text with the lowest bit of its first character turned, or something where there was nothing."""
    text = str(value or "x")
    return chr(ord(text[0]) ^ 1) + text[1:]


async def test_a_removed_event_leaves_a_gap(house, file):
    told = await events(house, file)

    await behind_the_back(house, sa.delete(EVENTS).where(EVENTS.c.id == told[4]["id"]))

    assert ("gap-in-trail", f"{file}#6") in await audit(house)


async def test_a_tail_that_is_cut_off_is_missed_by_its_head(house, file):
    told = await events(house, file)

    await behind_the_back(house, sa.delete(EVENTS).where(EVENTS.c.id == told[-1]["id"]))

    assert ("head-does-not-match", file) in await audit(house)


async def test_events_in_another_order_break_the_chain(house, file):
    told = await events(house, file)

    await behind_the_back(
        house, change(told[2], seq=900), change(told[3], seq=told[2]["seq"]), change(told[2], seq=told[3]["seq"])
    )

    assert {("broken-link", f"{file}#3"), ("broken-link", f"{file}#4")} <= set(await audit(house))


async def test_an_event_that_is_told_twice_breaks_the_chain(house, file):
    told = await events(house, file)
    again = {**told[2], "id": new_id(), "seq": len(told) + 1}

    await behind_the_back(house, sa.insert(EVENTS).values(again))

    assert {("broken-link", f"{file}#{len(told) + 1}"), ("head-does-not-match", file)} <= set(await audit(house))


async def test_a_chain_that_is_forged_anew_does_not_fit_the_rows(house, file):
    """All hashes made right again, head included, without the last thing that happened to the application."""
    told = await events(house, file)
    own = [event for event in told if event["object_kind"] == "application"]
    about = [event for event in own if event["action"] != "message:tell"]  # what was told of it vouches for it too
    kept = [event for event in told if event not in own[own.index(about[-1]) :]]
    prev, statements = GENESIS, [sa.delete(EVENTS).where(EVENTS.c.stream == file)]
    for seq, event in enumerate(kept, 1):
        forged = {**event, "seq": seq, "prev_hash": prev}
        prev = link(prev, forged)
        statements.append(sa.insert(EVENTS).values({**forged, "hash": prev}))
    heads = SQLModel.metadata.tables["trail_head"]
    statements.append(sa.update(heads).where(heads.c.stream == file).values(seq=len(kept), hash=prev))

    await behind_the_back(house, *statements)

    found = [("row-changed-behind-the-trail", f"application/{about[-1]['object_id']}")]
    assert await audit(house) == found


async def test_a_row_of_any_traced_table_that_is_edited_added_or_removed_is_named(house, file):
    tried = 0
    for model in traced_models():
        table: sa.Table = model.__table__
        async with house.means.database.reads.connect() as connection:
            row = (await connection.execute(sa.select(table).limit(1))).mappings().first()
        if row is None:
            continue
        tried += 1
        here = table.c.id == row["id"]
        place = f"{table.name}/{row['id']}"
        await behind_the_back(house, sa.update(table).where(here).values(salt="0" * 32))
        assert await audit(house) == [("row-changed-behind-the-trail", place)]
        await behind_the_back(house, sa.delete(table).where(here))
        assert await audit(house) == [("row-is-gone", place)]
        await behind_the_back(house, sa.insert(table).values({**row, "id": (other := new_id())}))
        assert set(await audit(house)) == {("row-is-gone", place), ("row-without-event", f"{table.name}/{other}")}
        await behind_the_back(house, sa.delete(table).where(table.c.id == other), sa.insert(table).values(dict(row)))
        assert await audit(house) == []
    assert tried >= 8


async def command(house: House, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """A command as it is typed, on the database of the house."""
    for name in ("database_url", "folder", "key_file"):
        monkeypatch.setenv(f"BEKWAAM_{name.upper()}", str(getattr(house.means.settings, name)))
    return await asyncio.to_thread(main, arguments)


def checked(path: Path, *noted: str) -> tuple[int, str]:
    """What somebody elsewhere is told who has Python and the proof."""
    script = [sys.executable, "-I", "-S", check_proof.__file__, str(path), *noted]
    answer = subprocess.run(script, capture_output=True, text=True, check=False)
    return answer.returncode, answer.stdout + answer.stderr


async def test_an_event_is_proven_to_who_has_the_proof_and_python_alone(house, file, monkeypatch, capsys, tmp_path):
    told, path = await events(house, file), tmp_path / "proof.json"
    assert await command(house, monkeypatch, "audit", "prove", str(told[2]["id"])) == 0
    path.write_text(capsys.readouterr().out)
    assert await command(house, monkeypatch, "audit", "prove", f"{file}#3") == 0
    assert capsys.readouterr().out == path.read_text()

    assert checked(path) == (0, f"proven: event {told[2]['id']} is {file}#3 of {len(told)} up to {told[-1]['hash']}\n")
    assert checked(path, str(told[4]["hash"]))[0] == 0
    assert checked(path, str(told[1]["hash"])) == (1, f"not proven: no link has the hash {told[1]['hash']}\n")


async def test_a_proof_in_which_anything_was_changed_does_not_hold(house, file, monkeypatch, capsys, tmp_path):
    told, path = await events(house, file), tmp_path / "proof.json"
    assert await command(house, monkeypatch, "audit", "prove", str(told[2]["id"])) == 0
    proof = json.loads(capsys.readouterr().out)
    links = proof["links"]
    others = [
        {"links": links[1:]},
        {"links": links[:-1]},
        {"links": [links[0], *links[2:]]},
        {"links": [links[0], links[2], links[1], *links[3:]]},
        {"links": []},
        *(
            {"links": [*links[:at], links[at].replace('"seq":', '"seq": ', 1), *links[at + 1 :]]}
            for at in range(len(links))
        ),
        *(
            {"links": [*links[:at], links[at].replace('"actor":"', '"actor":"x', 1), *links[at + 1 :]]}
            for at in range(3)
        ),
        {"event": str(told[3]["id"])},
        {"seq": 4},
        {"stream": "house"},
        {"hash": told[3]["hash"]},
        {"head": {"seq": len(told), "hash": told[-2]["hash"]}},
        {"head": {"seq": len(told) + 1, "hash": told[-1]["hash"]}},
        {"proof": "bekwaam/trail/2"},
    ]
    assert check_proof.check(proof) == ""

    for other in others:
        assert check_proof.check({**proof, **other}), other

    path.write_text('{"proof": 1}')
    assert checked(path)[0] == 2
    path.write_text("geen JSON")
    assert checked(path)[0] == 2


async def test_what_the_trail_does_not_bear_out_is_not_proven(house, file, monkeypatch, capsys, tmp_path):
    told, path = await events(house, file), tmp_path / "proof.json"
    for unknown in (str(new_id()), "abc", f"{file}#{len(told) + 1}", f"{file}#²"):
        assert await command(house, monkeypatch, "audit", "prove", unknown) == 1
        assert f"no-such-event: {unknown}\n" in capsys.readouterr().out
    assert await command(house, monkeypatch, "audit", "prove") == 2
    assert await command(house, monkeypatch, "audit", "verify", str(told[2]["id"])) == 2
    assert "audit prove" in capsys.readouterr().err
    assert await command(house, monkeypatch, "audit", "prove", str(told[2]["id"])) == 0
    noted = json.loads(capsys.readouterr().out)["head"]["hash"]

    await behind_the_back(house, change(told[4], action="nothing"))
    assert await command(house, monkeypatch, "audit", "prove", str(told[2]["id"])) == 1
    assert f"broken-link: {file}#5" in capsys.readouterr().out

    prev, statements = str(told[3]["hash"]), []
    for event in [{**told[4], "action": "nothing"}, *told[5:]]:
        forged = {"prev_hash": prev, "hash": (prev := link(prev, event))}
        statements.append(change(event, **forged))
    heads = SQLModel.metadata.tables["trail_head"]
    await behind_the_back(house, *statements, sa.update(heads).where(heads.c.stream == file).values(hash=prev))
    assert await command(house, monkeypatch, "audit", "prove", str(told[2]["id"])) == 0
    path.write_text(capsys.readouterr().out)
    assert checked(path)[0] == 0
    assert checked(path, noted) == (1, f"not proven: no link has the hash {noted}\n")


async def test_a_file_that_was_swapped_or_lost_is_named(house, file):
    async with house.means.database.reading() as session:
        stored = (await session.exec(sa.select(StoredFile.id, StoredFile.sha256))).one()
    assert isinstance(house.means.files, FolderStore)
    place = house.means.files.folder / stored.sha256[:2] / stored.sha256[2:]

    place.write_bytes(b"%PDF-1.7 something else")
    assert await verify(house) == [("evidence-differs", f"stored_file/{stored.id}")]
    place.unlink()
    assert await verify(house) == [("evidence-missing", f"stored_file/{stored.id}")]


async def test_imported_tables_are_held_against_what_the_last_import_left(house, tmp_path):
    path = tmp_path / "po.csv"
    path.write_bytes(po_file(po_line()))
    await import_duo(house.means, SYSTEM, [path])
    assert await audit(house) == []
    places = SQLModel.metadata.tables["school_location"]

    await behind_the_back(house, sa.update(places).where(places.c.code == "05OC00").values(name="De Brug"[::-1]))

    assert await audit(house) == [("table-changed-behind-the-trail", "school_location")]


def test_a_column_that_a_release_adds_leaves_the_digest_of_standing_rows():
    before, after = (
        sa.Table("seal", sa.MetaData(), *(sa.Column(name, sa.String) for name in names))
        for names in (("id", "level"), ("id", "level", "note"))
    )
    stood = digest_of(before, {"id": "1", "level": "rdo1"})
    assert digest_of(after, {"id": "1", "level": "rdo1", "note": None}) == stood
    assert digest_of(after, {"id": "1", "level": "rdo1", "note": ""}) != stood
    assert digest_of(after, {"id": "1", "level": None, "note": None}) != stood


async def test_what_is_exported_is_every_event_and_proves_itself_elsewhere(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    await a_leader(house.world, "leo")
    file = tmp_path / "spoor.jsonl"

    assert await command(house, monkeypatch, "audit", "export", str(file)) == 0
    assert await command(house, monkeypatch, "audit", "export", str(file)) == 2  # it is there already
    assert await command(house, monkeypatch, "audit", "export") == 2

    lines = file.read_bytes().splitlines(keepends=True)
    about, *events, end = map(json.loads, lines)
    async with house.means.database.reading() as session:
        stand = (await session.exec(select(sa.func.count()).select_from(TrailEvent))).one()
    assert about["export"] == "bekwaam/trail/1"
    assert end == {"events": stand, "sha256": hashlib.sha256(b"".join(lines[:-1])).hexdigest()}
    before = {}
    for event in events:
        content = json.loads(event["content"])
        assert content["prev_hash"] == before.get(content["stream"], "0" * 64)
        taken = hashlib.sha256(b"\0bekwaam/trail/1" + event["content"].encode()).hexdigest()
        assert event["hash"] == taken
        before[content["stream"]] = taken
    assert file.stat().st_mode & 0o077 == 0
