"""What the two public reads cost with 300,000 people, beside a handler that has nothing around it.

Run: `pytest -n 0 -m benchmark tests/benchmarks/test_public_reads.py -s`. CPU time is what counts: wall time on a shared
machine tells how busy the neighbours are. The runs alternate, so that a busy moment hits both.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import asyncpg as asyncpg_dialect

from register.entries import search
from tests.benchmarks import crowd
from tests.benchmarks.stopwatch import Run, Server, as_table, load, machine, serving, table
from tests.commands import BEKWAAM
from tests.databases import Databases, apart

pytestmark = pytest.mark.benchmark

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "300000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
ROWS = 20
# Of the floor in CPU; below this the service has become wasteful (FIGURES.md has what it was).
LEAST = 0.4


@pytest.fixture(scope="module")
def register(databases: Databases) -> Iterator[tuple[str, crowd.Crowd]]:
    """The URL of the database, and who is in it."""
    url = databases.make("postgresql")
    yield url, apart(crowd.fill, url.replace("+asyncpg", ""), PEOPLE)  # type: ignore[misc]
    databases.drop(url)


@pytest.fixture(scope="module")
def servers(register: tuple[str, crowd.Crowd], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """The floor and the service, on the same database."""
    folder = tmp_path_factory.mktemp("served")
    floor = [sys.executable, "-m", "tests.benchmarks.floor"]
    ours = [BEKWAAM, "serve", "--port"]
    with (
        serving("floor", floor, folder, BEKWAAM_DATABASE_URL=register[0]) as first,
        serving("bekwaam", ours, folder, BEKWAAM_DATABASE_URL=register[0]) as second,
    ):
        yield [first, second]


@pytest.fixture(params=["number", "name"])
def asked(request: pytest.FixtureRequest, register: tuple[str, crowd.Crowd]) -> tuple[str, list[str]]:
    found = register[1]
    if request.param == "number":
        return "lookup by number", [f"/v1/register-entries/{number}" for number in found.numbers]
    return "search by name", [f"/v1/register-entries?name={name}&pageSize={ROWS}" for name in found.names]


@pytest.mark.parametrize("mode", ["force_custom_plan", "force_generic_plan"])
def test_both_reads_go_by_an_index(register, mode):
    """Also when PostgreSQL plans a prepared statement once for all names."""
    url, found = register
    low = found.names[0]
    asked = {
        "pk_public_entry": (search.BY_NUMBER.wanted, {"number": found.numbers[0]}),
        "pk_public_word": (search.BY_NAME.wanted, {"low": low, "high": low + search.HIGHEST, "most": ROWS + 1}),
    }

    for index, (statement, values) in asked.items():
        plan = apart(explained, url, mode, statement, values)
        assert f'"Index Name": "{index}"' in plan, plan
        assert "Seq Scan" not in plan, plan


async def explained(url: str, mode: str, statement: sa.Select[Any], values: dict[str, object]) -> str:
    """The plan of one of the service's own statements."""
    compiled = statement.compile(dialect=asyncpg_dialect.dialect())
    given = ", ".join(f"'{value}'" for value in (values[name] for name in compiled.positiontup if name in values))
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(f"SET plan_cache_mode = {mode}; PREPARE asked AS {compiled}")
        return str(await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked ({given})"))
    finally:
        await connection.close()


def test_the_service_keeps_up_with_a_bare_handler(servers: list[Server], asked, tmp_path: Path):
    what, paths = asked
    answers = [httpx.get(server.url(paths[0])) for server in servers]
    assert answers[0].json() == answers[1].json()
    listed = answers[1].json()
    assert len(listed["items"] if "name=" in paths[0] else listed) == (ROWS if "name=" in paths[0] else 1)
    file = tmp_path / "paths"
    file.write_text("\n".join(paths))
    for server in servers:
        load(server, file, seconds=2)

    runs: dict[str, list[Run]] = {server.name: [] for server in servers}
    for _ in range(ROUNDS):
        for server in servers:
            runs[server.name].append(load(server, file, seconds=SECONDS))

    middle = {name: sorted(each, key=lambda run: run.cpu_us)[len(each) // 2] for name, each in runs.items()}
    ratios = [a.cpu_us / b.cpu_us for a, b in zip(runs["floor"], runs["bekwaam"], strict=True)]
    print(f"\n\n{what}, {PEOPLE:,} people, PostgreSQL, {ROUNDS} x {SECONDS:.0f} s each; {machine()}\n")
    print(table(["", "CPU µs a request", "requests/s", "p50 ms", "p99 ms"], as_table(middle)))
    print(f"\nfloor / ours in CPU: {median(ratios):.2f} (of {', '.join(f'{ratio:.2f}' for ratio in sorted(ratios))})")
    print(json.dumps({name: [round(run.cpu_us) for run in each] for name, each in runs.items()}))
    assert median(ratios) >= LEAST
