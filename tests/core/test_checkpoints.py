"""Whoever can write the database can make its chains anew; what was witnessed before that shows it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from core.clock import machine_now
from core.store.audit import GENESIS, TrailEvent, TrailHead, link, verify_chains, verify_rows, verify_triggers
from core.store.checkpoints import Moved, Witness, _last_line, root_of, verify_witness
from core.store.work import Work
from register.service.context import open_witness
from tests.builders import House, a_leader

AT = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
EVENTS: sa.Table = TrailEvent.__table__  # type: ignore[attr-defined]
HEADS: sa.Table = TrailHead.__table__  # type: ignore[attr-defined]
UNLOCKED = {
    True: ["DROP TRIGGER trail_event_no_update", "DROP TRIGGER trail_event_no_delete"],
    False: ["DROP TRIGGER trail_event_append_only ON trail_event"],
}
heads = st.lists(st.tuples(st.text(max_size=9), st.integers(1, 99), st.text(max_size=9)), max_size=9)


@pytest.fixture
def witness(house: House) -> Witness:
    return open_witness(house.means.settings)


async def found(house: House, witness: Witness) -> list[str]:
    async with house.means.database.snapshot() as session:
        return [str(finding) async for finding in verify_witness(session, witness, {})]


async def told(house: House, action: str) -> None:
    async def deed(work: Work) -> None:
        work.log(action, stream="test/one")

    await house.system(deed)


async def rewritten(house: House, stream: str, change: str | None) -> None:
    """A stream made anew by somebody who can write the database: one line changed, or the last one gone."""
    async with house.means.database.writes.begin() as connection:
        for statement in UNLOCKED[house.means.database.sqlite]:
            await connection.execute(sa.text(statement))
        wanted = sa.select(EVENTS).where(EVENTS.c.stream == stream).order_by(EVENTS.c.seq)
        rows = [dict(row) for row in (await connection.execute(wanted)).mappings()]
        if change is None:
            rows.pop()
        await connection.execute(sa.delete(EVENTS).where(EVENTS.c.stream == stream))
        before = GENESIS
        for number, row in enumerate(rows):
            row["prev_hash"] = before
            if number == 0 and change:
                row["action"] = change
            before = row["hash"] = link(before, row)
            await connection.execute(sa.insert(EVENTS), [row])
        last = {"seq": len(rows), "hash": before}
        await connection.execute(sa.update(HEADS).where(HEADS.c.stream == stream).values(**last))


@pytest.mark.differs
@pytest.mark.parametrize("change", ["test:other", None])
async def test_a_stream_that_is_made_anew_holds_by_itself_and_not_before_its_witness(
    house: House, witness: Witness, change: str | None
):
    for action in ("test:one", "test:two", "test:three"):
        await told(house, action)
    assert await witness.note(house.means.database, AT) > 0
    assert await found(house, witness) == []

    await rewritten(house, "test/one", change)

    async with house.means.database.snapshot() as session:
        assert [each async for each in verify_chains(session)] == []
        assert [each async for each in verify_rows(session)] == []
        assert [str(each) async for each in verify_triggers(session)] == ["trigger-missing: trail_event"]
    assert await found(house, witness) == ["trail-differs-from-witness: test/one#3"]


async def test_a_checkpoint_is_due_once_a_minute_and_holds_what_moved_since(house: House, witness: Witness):
    start = machine_now()
    await a_leader(house.world, "leo")
    await told(house, "test:one")
    first = await witness.note(house.means.database, start)
    await told(house, "test:two")

    too_soon = await witness.note(house.means.database, start + timedelta(seconds=30))
    second = await witness.note(house.means.database, start + timedelta(seconds=60))
    nothing = await witness.note(house.means.database, start + timedelta(seconds=120))

    assert (too_soon, second, nothing) == (0, 1, 0)
    assert first > 2
    (_, one), (_, two) = witness.lines()
    assert one is not None
    assert two is not None
    assert two.heads[0][:2] == ("test/one", 2)
    assert witness.file.stat().st_mode & 0o077 == 0


async def test_a_witness_that_was_changed_names_its_line(house: House, witness: Witness):
    for number in range(3):
        await told(house, "test:one")
        await witness.note(house.means.database, AT + timedelta(minutes=number))
    lines = witness.file.read_bytes().splitlines(keepends=True)
    changed = json.loads(lines[1])
    changed["heads"][0][2] = "0" * 64

    witness.file.write_bytes(lines[0] + json.dumps(changed).encode() + b"\n" + lines[2])
    assert "witness-broken: line 2" in await found(house, witness)
    witness.file.write_bytes(lines[0] + lines[2])
    assert await found(house, witness) == ["witness-broken: line 2"]
    witness.file.write_bytes(lines[0] + b"{}\n" + lines[2])
    assert await found(house, witness) == ["witness-broken: line 2", "witness-broken: line 3"]


async def test_the_last_checkpoint_is_public_and_names_no_stream(house: House, witness: Witness):
    assert (await house.http.get("/v1/trail-checkpoint")).status_code == 404
    await a_leader(house.world, "leo")
    await witness.note(house.means.database, AT)
    house.binds(witness)

    answer: httpx.Response = await house.http.get("/v1/trail-checkpoint")

    assert answer.status_code == 200
    assert answer.json()["checkpoint"] == 1
    assert witness.signing is not None
    claims = witness.signing.read(answer.json()["signed"])
    assert claims["root"] == answer.json()["root"]
    assert "person/" not in answer.text


@given(heads, heads)
def test_the_root_tells_heads_apart(one: list[Moved], other: list[Moved]):
    assert (root_of(one) == root_of(other)) == (one == other)


def test_the_last_line_is_found_whatever_its_length_and_what_was_cut_is_left_out(tmp_path: Path):
    file = tmp_path / "lines"
    for length in (1, 2**16 - 1, 2**16, 2**18 + 3):
        file.write_bytes(b"first\n" + b"x" * length + b"\ncut off")
        with file.open("rb") as opened:
            assert _last_line(opened) == b"x" * length
