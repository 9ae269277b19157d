"""The reads that grow with the country, at 255,000 registrations: each in both ways in which PostgreSQL plans.

Run: `pytest -n 0 -m benchmark tests/benchmarks/test_country.py -s`. After a few executions on one connection PostgreSQL
may keep one plan for every value; `force_generic_plan` shows what that plan costs.
"""

import os
import random
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import sqlalchemy as sa

from auth import persons
from auth.actor import SYSTEM
from core.store.work import Means, Work
from register.employers.board import changes
from register.entries.history.service import end_of
from register.office.statistics import course, queries
from register.portfolio.sharing import queries as sharing
from tests.benchmarks import crowd
from tests.benchmarks.stopwatch import machine, table
from tests.builders import a_world
from tests.databases import Databases, apart

pytestmark = pytest.mark.benchmark

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "255000"))
ROUNDS = 7
STAFF = 2_200
BOARD = "41820"
ON = date(2026, 11, 24)
ENTRY = ["id", "version", "salt", "person_id", "register_code", "status", "title", "duty_overdue"]
LINE = ["id", "registration_id", "seq", "event", "holds_from", "recorded_at", "status", "title"]
POST = [
    *("id", "version", "salt", "person_id", "board_number", "location_code", "role"),
    *("appointed_on", "ended_on", "statutory_director", "employer_responsibility", "stated_place"),
]


@pytest.fixture(scope="module", params=["force_custom_plan", "force_generic_plan"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def country(databases: Databases) -> Iterator[str]:
    """The URL of a database with everybody in it."""
    url = databases.make("postgresql")
    dsn = url.replace("+asyncpg", "")
    apart(crowd.fill, dsn, PEOPLE)
    apart(settle, dsn)
    yield url
    databases.drop(url)


async def settle(dsn: str) -> None:
    """A registration with a history and a post for each person."""
    chance = random.Random(7)
    connection = await asyncpg.connect(dsn)
    try:
        people = await connection.fetch(
            "SELECT p.person_id, p.register_code, p.name_key FROM public_entry p ORDER BY 1"
        )
        entries, lines, posts = [], [], []
        for n, (person, register, _) in enumerate(people):
            entry, salt = _id(chance), f"{chance.getrandbits(128):032x}"
            entries.append((entry, 1, salt, person, register, "registered", "", False))
            begun = date(2019, 1, 1) + timedelta(days=chance.randrange(2500))
            for seq, status in enumerate(["enrolled", "application-open", "registered"][: 2 + n % 2], start=1):
                at = datetime(begun.year, begun.month, begun.day, 12, tzinfo=UTC) + timedelta(days=30 * seq)
                lines.append((_id(chance), entry, seq, "apply", at.date(), at, status, ""))
            number = BOARD if n < STAFF else f"{40000 + n % 1500}"
            for years in range(1 + n % 3):
                since = begun + timedelta(days=365 * years)
                until = since + timedelta(days=364) if years < n % 3 else None
                posts.append((_id(chance), 1, salt, person, number, "", "teacher", since, until, False, False, ""))
        await connection.copy_records_to_table("registration", records=entries, columns=ENTRY)
        await connection.copy_records_to_table("entry_version", records=lines, columns=LINE)
        await connection.copy_records_to_table("appointment", records=posts, columns=POST)
        words = {(word, person) for person, _, key in people for word in key.split()}
        await connection.copy_records_to_table("person_word", records=sorted(words), columns=["word", "person_id"])
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


def _id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


@pytest.fixture
def means(country: str, mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Means:
    """Means whose connections plan in this way."""
    world = a_world(country, tmp_path)
    world.on(ON)
    plans = world.means.database.reads.sync_engine

    @sa.event.listens_for(plans, "connect")
    def _plan(connection: Any, _record: object) -> None:
        connection.cursor().execute(f"SET plan_cache_mode = {mode}")

    monkeypatch.setattr(sharing, "boards_of", _boards)
    return world.means


async def _boards(_work: Work) -> frozenset[str]:
    return frozenset([BOARD])


READS: dict[str, tuple[float, Callable[[Work], Awaitable[Any]]]] = {
    "/cijfers": (1000, lambda work: queries.counts_on(work, ON, end_of(ON))),
    "/kantoor/cijfers": (500, course.course),
    "/bestuur": (50, lambda work: sharing.staff(work, None, 20)),
    "/bestuur/wijzigingen": (
        60,
        lambda work: changes.since(work, date(2026, 1, 1), None, 51),
    ),
    "office search": (20, lambda work: persons.find(work, "anna bakelaar", 20)),
}
"""What a person waits for, the most milliseconds it may take, and the read behind it."""


async def test_no_read_of_the_country_depends_on_the_plan(means: Means, mode: str):
    rows = []
    for name, (most, read) in READS.items():
        took = []
        for _ in range(ROUNDS):
            async with means.work(SYSTEM, write=False) as work:
                begun = perf_counter()
                await read(work)
                took.append(1000 * (perf_counter() - begun))
        rows.append((name, f"{median(islice(took, 1, None)):.0f}", f"{most:.0f}"))

    print(f"\n{machine()}, {PEOPLE:,} registrations, {mode}\n{table(['read', 'ms', 'at most'], rows)}")

    assert [name for name, ms, most in rows if float(ms) > float(most)] == []
