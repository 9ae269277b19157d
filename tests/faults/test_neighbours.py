"""The database is held by somebody else, stops, or hangs: the answer is bounded, and it is the right one."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import time
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from tests.builders import House, a_leader
from tests.faults.server import start

pytestmark = [pytest.mark.differs, pytest.mark.thorough]

BOUNDED = 30  # seconds: five for a lock, on SQLite one after the other, and at most twenty for a connection


@contextlib.asynccontextmanager
async def held(house: House) -> AsyncIterator[None]:
    """Somebody outside holds the heads of all chains, which every write moves."""
    url = house.means.settings.database_url
    if house.means.database.sqlite:
        outside = sqlite3.connect(url.partition(":///")[2], isolation_level=None)
        outside.execute("BEGIN EXCLUSIVE")
        yield
        outside.rollback()
        outside.close()
        return
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    async with connection.transaction():
        await connection.execute("LOCK TABLE trail_head IN ACCESS EXCLUSIVE MODE")
        yield
    await connection.close()


def an_entry(title: str) -> dict[str, object]:
    return {"register_code": "schoolleiders-po", "kind": "course", "title": title, "done_on": "2024-09-01"}


async def test_what_waits_for_a_lock_of_somebody_else_is_answered_in_bounded_time_and_goes_on_after_it(house: House):
    await a_leader(house.world, "leo")
    headers = (await house.client("leo")).headers
    server = await start(house)
    try:
        async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60) as http:

            async def add(n: int) -> httpx.Response:
                keyed = {"Idempotency-Key": f"Cursus {n}"}
                return await http.post("/v1/portfolio-entries", json=an_entry(f"Cursus {n}"), headers=keyed)

            async with held(house):
                begun = time.monotonic()
                answers = await asyncio.gather(*(add(n) for n in range(3)))
                took = time.monotonic() - begun
            again = [await add(n) for n in range(3)]
    finally:
        server.stop()

    assert {answer.status_code for answer in answers} == {503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
    assert took < BOUNDED, took
    assert {answer.status_code for answer in again} == {201}


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
async def test_sessions_that_the_database_ends_are_answered_and_never_a_mistake_of_ours(house: House):
    await a_leader(house.world, "leo")
    headers = (await house.client("leo")).headers
    dsn = house.means.settings.database_url.replace("+asyncpg", "")
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    server, seen, stop = await start(house), [], asyncio.Event()
    try:
        async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60) as http:

            async def ask(n: int) -> None:
                while not stop.is_set():
                    seen.append((await http.get("/v1/portfolio-entries")).status_code)
                    keyed = {"Idempotency-Key": f"Cursus {n}-{len(seen)}"}
                    seen.append(
                        (await http.post("/v1/portfolio-entries", json=an_entry("Cursus"), headers=keyed)).status_code
                    )

            asking = [asyncio.create_task(ask(n)) for n in range(4)]
            connection = await asyncpg.connect(dsn)
            for _ in range(10):
                await asyncio.sleep(0.3)
                await connection.execute(f"SELECT pg_terminate_backend(pid) {others}")
            stop.set()
            await asyncio.gather(*asking)
            await connection.close()
            last = await http.get("/v1/portfolio-entries")
    finally:
        server.stop()

    assert last.status_code == 200
    assert set(seen) <= {200, 201, 503}, sorted(set(seen))
    assert {200, 201} <= set(seen)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_worker_ends_with_the_process_that_keeps_it(house: House):
    server = await start(house)
    try:
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        async with httpx.AsyncClient(base_url=server.url) as http:
            for _ in range(100):
                try:
                    await http.get("/health/live")
                except httpx.TransportError:
                    break
                await asyncio.sleep(0.1)
            else:
                raise AssertionError("an orphan goes on answering")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
