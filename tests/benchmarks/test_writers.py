"""Sixteen who write at once about 120 people, on PostgreSQL: requests a second, runs for the database, and refusals.

Run: `pytest -n 0 -m benchmark tests/benchmarks/test_writers.py -s`.
"""

import asyncio
from collections import Counter
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import pytest

from core.metrics import METRICS
from tests.benchmarks.stopwatch import machine, table
from tests.builders import Client, House, Peopled, open_house
from tests.databases import Databases
from tests.register.sharing.steps import ACTIVITY, a_leader_with_a_portfolio

pytestmark = pytest.mark.benchmark

PERSONS, CLIENTS, REQUESTS = 120, 16, 400


async def test_sixteen_writers_are_not_refused(databases: Databases, peopled: Peopled, tmp_path: Path):
    url = databases.make("postgresql", like="peopled")
    async with open_house(url, tmp_path, peopled) as house:
        clients = [await a_writer(house, n) for n in range(PERSONS)]
        before = again()
        begun = perf_counter()
        answers = await at_once(clients)
        seconds = perf_counter() - begun
        retries = again() - before
    databases.drop(url)

    rows = [(f"{REQUESTS / seconds:.0f}", f"{retries:.0f}", answers[503])]
    print(f"\n{machine()}, {CLIENTS} writers, {PERSONS} persons\n{table(['requests/s', 'run again', '503'], rows)}")
    assert (set(answers), retries < 20) == ({201}, True)


async def a_writer(house: House, n: int) -> Client:
    await a_leader_with_a_portfolio(house, f"schrijver{n}")
    return await house.client(f"schrijver{n}")


async def at_once(clients: list[Client]) -> Counter[int]:
    """Drafts of activities, each client the next person's."""
    jobs = iter(list(enumerate(islice(cycle(clients), REQUESTS))))
    answers: Counter[int] = Counter()

    async def writer() -> None:
        for n, client in jobs:
            answer = await client.post("/portfolio-entries", {**ACTIVITY, "title": f"Activiteit {n}"})
            answers[answer.status_code] += 1

    await asyncio.gather(*(writer() for _ in range(CLIENTS)))
    return answers


def again() -> float:
    """How often a request was run again in this process."""
    return sum(
        sample.value for metric in METRICS.retries.collect() for sample in metric.samples if "total" in sample.name
    )
