"""The edge of a request: opens the work, commits it before the answer leaves, or undoes it when that is an error.

Outermost to innermost stand `core.web.response_headers` (headers that every answer has), `core.web.guard`
(malformed requests), `core.web.retry` (the whole request again when the database asks for it), Litestar, and this.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

import msgspec
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.utils.scope.state import ScopeState
from sqlalchemy.exc import IntegrityError

from core.errors import Busy, Code, Invalid, NotAcceptable, NotFound, Stale, Unsupported
from core.logs import answered
from core.metrics import METRICS
from core.store.work import IdempotencyRecord, Means, Work
from core.web.asgi import SAFE, ASGIApp, BufferedResponse, Receive, Scope, Send, header, is_api
from core.web.guard import ADDRESS

QUERIES = "queries"
SKEWS = "skews"
"""The option of a route whose writes are kept apart by what they change (`Database.writing`)."""
MOST_NAMED = 10
_VERSION_TAG = re.compile(r'"([0-9]{1,9})"')


@dataclass(frozen=True)
class Nobody:
    """The public: no session, no permission. `auth` replaces it once it knows better."""

    ref: str = "public"
    session_ref: str | None = None

    def can(self, _permission: object) -> bool:
        return False


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
        write = scope["method"] not in SAFE
        work = means.begin(
            Nobody(),
            write=write,
            skews=options.get(SKEWS, True),
            request_id=scope["state"].get("request_id", ""),
        )
        work.address = scope["state"].get(ADDRESS, "")
        work.if_match = if_match(scope)
        work.requires_match = bool(options.get("if_match"))
        scope["state"]["work"] = work
        held = BufferedResponse()
        try:
            await self.app(scope, receive, held)
            # The framework believes that the held answer is out; when it cannot be committed, another one must go.
            ScopeState.from_scope(scope).response_started = False  # type: ignore[arg-type]
            if held.status < 400 and write:
                await _remember_answer(scope, work, held)
                await work.commit()
        finally:
            await work.close()
        attempt = scope["state"].get("attempt")
        again = attempt is not None and attempt.again
        if not again:
            await work.keep_looks()
        _tag(scope, held)
        await held.release(send)
        if again and not attempt.last:  # what is run again is no answer
            METRICS.count_again(scope.get("path_template", ""))
        else:
            count(scope, scope.get("path_template", ""), held.status, perf_counter() - begun)


def count(scope: Scope, route: str, status: int, seconds: float) -> None:
    """One line of log and one count: the template of the route, never the path itself."""
    method = scope["method"]
    METRICS.count(method, route, status, seconds)
    request_id = scope["state"].get("request_id", "")
    answered(request_id=request_id, method=method, route=route, status=status, seconds=seconds)


def if_match(scope: Scope) -> int | None:
    """The version that `If-Match` names; Stale (412) when it cannot name any of ours."""
    given = header(scope, b"if-match")
    if given is None:
        return None
    found = _VERSION_TAG.fullmatch(given.strip())
    if found is None:
        raise Stale("unknown-version")
    return int(found[1])


def _negotiate(scope: Scope, options: dict[str, Any]) -> None:
    """NotAcceptable (406), Unsupported (415), NotFound (404) for slashes too many."""
    if not is_api(scope["path"]):
        return
    given = unquote_to_bytes((scope.get("raw_path") or b"").split(b"?")[0])
    if given.endswith(b"/") or b"//" in given:  # the framework looks past slashes; the API Design Rules do not
        raise NotFound("not-found")
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


def learn_queries(app: Litestar) -> None:
    """Note beside each route which query parameters its handler declares."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler, kwargs in route.route_handler_map.values():
                handler.opt[QUERIES] = frozenset(each.field_alias for each in kwargs.expected_query_params)


def require_known_queries(scope: Scope, options: Mapping[str, Any]) -> None:
    """Invalid("unknown-parameter") for a query name that the route does not declare: silence would be an answer too.

    Asked once it is known who asks; pages pass over what they do not know.
    """
    if not is_api(scope["path"]):
        return
    given = parse_qsl((scope.get("query_string") or b"").decode("latin-1"), keep_blank_values=True)
    strange = sorted({name for name, _ in given} - options.get(QUERIES, frozenset()))
    if strange:
        known = ", ".join(sorted(options.get(QUERIES, ()))) or "–"
        code = Code("unknown-parameter", {"known": known})
        raise Invalid("unknown-parameter", [(name[:60], code) for name in strange[:MOST_NAMED]], known=known)


def _accepts(accepts: str, produces: str) -> bool:
    ranges = {part.split(";")[0].strip().lower() for part in accepts.split(",")}
    kind = produces.split("/")[0] + "/*"
    return bool(ranges & {produces, kind, "*/*", "application/problem+json"})


def body_digest(body: bytes) -> str:
    """What tells two bodies under one `Idempotency-Key` apart."""
    return hashlib.sha256(body).hexdigest()


async def _remember_answer(scope: Scope, work: Work, held: BufferedResponse) -> None:
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


def tag_of(body: bytes) -> str:
    """The `ETag` of an answer that carries no version of its own."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _tag(scope: Scope, held: BufferedResponse) -> None:
    """An `ETag` over the content for a JSON answer that carries no version of its own; 304 where the caller has it."""
    if scope["method"] not in {"GET", "HEAD"} or held.status != 200 or not is_api(scope["path"]):
        return
    own = next((v.decode("latin-1") for k, v in held.headers if k.lower() == b"etag"), None)
    tag = own or tag_of(held.body)
    if own is None:
        held.add_header("etag", tag)
    if header(scope, b"if-none-match") == tag:
        held.messages = [
            {"type": "http.response.start", "status": 304, "headers": [(b"etag", tag.encode("latin-1"))]},
            {"type": "http.response.body", "body": b"", "more_body": False},
        ]
