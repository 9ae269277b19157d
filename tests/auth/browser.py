"""Somebody in a browser of their own: signs in through the pages, keeps the cookie, knows the form token."""

import httpx

from auth.guards import LOOPBACK_COOKIE, csrf_token
from tests.builders import House


async def browser_of(house: House, who: str, planted: str | None = None) -> httpx.AsyncClient:
    """Signed in, perhaps with a cookie that somebody planted beforehand."""
    typed = house.sign_in_of(who)
    browser = httpx.AsyncClient(transport=httpx.ASGITransport(house.app), base_url="http://testserver")
    if planted:
        browser.cookies.set(LOOPBACK_COOKIE, planted, domain="testserver.local", path="/")
    answer = await browser.post("/inloggen", data={"email": typed["email"], "password": typed["password"]})
    if "otp" in typed:
        answer = await browser.post("/inloggen/code", data={"otp": typed["otp"]})
    assert answer.status_code == 303, answer.text
    return browser


def cookie_of(browser: httpx.AsyncClient) -> str:
    return next(c.value for c in browser.cookies.jar if c.name == LOOPBACK_COOKIE and c.value) or ""


def form_token(browser: httpx.AsyncClient) -> str:
    return csrf_token(cookie_of(browser))
