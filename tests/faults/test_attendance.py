"""Lists of attendance under `kill -9`, repetition and two providers at once: nothing lost, nothing double."""

import asyncio
import sqlite3
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import select

from accreditation.attendance.models import Attendance, AttendanceBatch, CreditLine
from tests.accreditation.attendance.given import given
from tests.builders import House
from tests.faults.files import problems
from tests.faults.server import Server, servers, start

pytestmark = [pytest.mark.differs, pytest.mark.thorough]

ROWS = 1_000
TIMES = 5
SIZE = sa.select(sa.func.count()).select_from


async def counted(house: House) -> tuple[int, int, int]:
    """Rows, rows that say who was meant by themselves, and lines of the ledger."""
    async with house.means.database.reading() as session:
        rows = (await session.exec(SIZE(Attendance))).scalar_one()
        matched = (await session.exec(SIZE(Attendance).where(Attendance.person_id.is_not(None)))).scalar_one()
        return rows, matched, (await session.exec(SIZE(CreditLine))).scalar_one()


async def is_writing(house: House) -> bool:
    """Whether the service holds a transaction open in which it writes attendance."""
    if house.means.database.writes.dialect.name == "postgresql":
        asked = sa.text(
            "SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
            "WHERE relname = 'attendance' AND mode = 'RowExclusiveLock' AND granted"
        )
        async with house.means.database.reading() as session:
            return bool((await session.exec(asked)).scalar_one())
    return await asyncio.to_thread(_is_locked, house.means.settings.database_url.split("///", 1)[1])


def _is_locked(path: str) -> bool:
    connection = sqlite3.connect(path, timeout=0)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.rollback()
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


async def test_a_list_survives_kill_9_five_sendings_and_another_provider_at_the_same_time(house):
    mine = await given(house, capacity=ROWS)
    theirs = await given(house, "pim", "Academie Twee", capacity=ROWS, place="Zwolle")
    known = [one.register_number for one in house.world.people if one.register_number]
    numbers = [*known, *(str(n) for n in range(ROWS - len(known)))]
    lists = {
        made.member: {"rows": [{"register_number": number, "run_id": str(made.run)} for number in numbers]}
        for made in (mine, theirs)
    }
    headers = {who: (await house.client(who)).headers for who in lists}

    async def send(server: Server, who: str, n: int = 0) -> httpx.Response:
        async with httpx.AsyncClient(timeout=120) as http:
            keyed = {**headers[who], "Idempotency-Key": f"{who}-{n}"}
            return await http.post(f"{server.url}/v1/attendances/bulk", json=lists[who], headers=keyed)

    server = await start(house)
    try:
        sending = asyncio.create_task(send(server, "paula"))
        while not await is_writing(house):
            assert not sending.done(), sending
            await asyncio.sleep(0.01)
        server.kill()
        died: list[Any] = await asyncio.gather(sending, return_exceptions=True)
    finally:
        server.stop()
    assert isinstance(died[0], httpx.TransportError)
    assert await counted(house) == (0, 0, 0)  # all of a list, or nothing

    async with servers(house, 2) as both:
        jobs = [(both[n % 2], who, n) for n in range(TIMES) for who in lists]
        answers = await asyncio.gather(*(send(*job) for job in jobs))

    assert [answer.status_code for answer in answers] == [201] * len(jobs), [answer.text[:200] for answer in answers]
    for who in lists:
        stored = [answer.json()["stored"] for answer, job in zip(answers, jobs, strict=True) if job[1] == who]
        assert sorted(stored) == [0] * (TIMES - 1) + [ROWS]
    # Nobody was in Utrecht and in Zwolle on one day: who came second waits for a look.
    assert await counted(house) == (2 * ROWS, 2 * len(known), len(known))
    async with house.means.database.reading() as session:
        double = sa.select(Attendance.run_id, Attendance.who).group_by(Attendance.run_id, Attendance.who)
        assert (await session.exec(double.having(sa.func.count() > 1))).all() == []
        assert len((await session.exec(select(AttendanceBatch.id))).all()) == len(jobs)
    assert await problems(house) == []
