"""From an empty folder to a served page: `bekwaam demo`, as a stranger types it.

Run: `pytest -n 0 -m benchmark tests/benchmarks/test_demo.py -s`.
"""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import httpx
import pytest

from tests.benchmarks.stopwatch import Server, machine, table
from tests.commands import BEKWAAM, free_port

pytestmark = pytest.mark.benchmark

MOST_SECONDS = 60
TIMES = 25
SAME_SITE = re.compile(r'href="(/register/[0-9]{8})"')


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, float, float]]:
    """The server, the seconds until its first page, and the CPU seconds that took."""
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BEKWAAM_")}
    begun = time.monotonic()
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            [BEKWAAM, "demo", "--port", str(port)], cwd=folder, env=environment, stdout=log, stderr=log
        )
    server = Server("demo", port, process)
    try:
        _first_page(server, folder / "log")
        yield server, time.monotonic() - begun, server.cpu_seconds()
    finally:
        process.terminate()
        process.wait(40)


def _first_page(server: Server, log: Path) -> None:
    end = time.monotonic() + 4 * MOST_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        try:
            assert httpx.get(server.url("/"), timeout=10).status_code == 200
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(log.read_text()[-2000:])


def test_a_stranger_sees_a_page_within_a_minute(demo: tuple[Server, float, float]):
    _server, seconds, cpu = demo

    print(f"\n\nempty folder to first page: {seconds:.1f} s, of which {cpu:.1f} s of CPU; {machine()}\n")
    assert seconds < MOST_SECONDS


def test_the_public_pages_are_quick(demo: tuple[Server, float, float]):
    server = demo[0]
    found = httpx.get(server.url("/?q=vries"))
    entry = SAME_SITE.search(found.text)
    assert entry, found.text
    pages = [
        "/",
        "/?q=vries",
        entry[1],
        f"{entry[1]}/uittreksel",
        "/inschrijven",
        "/inloggen",
        "/termijnen",
        "/static/bekwaam.css",
    ]
    rows = []
    with httpx.Client(base_url=server.url("")) as client:
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, f"{page}: {answer.status_code}"
            before, took = server.cpu_seconds(), []
            for _ in range(TIMES):
                begun = time.perf_counter()
                client.get(page)
                took.append((time.perf_counter() - begun) * 1000)
            cost = (server.cpu_seconds() - before) / TIMES * 1000
            name = page.replace(entry[1], "/register/{number}")
            rows.append([f"`{name}`", f"{median(took):.1f}", f"{max(took):.1f}", f"{cost:.1f}", len(answer.content)])

    print(f"\n\n{TIMES} times each, one after the other, SQLite, world of `demo`; {machine()}\n")
    print(table(["page", "median ms", "slowest ms", "CPU ms", "bytes"], rows))
    assert max(float(row[1]) for row in rows) < 250
