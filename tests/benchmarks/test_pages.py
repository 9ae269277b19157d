"""What every kind of page weighs and costs the service, for one person of each role on the seed world.

Run: `pytest -n 0 -m benchmark tests/benchmarks/test_pages.py -s`.
"""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from statistics import median
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from passlib.totp import TOTP

from tests.benchmarks.stopwatch import Server, machine, serving, table
from tests.browser.walking import LEAVES, kind_of
from tests.commands import BEKWAAM
from tests.seeding import seeded_in

pytestmark = pytest.mark.benchmark

MOST_MS = 50
HEAVIEST = 100_000
TIMES = 9
SHOWN = 15
LINK = re.compile(r'<a [^>]*href="([^"]+)"')


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, list[dict[str, str]]]]:
    """A service on the seed world, and who is in it."""
    folder = tmp_path_factory.mktemp("pages")
    shown = seeded_in(folder)
    with serving("bekwaam", [BEKWAAM, "serve", "--port"], folder) as server:
        yield server, shown["people"]


def sign_in(server: Server, person: dict[str, str]) -> httpx.Client:
    """Over the pages, as they would."""
    browser = httpx.Client(base_url=server.url("/"), follow_redirects=True, timeout=30)
    at = browser.post("/inloggen", data={"email": person["email"], "password": person["password"]})
    if person.get("totp_secret"):
        at = browser.post("/inloggen/code", data={"otp": TOTP(person["totp_secret"]).generate().token})
    assert at.status_code == 200, at.text[:500]
    return browser


def pages(browser: httpx.Client, *begin: str) -> Iterator[tuple[str, str, int]]:
    """Kind, address and bytes of each kind of page that links lead to."""
    ahead, seen = list(begin), set()
    while ahead:
        address = ahead.pop(0)
        kind = kind_of(address)
        if kind in seen or any(urlsplit(address).path.startswith(leave) for leave in LEAVES):
            continue
        seen.add(kind)
        answer = browser.get(address)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield kind, address, len(answer.content)
        for found in LINK.findall(answer.text):
            there = urljoin(str(answer.url), unescape(found))
            if urlsplit(there).netloc == urlsplit(str(answer.url)).netloc:
                ahead.append(urlsplit(there)._replace(scheme="", netloc="", fragment="").geturl())


def took_ms(browser: httpx.Client, address: str) -> float:
    """The median of a few."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        browser.get(address)
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def test_every_page_is_light_and_quick(seeded: tuple[Server, list[dict[str, str]]]):
    server, people = seeded
    one_each = {person["role"]: person for person in people}
    worth: dict[str, tuple[float, int, str]] = {}
    with ExitStack() as leaving:
        visitors = {"public": httpx.Client(base_url=server.url("/"), timeout=30)}
        visitors |= {role: sign_in(server, person) for role, person in one_each.items()}
        for role, browser in visitors.items():
            leaving.callback(browser.close)
            for kind, address, size in pages(browser, "/", "/?q=de", "/mijn", "/begin"):
                if kind not in worth:
                    worth[kind] = (took_ms(browser, address), size, role)

    style = sum(path.stat().st_size for path in Path("core/static").iterdir())
    by_time = sorted(((ms, size, kind, role) for kind, (ms, size, role) in worth.items()), reverse=True)
    middle = median(ms for ms, *_ in by_time)
    print(f"\n{machine()}")
    print(f"{len(worth)} kinds of page; median {middle:.0f} ms; style and script {style / 1000:.0f} kB")
    rows = [(kind, role, f"{ms:.0f}", f"{size / 1000:.0f}") for ms, size, kind, role in by_time[:SHOWN]]
    print(table(["slowest pages", "role", "ms, median", "kB"], rows))
    assert max(size for _, size, *_ in by_time) + style < HEAVIEST
    assert by_time[0][0] < MOST_MS
