"""What handlers of every room use: the work of the request, problem answers, versions, pages of a list."""

import base64
import binascii
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import MediaType, Request, Response
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect, Template
from litestar.types import ExceptionHandlersMap
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError

from core.clicks import Replay, read_hidden
from core.edge import asks_again, body_digest, header, is_api
from core.errors import Busy, Invalid, Mismatch, Problem, Refused, TooMany, Unauthenticated
from core.frame import asked_language, base
from core.work import IdempotencyRecord, Work, lost_race

T = TypeVar("T")
PAGE = 50
MOST_A_PAGE = 100
PROBLEM = "application/problem+json"
LOG = logging.getLogger("bekwaam")

WorkDep = NamedDependency[Work]


class FieldProblem(msgspec.Struct, frozen=True):
    """One thing that is wrong: the field (dotted, or empty for the whole), a stable code, and what would repair it."""

    field: str
    code: str
    detail: str


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457; `code` is stable, `detail` says what would repair it, `open_moves` what the state allows."""

    status: int
    title: str
    detail: str
    code: str
    type: str = "about:blank"
    instance: str = ""
    errors: Sequence[FieldProblem] = ()
    open_moves: Sequence[str] = ()


async def provide_work(request: Request[Any, Any, Any]) -> Work:
    """The work of this request; Replay when its `Idempotency-Key` was answered before, Mismatch (422) if otherwise."""
    work: Work = request.scope["state"]["work"]
    if request.method == "POST" and not is_api(request.scope["path"]):
        await read_hidden(request, work)
        return work
    key = header(request.scope, b"idempotency-key")
    if request.method != "POST" or key is None or request.route_handler.opt.get("idempotent") is False:
        return work
    if not 1 <= len(key) <= 200:
        raise Invalid("idempotency-key")
    route = request.scope["path"][:200]
    digest = body_digest(await request.body())
    record = await work.session.get(IdempotencyRecord, (work.actor.ref, route, key))
    if record is None:
        request.scope["state"]["idempotency"] = (route, key, digest)
        return work
    if record.body_digest != digest:
        raise Mismatch("idempotency-key-reused")
    raise Replay(record)


def versioned(content: T, version: int, status_code: int = 200, **headers: str) -> Response[T]:
    """An answer with the `ETag` that the next `If-Match` must name."""
    return Response(content, status_code=status_code, headers={"ETag": f'"{version}"', **headers})


class Page(msgspec.Struct, frozen=True):
    """One page of a list; `next` is the cursor of the following one, also in the `Link` header."""

    items: Sequence[Any]
    next: str | None = None


def cursor(*keys: str) -> str:
    """An opaque place in a list."""
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def place(cursor_text: str | None, parts: int) -> list[str] | None:
    """The keys in a cursor; Invalid("cursor") for one that we did not give."""
    if cursor_text is None:
        return None
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor_text + "=" * (-len(cursor_text) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise Invalid("cursor", [("cursor", "cursor")]) from error
    if (
        not isinstance(keys, list)
        or len(keys) != parts
        or not all(isinstance(key, str) and key.isprintable() for key in keys)
    ):
        raise Invalid("cursor", [("cursor", "cursor")])
    return keys


def page_size(asked: int | None) -> int:
    """How many rows a page has: 50, 100 at most; Invalid("page-size") outside 1..100."""
    if asked is None:
        return PAGE
    if not 1 <= asked <= MOST_A_PAGE:
        raise Invalid("page-size", [("pageSize", "page-size")])
    return asked


def listed(
    request: Request[Any, Any, Any],
    rows: Sequence[T],
    size: int,
    key: Callable[[T], Sequence[str]],
    show: Callable[[T], object] | None = None,
) -> Response[Page]:
    """A page of `size` rows out of size + 1 that were asked, with the `Link` to the next one."""
    more = len(rows) > size
    following = cursor(*key(rows[size - 1])) if more else None
    headers = {}
    if following:
        query = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
        address = f"{request.url.path}?{urlencode([*query, ('cursor', following)])}"
        headers["Link"] = f'<{address}>; rel="next"'
    items = list(rows[:size]) if show is None else [show(row) for row in rows[:size]]
    return Response(Page(items, following), headers=headers)


def language(request: Request[Any, Any, Any]) -> str:
    """`nl`, or `en` when the caller asks for it first."""
    return asked_language(request.scope)


def _problem(request: Request[Any, Any, Any], error: Problem) -> Response[Any]:
    texts = request.app.state.texts
    tongue = language(request)
    extra: dict[str, str] = {}
    if isinstance(error, TooMany | Busy):
        extra["Retry-After"] = str(error.retry_after)
    if error.status == 401:
        extra["WWW-Authenticate"] = "Bearer"
    errors = [FieldProblem(name, code, texts.sentence(code, tongue)) for name, code in getattr(error, "errors", ())]
    details = ProblemDetails(
        status=error.status,
        title=texts.title(error.code, tongue, error.status),
        detail=texts.sentence(error.code, tongue, **error.facts),
        code=error.code,
        instance=f"urn:request:{request.scope['state'].get('request_id', '')}",
        errors=errors,
        open_moves=getattr(error, "open_moves", ()),
    )
    return answer_problem(request, details, extra)


def answer_problem(request: Request[Any, Any, Any], details: ProblemDetails, extra: dict[str, str]) -> Response[Any]:
    """A problem as JSON under /v1, as a page elsewhere."""
    if is_api(request.scope["path"]):
        body = msgspec.json.encode(details)
        return Response(body, status_code=details.status, media_type=PROBLEM, headers=extra)
    context = base(request) | {
        "status": details.status,
        "title": details.title,
        "sentence": details.detail,
        "code": details.code,
    }
    context["errors"] = [{"field": e.field, "sentence": e.detail} for e in details.errors]
    context["moves"] = [request.app.state.texts.label(move, "move") for move in details.open_moves]
    return Template("error.html", context=context, status_code=details.status, headers=extra, media_type=MediaType.HTML)


def on_problem(request: Request[Any, Any, Any], error: Problem) -> Response[Any]:
    """One of ours; who has yet to sign in on a page is shown where, and comes back after it."""
    if isinstance(error, Unauthenticated) and not is_api(request.scope["path"]):
        query = request.scope.get("query_string", b"").decode("latin-1")
        wanted = request.scope["path"] + (f"?{query}" if query else "")
        asked = f"?{urlencode({'next': wanted})}" if request.method in {"GET", "HEAD"} else ""
        return Redirect(f"/inloggen{asked}", status_code=303)
    return _problem(request, error)


def on_replay(_request: Request[Any, Any, Any], error: Replay) -> Response[Any]:
    """The stored answer, as it was."""
    record = error.record
    headers = {key: value for key, value in json.loads(record.headers) if key.lower() != "content-length"}
    media_type = headers.pop("content-type", "application/json")
    return Response(record.body, status_code=record.status, headers=headers, media_type=media_type)


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """One of the framework's, in our words: a stable code for each status."""
    if isinstance(error, ValidationException) and error.status_code == 400:
        return _problem(request, Invalid("invalid-input", _framework_errors(error)))
    codes = {
        400: "invalid-input",
        404: "not-found",
        405: "method-not-allowed",
        413: "too-large",
        415: "unsupported-media-type",
    }
    problem = Problem(codes.get(error.status_code, "invalid-input" if error.status_code < 500 else "internal"))
    problem.status = error.status_code
    answer = _problem(request, problem)
    for name, value in (error.headers or {}).items():
        answer.headers[name.title()] = value
    return answer


def _framework_errors(error: ValidationException) -> list[tuple[str, str]]:
    found = error.extra if isinstance(error.extra, list) else []
    return [(str(one.get("key", "")), "invalid-value") for one in found if isinstance(one, dict)]


def on_validation(request: Request[Any, Any, Any], error: ValidationError) -> Response[Any]:
    """A schema that refuses what came in."""
    return _problem(request, Invalid("invalid-input", pydantic_errors(error)))


def pydantic_errors(error: ValidationError) -> list[tuple[str, str]]:
    """Field and code of every error of a schema; a code of our own travels as the type of the error."""
    return [(".".join(str(part) for part in one["loc"]), one["type"].replace("_", "-")) for one in error.errors()]


def on_database(request: Request[Any, Any, Any], error: DBAPIError) -> Response[Any]:
    """A lost race (409), a database that asks again, or one that is not there (503)."""
    if asks_again(error, request.scope):
        return _problem(request, Busy())
    if isinstance(error, IntegrityError):
        try:
            return _problem(request, lost_race(error))
        except IntegrityError:
            return on_anything(request, error)
    if error.connection_invalidated:
        return _problem(request, Busy("database-away", retry_after=5))
    return on_anything(request, error)


def on_stale(request: Request[Any, Any, Any], _error: StaleDataError) -> Response[Any]:
    """Compare-and-swap lost."""
    return _problem(request, Refused("changed-meanwhile"))


def on_pool(request: Request[Any, Any, Any], _error: TimeoutError) -> Response[Any]:
    """No connection was free in time."""
    return _problem(request, Busy("busy", retry_after=2))


def on_anything(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A mistake of ours: logged with its request id, told without detail."""
    LOG.error("unexpected %s", type(error).__name__, exc_info=error)
    return _problem(request, Problem("internal"))


HANDLERS: ExceptionHandlersMap = {
    Problem: on_problem,
    Replay: on_replay,
    HTTPException: on_http,
    ValidationError: on_validation,
    DBAPIError: on_database,
    StaleDataError: on_stale,
    TimeoutError: on_pool,
    Exception: on_anything,
}
