"""The outer guard: it reads and checks a request before the framework sees it, so that bad input is never a 5xx."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, MutableMapping, Sequence
from html import escape
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote

from core.errors import Problem
from core.settings import Network
from core.web import wellformed
from core.web.wellformed import Malformed

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# Frameworks spell these types in their own way; nothing is gained by arguing.
App = Callable[[Any, Any, Any], Awaitable[None]]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

# What would repair it, for a program.
REPAIR = {
    "body-too-large": "Send less in one message.",
    "body-too-slow": "Send the body without pauses.",
    "boundary-malformed": "Give the multipart boundary, 1 to 70 characters.",
    "busy": "Try again after Retry-After seconds.",
    "charset-unknown": "Send text as UTF-8.",
    "content-encoding-unknown": "Send the body without Content-Encoding.",
    "content-length-malformed": "Send one decimal Content-Length that is the length of the body.",
    "csrf-token-malformed": "Send the form token as it was given.",
    "form-malformed": "Send UTF-8 text, percent-encoded.",
    "header-malformed": "Send headers without NUL or line breaks.",
    "header-not-ascii": "Send ASCII in the headers that we read.",
    "header-repeated": "Send this header once, and not both Content-Length and Transfer-Encoding.",
    "headers-too-large": "Send at most 32 kB of headers.",
    "host-malformed": "Send a host name with an optional port.",
    "host-missing": "Send a Host header.",
    "json-malformed": "Send valid JSON.",
    "json-not-utf-8": "Send JSON as UTF-8.",
    "json-number-not-finite": "Send numbers without NaN or Infinity.",
    "json-number-too-large": "Send integers within 64 bits and numbers within double precision.",
    "json-too-deep": "Send JSON that is nested less deep.",
    "lone-surrogate": "Send text without lone surrogates.",
    "media-type-unknown": "Send JSON, or a form where the resource reads one.",
    "multipart-malformed": "Send a complete multipart body that begins with its boundary.",
    "no-such-file": "There is nothing here.",
    "nul-in-text": "Send text without NUL characters.",
    "part-name-malformed": "Give every part a name, and names without control characters.",
    "path-malformed": "Send a path of valid, percent-encoded UTF-8.",
    "path-too-long": "Send a shorter path.",
    "query-malformed": "Send a query of valid, percent-encoded UTF-8.",
    "query-too-long": "Send a shorter query.",
    "too-many-fields": "Send at most 1000 fields.",
    "too-many-parts": "Send at most 200 parts with short headers.",
}

# What would repair it, for a person, where a person can do something.
ADVICE = {
    "body-too-large": "Dit is te groot om in één keer te versturen.",
    "body-too-slow": "Het versturen duurde te lang. Probeer het opnieuw.",
    "busy": "Het is nu te druk. Probeer het zo opnieuw.",
    "csrf-token-malformed": "Open de pagina opnieuw en vul het formulier nog eens in.",
    "header-not-ascii": "Verwijder de cookies van deze website en probeer het opnieuw.",
    "headers-too-large": "Verwijder de cookies van deze website en probeer het opnieuw.",
    "no-such-file": "Deze pagina bestaat niet.",
    "nul-in-text": "Haal onzichtbare tekens uit de tekst en probeer het opnieuw.",
    "part-name-malformed": "Geef het bestand een gewone naam.",
    "path-malformed": "Dit adres klopt niet.",
    "path-too-long": "Dit adres is te lang.",
    "query-malformed": "Dit adres klopt niet.",
    "query-too-long": "Dit adres is te lang.",
}
OTHERWISE = "Uw browser stuurde iets dat wij niet kunnen lezen. Ga terug en probeer het opnieuw."

_READS = frozenset({"GET", "HEAD"})
_FRAMED = frozenset({"1.0", "1.1"})
"""Versions of HTTP in which a request says by a header that a body follows."""
_ANNOUNCE_A_BODY = frozenset({b"content-length", b"transfer-encoding"})

# Where `scope["state"]` keeps the whole body, for whoever runs a handler a second time.
BODY = "bekwaam_body"
# Where it keeps who asks, as far as proxies of ours say so.
ADDRESS = "bekwaam_address"


def body_of(scope: Scope) -> bytes:
    """The body that the guard has read and checked."""
    body = scope["state"][BODY]
    assert isinstance(body, bytes)
    return body


def replay(body: bytes, after: Receive | None = None) -> Receive:
    """A `receive` that gives this body once, and then what `after` gives (else: the client has gone)."""
    given = False

    async def receive() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await after() if after else {"type": "http.disconnect"}

    return receive


class OuterGuard:
    """ASGI middleware around the whole application.

    `max_body` bytes for any body and `max_text` for JSON and forms, unless `limits(scope)` gives a number for both.
    `max_buffered` bytes are held for all requests together, and two thirds of it for one address; above that a 503. A
    body that is said to be at most `small` bytes has room of its own, so that nobody's large ones keep a form waiting.
    A body may take as long as it needs while it comes at `slowest` bytes a second or faster; one that stops is given up
    after `body_seconds`. Under `api` answers are problem+json and forms other than multipart are not read. Bodies under
    a path in `raw` are measured, not looked into. Under `static` no folder has a dot in its name. `headers` go with
    every answer of the guard itself. `proxies` are believed when they say for whom they ask.
    """

    def __init__(
        self,
        app: App,
        *,
        max_body: int = 12 * 2**20,
        max_text: int = 2**20,
        max_json_depth: int = 64,
        max_buffered: int = 96 * 2**20,
        small: int = 64 * 2**10,
        body_seconds: float = 15,
        slowest: int = 16 * 2**10,
        limits: Callable[[Scope], int | None] | None = None,
        api: str = "/v1",
        raw: Collection[str] = (),
        static: str = "/static/",
        csrf_field: str = "_csrf_token",
        headers: Sequence[tuple[str, str]] = (),
        proxies: Sequence[Network] = (),
    ) -> None:
        self.app = app
        self.max_body = max_body
        self.max_text = max_text
        self.max_json_depth = max_json_depth
        self.small = small
        self.body_seconds = body_seconds
        self.slowest = slowest
        self.limits = limits
        self.api = api
        self.raw = tuple(raw)
        self.static = static
        self.csrf_field = csrf_field
        self.headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
        self.proxies = tuple(proxies)
        self._large = Room(max_buffered, max_buffered * 2 // 3)
        self._small = Room(max_buffered // 3, max_buffered // 3)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http":
            await self._guarded(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        held = _Held(self._room_for(scope), address_of(scope, self.proxies))
        try:
            try:
                limit = self._check_head(scope)
                body = await self._read(scope, receive, limit, held)
                if body is None:
                    return
                self._check_body(scope, body, limit)
            except Malformed as problem:
                await self._answer(scope, send, problem)
                return
            scope.setdefault("state", {}).update({BODY: body, ADDRESS: held.address})
            await self.app(scope, replay(body, receive), send)
        finally:
            held.release()

    def _room_for(self, scope: Scope) -> "Room":
        try:
            stated = wellformed.stated_length(scope["headers"])
        except Malformed:  # said in its turn
            stated = None
        return self._small if stated is not None and stated <= self.small else self._large

    def _check_head(self, scope: Scope) -> int:
        """Check all but the body; the number of bytes that the body may have."""
        wellformed.check_path(raw_path_of(scope), self.static)
        wellformed.check_query(scope.get("query_string", b""))
        headers = scope["headers"]
        wellformed.check_headers(headers, scope.get("http_version", "1.1"))
        limit = self._limit(scope)
        if (wellformed.stated_length(headers) or 0) > limit:
            raise Malformed("body-too-large", 413)
        return limit

    def _limit(self, scope: Scope) -> int:
        own = self.limits(scope) if self.limits else None
        if own is not None:
            return own
        kind, _ = wellformed.media_type(scope["headers"])
        looked_into = kind == FORM or _is_json(kind)
        return self.max_text if looked_into and not scope["path"].startswith(self.raw) else self.max_body

    async def _read(self, scope: Scope, receive: Receive, limit: int, held: "_Held") -> bytes | None:
        """The whole body; None when the client has gone. A body in drips, or that stops, is given up (F8)."""
        if _bodiless(scope):
            return b""
        body = bytearray()
        begun = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self.body_seconds) as patience:
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    chunk = message.get("body", b"")
                    if len(body) + len(chunk) > limit:
                        raise Malformed("body-too-large", 413)
                    held.take(len(chunk))
                    body += chunk
                    now = asyncio.get_running_loop().time()
                    patience.reschedule(self.body_seconds + min(now, begun + len(body) / self.slowest))
                    if not message.get("more_body", False):
                        break
        except TimeoutError:
            raise Malformed("body-too-slow", 408) from None
        if wellformed.stated_length(scope["headers"]) not in (None, len(body)):
            raise Malformed("content-length-malformed")
        return bytes(body)

    def _check_body(self, scope: Scope, body: bytes, limit: int) -> None:
        if scope["path"].startswith(self.raw) or not body:
            return
        kind, whole = wellformed.media_type(scope["headers"])
        # Litestar reads a body by its route and not by its label, so a label that we do not know is no way past us.
        if _is_json(kind):
            wellformed.check_json(body, self.max_json_depth)
        elif kind == FORM and not self._under_api(scope):
            wellformed.check_form(body, self.csrf_field)
        elif kind == MULTIPART:
            wellformed.check_multipart(body, whole, self.csrf_field, min(limit, self.max_text))
        else:
            raise Malformed("media-type-unknown", 415)

    def _under_api(self, scope: Scope) -> bool:
        path = scope["path"]
        return bool(path == self.api or path.startswith(self.api + "/"))

    async def _answer(self, scope: Scope, send: Send, problem: Problem) -> None:
        if self._under_api(scope):
            kind, body = b"application/problem+json", _problem(problem)
        else:
            kind, body = b"text/html; charset=utf-8", _page(problem)
        headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store")]
        if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers.append((b"retry-after", b"1"))
        await send({"type": "http.response.start", "status": problem.status, "headers": [*headers, *self.headers]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


class Room:
    """Memory that bodies share: so many bytes for all, and so many for one address."""

    def __init__(self, most: int, each: int) -> None:
        self.most = most
        self.each = each
        self.held = 0
        self.by: Counter[str] = Counter()


class _Held:
    """What one request holds of a room."""

    def __init__(self, room: Room, address: str) -> None:
        self.room = room
        self.address = address
        self.bytes = 0

    def take(self, number: int) -> None:
        room = self.room
        if room.held + number > room.most or room.by[self.address] + number > room.each:
            raise Malformed("busy", 503)
        room.held += number
        room.by[self.address] += number
        self.bytes += number

    def release(self) -> None:
        if self.bytes:
            self.room.held -= self.bytes
            self.room.by[self.address] -= self.bytes
            if not self.room.by[self.address]:
                del self.room.by[self.address]
            self.bytes = 0


def address_of(scope: Scope, proxies: Sequence[Network] = ()) -> str:
    """Who asks: the nearest address that is no proxy of ours; what a stranger writes before it counts for nothing."""
    client = scope.get("client")
    found = str(client[0]) if client else ""
    if not proxies:
        return found
    said = b",".join(wellformed.values(scope["headers"], b"x-forwarded-for")).decode("ascii", "replace")
    for before in reversed([one.strip() for one in said.split(",") if one.strip()]):
        if not _is_of(found, proxies):
            break
        found = before
    return found


def _is_of(address: str, proxies: Sequence[Network]) -> bool:
    try:
        return any(ip_address(address) in network for network in proxies)
    except ValueError:
        return False


def _bodiless(scope: Scope) -> bool:
    """Whether a read announces no body (RFC 9112 6.3): then there is nothing to wait for, and it is not asked for."""
    if scope["method"] not in _READS or scope.get("http_version") not in _FRAMED:
        return False
    return all(name not in _ANNOUNCE_A_BODY for name, _ in scope["headers"])


def raw_path_of(scope: Scope) -> bytes:
    """The path as it was sent, without the query."""
    raw = scope.get("raw_path")
    if isinstance(raw, bytes):
        return raw.partition(b"?")[0]
    return quote(scope["path"], errors="surrogateescape").encode()


def _is_json(kind: str) -> bool:
    return kind == JSON or (kind.startswith("application/") and kind.endswith("+json"))


def _problem(problem: Problem) -> bytes:
    title = HTTPStatus(problem.status).phrase
    answer = {
        "status": problem.status,
        "title": title,
        "detail": REPAIR[problem.code],
        "code": problem.code,
        "errors": [],
    }
    return json.dumps(answer).encode()


def _page(problem: Problem) -> bytes:
    sentence = escape(ADVICE.get(problem.code, OTHERWISE))
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>Niet gelukt</title></head>'
        f"<body><main><h1>Niet gelukt</h1><p>{sentence}</p><p><small>{problem.code}</small></p>"
        '<p><a href="/">Naar de voorpagina</a></p></main></body></html>\n'
    ).encode()
