"""What handlers of every room use: the work of the request, problem answers, versions, pages of a list."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency

from core.errors import Invalid, Mismatch
from core.store.work import IdempotencyRecord, Work
from core.web.asgi import header, is_api
from core.web.frame import asked_language
from core.web.guard import body_of
from core.web.idempotency import Replay, read_hidden
from core.web.unit_of_work import body_digest

T = TypeVar("T")
PAGE = 50
MOST_A_PAGE = 100
WorkDep = NamedDependency[Work]
AnyRequest = Request[Any, Any, Any]


async def provide_work(request: AnyRequest) -> Work:
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
    digest = body_digest(_content(request))
    record = await work.session.get(IdempotencyRecord, (work.actor.ref, route, key))
    if record is None:
        request.scope["state"]["idempotency"] = (route, key, digest)
        return work
    if record.body_digest != digest:
        raise Mismatch("idempotency-key-reused")
    raise Replay(record)


def _content(request: AnyRequest) -> bytes:
    """The body without the boundary of its parts: a form that is sent again has the same parts and another boundary.

    From the guard, which read it: the framework may have taken the form from the stream already.
    """
    kind = header(request.scope, b"content-type") or ""
    _, found, boundary = kind.partition("boundary=")
    body = body_of(dict(request.scope))
    return body.replace(boundary.strip('"').encode("latin-1"), b"") if found and boundary else body


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


def place_id(cursor_text: str | None) -> UUID | None:
    """The id in a cursor of one key; Invalid("cursor") for one that we did not give."""
    keys = place(cursor_text, 1)
    try:
        return UUID(keys[0]) if keys else None
    except ValueError as error:
        raise Invalid("cursor", [("cursor", "cursor")]) from error


def page_size(asked: int | None) -> int:
    """How many rows a page has: 50, 100 at most; Invalid("page-size") outside 1..100."""
    if asked is None:
        return PAGE
    if not 1 <= asked <= MOST_A_PAGE:
        raise Invalid("page-size", [("pageSize", "page-size")])
    return asked


def listed(
    request: AnyRequest,
    rows: Sequence[T],
    size: int,
    key: Callable[[T], Sequence[str]],
    show: Callable[[T], object] | None = None,
) -> Response[Page]:
    """A page of `size` rows out of size + 1 that were asked, with the `Link` to the next one."""
    after = following(rows, size, key)
    headers = {"Link": link_to(request.url.path, request.scope["query_string"], after)} if after else {}
    items = list(rows[:size]) if show is None else [show(row) for row in rows[:size]]
    return Response(Page(items, after), headers=headers)


def following(rows: Sequence[T], size: int, key: Callable[[T], Sequence[str]]) -> str | None:
    """The cursor of the page after `size` rows, when there were more."""
    return cursor(*key(rows[size - 1])) if len(rows) > size else None


def link_to(path: str, query: bytes, after: str) -> str:
    """The `Link` to the next page of a list (RFC 8288), with what was asked in the order in which it was asked."""
    given = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    kept = [(name, value) for name, value in given if name != "cursor"]
    return f'<{path}?{urlencode([*kept, ("cursor", after)])}>; rel="next"'


def language(request: AnyRequest) -> str:
    """`nl`, or `en` when the caller asks for it first."""
    return asked_language(request.scope)
