"""A look is a fact: whoever is shown somebody's file leaves a line, also when the page comes back with a mistake in it.

Walks the seeded world as each role that reads files of others: every kind of page once, and each of its forms, sent in
with nothing filled in. Where the page that comes back is the same page, it must leave the lines that opening it left.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from sqlmodel import col, select

from core.clock import AMSTERDAM, FixedClock
from core.settings import from_environment
from core.store.audit import TrailEvent
from core.store.work import Means
from register.service.context import open_means, open_sign_in
from tests.builders import the_service
from tests.pages import Browser, Reader, enter
from tests.seeding import seeded_in

pytestmark = pytest.mark.thorough

MOMENT = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d[\w-]*")
LEFT_ALONE = ("/uitloggen", "/taal/", "/static/", "/v1/", "/health")
MOST_PAGES = 120
ROLES = [
    *("secretary", "committee-member", "assessor", "office", "accreditation-member", "objection-adviser"),
    *("appeals-secretary", "appeals-member", "auditor", "board"),
]


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[tuple[Means, httpx.AsyncClient]]:
    settings = from_environment({"BEKWAAM_FOLDER": str(folder)})
    doors = open_sign_in(settings, makes=True)
    means = open_means(settings, FixedClock(MOMENT)).bound(doors)
    transport = httpx.ASGITransport(the_service(means))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        try:
            yield means, http
        finally:
            await means.database.close()
            doors.passwords.close()


async def last(means: Means) -> UUID:
    """The last line of the trail."""
    async with means.database.reading() as session:
        return (await session.exec(select(TrailEvent.id).order_by(col(TrailEvent.id).desc()).limit(1))).one()


async def lines(means: Means, after: UUID) -> set[tuple[str, str]]:
    """Action and stream of every line of the trail after one."""
    async with means.database.reading() as session:
        rows = await session.exec(select(TrailEvent.action, TrailEvent.stream).where(col(TrailEvent.id) > after))
        return set(rows.all())


def heading(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    return found[1].strip() if found else ""


async def test_a_page_that_comes_back_with_a_mistake_leaves_the_line_that_opening_it_leaves(tmp_path):
    people = seeded_in(tmp_path)["people"]

    async with served(tmp_path) as (means, http):
        walks = [await walk(means, http, next(one for one in people if one["role"] == role)) for role in ROLES]

    assert [line for silent, _traced in walks for line in silent] == []
    assert sum(traced for _silent, traced in walks) > 15


async def walk(means: Means, http: httpx.AsyncClient, person: dict[str, Any]) -> tuple[list[str], int]:
    """The forms that give back a file in silence, and how many kinds of page are traced, for one person."""
    http.cookies.clear()
    browser = await enter(Browser(http), person)
    silent, traced = [], 0
    waiting, seen = ["/begin"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        kind = NUMBER.sub("*", path)
        if kind in seen or path.startswith(LEFT_ALONE):
            continue
        seen.add(kind)
        before = await last(means)
        page = await browser.open(path)
        if page.status_code != 200 or "text/html" not in page.headers["content-type"]:
            continue
        waiting += [urlsplit(href).path for href in re.findall(r'href="(/[^"#]*)"', page.text)]
        left = await lines(means, before)
        if not left:
            continue
        traced += 1
        for form in Reader(page.text).forms:
            if form.method.lower() != "post" or form.action.startswith(LEFT_ALONE):
                continue
            token = {name: value for name, value in form.values if name in {"_token", "_version"}}
            before = await last(means)
            answer = await http.post(form.action, data=token, headers={"origin": "http://testserver"})
            given_back = answer.status_code == 400 and heading(answer.text) == heading(page.text)
            if given_back and not left <= await lines(means, before):
                silent.append(f"{kind} -> {NUMBER.sub('*', form.action)}")
    return silent, traced
