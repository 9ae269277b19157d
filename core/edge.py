"""The edge of a request: what stamps, repeats, holds and commits around a handler.

Outermost to innermost: `Stamp` (headers that every answer has), `core.guard` (malformed requests), `Again` (runs the
whole request again when the database asks for it), Litestar, `Edge` (opens the work, commits it before the answer
leaves, or undoes it when the answer is an error).
"""

import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import msgspec
from litestar.utils.scope.state import ScopeState
from sqlalchemy.exc import IntegrityError

from core.db import must_retry, new_id
from core.errors import Busy, NotAcceptable, Stale, Unsupported
from core.metrics import METRICS
from core.work import ATTEMPTS, IdempotencyRecord, Means, Work, breathe

# ASGI's own shapes: these layers stand outside the framework, so they use no types of it.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("bekwaam")
API = "/v1"
API_VERSION = "1.0.0"
SAFE = {"GET", "HEAD", "OPTIONS"}
READ_AS_JSON = {"application/json", "application/problem+json", "application/*", "*/*"}
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,60}")
_VERSION_TAG = re.compile(r'"([0-9]{1,9})"')

HEADERS = {
    "api-version": API_VERSION,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}


@dataclass(frozen=True)
class Nobody:
    """The public: no session, no permission. `auth` replaces it once it knows better."""

    ref: str = "public"
    session_ref: str | None = None

    def can(self, _permission: object) -> bool:
        return False


def is_api(path: str) -> bool:
    """Whether a path belongs to the JSON API, not to the pages."""
    return path == API or path.startswith(API + "/")


def header(scope: Any, name: bytes) -> str | None:
    """One request header, or None."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return None


class Stamp:
    """Gives every answer its request id, version, and security headers; nothing is cached unless it says so."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.fixed = [(key.encode(), value.encode()) for key, value in HEADERS.items()]
        if https:
            self.fixed.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = header(scope, b"x-request-id") or ""
        request_id = given if _REQUEST_ID.fullmatch(given) else str(new_id())
        scope.setdefault("state", {})["request_id"] = request_id

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message["headers"])
                names = {key.lower() for key, _ in own}
                extra = [(key, value) for key, value in self.fixed if key not in names]
                if b"cache-control" not in names:
                    extra.append((b"cache-control", b"no-store"))
                extra.append((b"x-request-id", request_id.encode()))
                message["headers"] = [*own, *extra]
            await send(message)

        await self.app(scope, receive, stamped)


@dataclass
class Held:
    """Keeps an answer back until it is true."""

    messages: list[Message] = field(default_factory=list)

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def status(self) -> int:
        return next((int(m["status"]) for m in self.messages if m["type"] == "http.response.start"), 500)

    @property
    def body(self) -> bytes:
        return b"".join(bytes(m.get("body", b"")) for m in self.messages if m["type"] == "http.response.body")

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        return next((list(m["headers"]) for m in self.messages if m["type"] == "http.response.start"), [])

    def add_header(self, name: str, value: str) -> None:
        for message in self.messages:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (name.encode(), value.encode())]

    async def release(self, send: Send) -> None:
        for message in self.messages:
            await send(message)


@dataclass
class Attempt:
    """One run of a request; an error handler sets `again` when the database asks for another."""

    again: bool = False


class Again:
    """Runs an unsafe request again, as a whole and with its own copy of the scope, while the database asks for it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["method"] in SAFE):
            await self.app(scope, receive, send)
            return
        messages: list[Message] = []

        for number in range(ATTEMPTS):
            attempt, held = Attempt(), Held()
            read = iter(list(messages))

            async def heard(read: Iterable[Message] = read) -> Message:
                for message in read:
                    return message
                message = await receive()
                messages.append(message)
                return message

            again = {**scope, "state": {**scope.get("state", {}), "attempt": attempt}}
            await self.app(again, heard, held)
            if not attempt.again or number == ATTEMPTS - 1:
                await held.release(send)
                return
            await breathe(number)


class Edge:
    """Opens the work of a request, commits it before the answer leaves, undoes it when the answer is an error."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        options: dict[str, Any] = scope["route_handler"].opt
        _negotiate(scope, options)
        means: Means = scope["litestar_app"].state.means
        write = scope["method"] not in SAFE or bool(options.get("traces"))
        work = means.begin(Nobody(), write=write, request_id=scope["state"].get("request_id", ""))
        work.if_match = if_match(scope)
        work.requires_match = bool(options.get("if_match"))
        scope["state"]["work"] = work
        held = Held()
        try:
            await self.app(scope, receive, held)
            # The framework believes that the held answer is out; when it cannot be committed, another one must go.
            ScopeState.from_scope(scope).response_started = False  # type: ignore[arg-type]
            if held.status < 400 and write:
                await _remember_answer(scope, work, held)
                await work.commit()
        finally:
            await work.close()
        _tag(scope, held)
        await held.release(send)
        _count(scope, held.status, perf_counter() - begun)


def _count(scope: Scope, status: int, seconds: float) -> None:
    """One line of log and one count: the template of the route, never the path itself."""
    method, route = scope["method"], scope.get("path_template", "")
    METRICS.count(method, route, status, seconds)
    facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
    LOG.info("request", extra={**facts, "request_id": scope["state"].get("request_id", "")})


def if_match(scope: Scope) -> int | None:
    """The version that `If-Match` names; Stale (412) when it cannot name any of ours. `*` is none in particular."""
    given = header(scope, b"if-match")
    if given is None:
        return None
    found = _VERSION_TAG.fullmatch(given.strip())
    if found is None:
        raise Stale("unknown-version")
    return int(found[1])


def _negotiate(scope: Scope, options: dict[str, Any]) -> None:
    """NotAcceptable (406) and Unsupported (415), before anything is read."""
    if not is_api(scope["path"]):
        return
    accepts = header(scope, b"accept")
    produces = options.get("produces", "application/json")
    if accepts and not _accepts(accepts, produces):
        raise NotAcceptable("not-acceptable", produces=produces)
    if scope["method"] in SAFE or header(scope, b"content-length") in {None, "0"}:
        return
    kind = (header(scope, b"content-type") or "").split(";")[0].strip().lower()
    wanted = options.get("consumes", "application/json")
    if kind != wanted:
        raise Unsupported("unsupported-media-type", consumes=wanted)


def _accepts(accepts: str, produces: str) -> bool:
    ranges = {part.split(";")[0].strip().lower() for part in accepts.split(",")}
    kind = produces.split("/")[0] + "/*"
    return bool(ranges & {produces, kind, "*/*", "application/problem+json"})


def body_digest(body: bytes) -> str:
    """What tells two bodies under one `Idempotency-Key` apart."""
    return hashlib.sha256(body).hexdigest()


async def _remember_answer(scope: Scope, work: Work, held: Held) -> None:
    """Keep the answer beside the change when the caller gave an `Idempotency-Key`."""
    known = scope["state"].get("idempotency")
    if known is None:
        return
    route, key, digest = known
    headers = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in held.headers]
    record = IdempotencyRecord(
        actor=work.actor.ref,
        route=route,
        key=key,
        body_digest=digest,
        status=held.status,
        headers=msgspec.json.encode(headers).decode(),
        body=held.body,
        at=work.now,
    )
    await work.flush()
    work.add(record)
    try:
        await work.flush()
    except IntegrityError as error:  # the same key is being answered at this moment: run again and find that answer
        scope["state"]["attempt"].again = True
        raise Busy from error


def _tag(scope: Scope, held: Held) -> None:
    """An `ETag` over the content for a JSON answer that carries no version of its own; 304 where the caller has it."""
    if scope["method"] not in {"GET", "HEAD"} or held.status != 200 or not is_api(scope["path"]):
        return
    own = next((v.decode("latin-1") for k, v in held.headers if k.lower() == b"etag"), None)
    tag = own or f'"{hashlib.sha256(held.body).hexdigest()[:32]}"'
    if own is None:
        held.add_header("etag", tag)
    if header(scope, b"if-none-match") == tag:
        held.messages = [
            {"type": "http.response.start", "status": 304, "headers": [(b"etag", tag.encode("latin-1"))]},
            {"type": "http.response.body", "body": b"", "more_body": False},
        ]


def asks_again(error: BaseException, scope: Any) -> bool:
    """Tell `Again` that the database wants the whole request once more."""
    attempt = scope.get("state", {}).get("attempt")
    if must_retry(error) and isinstance(attempt, Attempt):
        attempt.again = True
        return True
    return False
