"""A browser without a screen: it keeps cookies, follows forms by what the page says, and types nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import httpx
from passlib.totp import TOTP

from core.clock import machine_now
from tests.builders import House

LINK = re.compile(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
VOID = {"input", "br", "link", "meta", "img", "hr"}


@dataclass
class Form:
    """One form of a page: where it goes, and what it would send."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Reader(HTMLParser):
    """Finds the forms of a page, with everything that is filled in already."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        if not self.forms:
            return
        form, name = self.forms[-1], given.get("name", "")
        if tag in {"input", "textarea", "select", "button"} and name:
            form.names.add(name)
        if tag == "input" and name:
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if ticked and given.get("type") != "file":
                form.values.append((name, given.get("value", "")))
        elif tag == "textarea":
            self._area = name
            form.values.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(given.get("value", ""))
            known = {at for at, _ in form.values}
            if "selected" in given or self._select not in known:
                form.values = [one for one in form.values if one[0] != self._select]
                form.values.append((self._select, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            form = self.forms[-1]
            form.values = [(n, v + data.removeprefix("\n") if n == self._area else v) for n, v in form.values]


@dataclass
class Browser:
    """Somebody at the pages."""

    http: httpx.AsyncClient
    page: httpx.Response = field(default_factory=lambda: httpx.Response(200))

    @property
    def text(self) -> str:
        """What the page says, without its marks."""
        bare = re.sub(r"<[^>]+>", " ", self.page.text)
        return re.sub(r"\s+", " ", bare.replace("&#39;", "'").replace("&nbsp;", " "))

    @property
    def path(self) -> str:
        return urlsplit(str(self.page.url)).path

    async def open(self, path: str) -> httpx.Response:
        self.page = await self.http.get(path, follow_redirects=True)
        return self.page

    async def press(self, said: str) -> httpx.Response:
        """Follow the link that says so."""
        found = [href for href, words in LINK.findall(self.page.text) if said in re.sub(r"<[^>]+>", "", words)]
        assert found, f"no link {said} on {self.path}: {self.text[:400]}"
        return await self.open(unescape(found[0]))

    def form(self, action: str) -> Form:
        """The form whose address ends so."""
        found = [form for form in Reader(self.page.text).forms if form.action.endswith(action)]
        assert found, f"no form to {action} on {self.path}: {self.text[:400]}"
        return found[0]

    async def send(
        self,
        action: str,
        files: dict[str, Any] | None = None,
        follow: bool = True,
        other: str = "",
        **typed: str | list[str],
    ) -> httpx.Response:
        """Fill in a form and press its button; a name that the form does not have is a mistake of the test.

        `other` is the end of the address of another button of the page that sends the same form.
        """
        form = self.form(action)
        assert set(typed) <= form.names, set(typed) - form.names
        data: dict[str, Any] = {name: value for name, value in form.values if name not in typed} | typed
        address = re.findall(rf'formaction="([^"]+{re.escape(other)})"', self.page.text)[0] if other else form.action
        self.page = await self.http.post(address, data=data, files=files, follow_redirects=follow)
        return self.page


def browser(house: House, **headers: str) -> Browser:
    """A new browser, with no cookie in it."""
    transport = httpx.ASGITransport(house.app)
    return Browser(httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers))


async def enter(one: Browser, person: Mapping[str, Any]) -> Browser:
    """Sign in somebody of the seed, by what it printed of them."""
    await one.open("/inloggen")
    await one.send("/inloggen", email=person["email"], password=person["password"])
    if person.get("totp_secret"):
        await one.send("/inloggen/code", otp=TOTP(person["totp_secret"]).generate(machine_now()).token)
    assert one.page.status_code == 200, one.text
    return one


async def signed_in(house: House, who: str) -> Browser:
    """Somebody who signed in on the pages, with a code where the role needs one."""
    one, typed = browser(house), house.sign_in_of(who)
    await one.open("/inloggen")
    await one.send("/inloggen", email=typed["email"], password=typed["password"])
    if "otp" in typed:
        assert one.path == "/inloggen/code", one.text
        await one.send("/inloggen/code", otp=typed["otp"])
        await house.system(house._forget_code(who))
    assert one.page.status_code == 200, one.text
    return one
