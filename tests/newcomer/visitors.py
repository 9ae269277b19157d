"""Somebody who visits a running service: in a real Chromium where there is one, else by HTTP alone."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
from passlib.totp import TOTP

from tests.pages import Reader

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LINK = re.compile(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Seen:
    """A page as it came."""

    path: str
    status: int
    html: str

    def links(self) -> Iterator[tuple[str, str]]:
        """Each link of this service, with its words."""
        for href, words in LINK.findall(self.html):
            if href.startswith("/") and not href.startswith("//"):
                yield unescape(href).partition("#")[0], re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", words)).strip()


@dataclass(frozen=True)
class Fetched:
    """What an address gives, whatever it is."""

    status: int
    media_type: str
    content: bytes


class Visitor(Protocol):
    """One visitor with cookies of their own."""

    def open(self, path: str) -> Seen: ...

    def sign_in(self, person: dict[str, Any]) -> Seen: ...

    def fetch(self, path: str) -> Fetched: ...


def code_of(person: dict[str, Any]) -> str:
    """The one-time code of this moment, as an authenticator app shows it."""
    return str(TOTP(person["totp_secret"]).generate(datetime.now(UTC)).token)  # noqa: TID251


class ByHttp:
    """Without a browser: forms are sent as they stand."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=60, headers={"Origin": address})

    def open(self, path: str) -> Seen:
        return self._seen(self.http.get(path))

    def sign_in(self, person: dict[str, Any]) -> Seen:
        seen = self._send(self.open("/inloggen"), email=person["email"], password=person["password"])
        return self._send(seen, otp=code_of(person)) if person["totp_secret"] else seen

    def fetch(self, path: str) -> Fetched:
        answer = self.http.get(path)
        return Fetched(answer.status_code, answer.headers.get("content-type", ""), answer.content)

    def _send(self, seen: Seen, **typed: str) -> Seen:
        form = next(form for form in Reader(seen.html).forms if set(typed) <= form.names)
        return self._seen(self.http.post(form.action or seen.path, data={**dict(form.values), **typed}))

    def _seen(self, answer: httpx.Response) -> Seen:
        return Seen(urlsplit(str(answer.url)).path, answer.status_code, answer.text)


class ByChromium:
    """In a real browser, without JavaScript."""

    def __init__(self, address: str, context: Any) -> None:
        self.address, self.context, self.page = address, context, context.new_page()

    def open(self, path: str) -> Seen:
        answer = self.page.goto(f"{self.address}{path}")
        return Seen(urlsplit(self.page.url).path, answer.status, self.page.content())

    def sign_in(self, person: dict[str, Any]) -> Seen:
        self.open("/inloggen")
        self.page.fill("#email", person["email"])
        self.page.fill("#password", person["password"])
        self.page.press("#password", "Enter")
        if person["totp_secret"]:
            self.page.fill("input[autocomplete=one-time-code]", code_of(person))
            self.page.press("#otp", "Enter")
        self.page.wait_for_load_state()
        return Seen(urlsplit(self.page.url).path, 200, self.page.content())

    def fetch(self, path: str) -> Fetched:
        answer = self.context.request.get(f"{self.address}{path}")
        return Fetched(answer.status, answer.headers.get("content-type", ""), answer.body())


@contextmanager
def visitors(address: str) -> Iterator[Any]:
    """Gives a function that makes a new visitor."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        found = None
    if found is None:
        yield lambda: ByHttp(address)
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])

        def visitor() -> ByChromium:
            context = browser.new_context(java_script_enabled=False, locale="nl-NL")
            context.set_default_timeout(60_000)
            return ByChromium(address, context)

        yield visitor
        browser.close()
