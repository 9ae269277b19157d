"""What stands around the content of every page: language, navigation, who is signed in, the test clock, form keys."""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from core import texts
from core.web.asgi import header

Scope = MutableMapping[str, Any]
ASGIApp = Callable[[Scope, Any, Any], Awaitable[None]]
LONGEST_ADDRESS = 500
LANGUAGE_COOKIE = "taal"


def asked_language(scope: Any) -> str:
    """`nl`, or `en` when the cookie says so, or without cookie the browser asks for it first."""
    pairs = (pair.strip().partition("=") for pair in (header(scope, b"cookie") or "").split(";"))
    chosen = next((value for name, _, value in pairs if name == LANGUAGE_COOKIE), None)
    asked = chosen or header(scope, b"accept-language") or "nl"
    return "en" if asked.strip().lower().startswith("en") else "nl"


class Speaking:
    """Says everything of one request in the language that it asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with texts.speaking(asked_language(scope)):
            await self.app(scope, receive, send)


def local(address: str | None) -> str:
    """An address on this service to go to next, or "" for any other: no scheme, no host, no trick that hides one."""
    if not address or len(address) > LONGEST_ADDRESS or not address.isprintable() or "\\" in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//"):
        return ""
    return address


def base(request: Any) -> dict[str, Any]:
    """The context that `base.html` reads, on every page and every refusal."""
    state = request.scope["state"]
    work = state.get("work")
    said = request.app.state.texts
    means = request.app.state.means
    signed_in = work is not None and work.actor.session_ref is not None
    notice = request.query_params.get("gedaan", "")
    told = said.label(notice, "notice")
    return {
        "navigation": request.app.state.get("navigation", _none)(work, request.scope["path"]) if signed_in else [],
        "who": (state.get("name") or said.gettext("Ingelogd")) if signed_in else "",
        "to_read": state.get("to_read", []) if signed_in else [],
        "csrf_token": state.get("csrf", ""),
        "test_clock": texts.day_time(means.clock.now()) if means.settings.clock_file else "",
        "form_key": secrets.token_urlsafe(16),
        "notice": told if told != notice else "",
        "here": request.scope["path"] if request.method in {"GET", "HEAD"} else "/",
        "request_id": state.get("request_id", ""),
        "house": means.settings.house,
    }


def _none(_work: Any, _path: str) -> list[dict[str, Any]]:
    return []
