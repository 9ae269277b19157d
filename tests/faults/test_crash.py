"""`kill -9` in the middle of writing: what was acknowledged is there, nothing is half there."""

import asyncio
from collections import Counter

import httpx
import pytest
from sqlmodel import select

from register.portfolio.models import PortfolioEntry
from tests.builders import a_leader
from tests.faults.files import problems
from tests.faults.server import start

pytestmark = [pytest.mark.differs, pytest.mark.thorough]

WRITERS = 4
EACH = 30
KILL_AFTER = 65  # acknowledged, of 120


def an_entry(title: str) -> dict[str, object]:
    return {"register_code": "schoolleiders-po", "kind": "course", "title": title, "done_on": "2024-09-01"}


async def test_kill_9_loses_nothing_that_was_acknowledged_and_leaves_nothing_half_done(house):
    for n in range(WRITERS):
        await a_leader(house.world, f"schrijver{n}")
    headers = [(await house.client(f"schrijver{n}")).headers for n in range(WRITERS)]
    acknowledged: dict[str, str] = {}
    killed = asyncio.Event()

    async def write(http: httpx.AsyncClient, url: str, writer: int) -> None:
        for n in range(EACH):
            title = f"Cursus {writer}-{n}"
            if title in acknowledged:
                continue
            keyed = {**headers[writer], "Idempotency-Key": title}
            try:
                answer = await http.post(f"{url}/v1/portfolio-entries", json=an_entry(title), headers=keyed)
            except httpx.TransportError:
                return
            assert answer.status_code == 201, answer.text
            acknowledged[title] = answer.json()["id"]
            if len(acknowledged) == KILL_AFTER:
                killed.set()

    server = await start(house)
    try:
        async with httpx.AsyncClient(timeout=60) as http:
            writing = [asyncio.create_task(write(http, server.url, writer)) for writer in range(WRITERS)]
            await asyncio.wait_for(killed.wait(), 120)
            server.kill()
            await asyncio.gather(*writing)
        before = dict(acknowledged)
        assert KILL_AFTER <= len(before) < WRITERS * EACH

        server = await start(house)
        async with httpx.AsyncClient(timeout=60) as http:  # the same keys: who was in doubt gets one answer
            await asyncio.gather(*(write(http, server.url, writer) for writer in range(WRITERS)))
        server.kill()
    finally:
        server.stop()

    async with house.means.database.reading() as session:
        stored = {row.title: str(row.id) for row in await session.exec(select(PortfolioEntry))}
        titles = Counter(await session.exec(select(PortfolioEntry.title)))
    assert before.items() <= stored.items()
    assert stored == acknowledged
    assert set(titles.values()) == {1}
    assert len(titles) == WRITERS * EACH
    assert await problems(house) == []
