"""The two reads that the whole country does, answered before the framework: a lookup by number, a search by name.

Only what is plain is answered here: a GET by nobody in particular that finds somebody. Whatever else it is, a mistake,
a cursor, an odd header, nobody found, goes on to the framework, which answers the plain ones just the same
(`tests/register/entries/test_public_reads.py` holds every header and byte of both ways equal).
"""

import re
from collections.abc import Sequence
from time import perf_counter
from typing import Any
from urllib.parse import unquote_plus

import msgspec

from core.errors import Problem
from core.store.work import Means
from core.web.asgi import ASGIApp, Receive, Scope, Send
from core.web.guard import body_of, raw_path_of
from core.web.http import PAGE, Page, following, link_to
from core.web.unit_of_work import count, tag_of
from register.entries import search

LIST = "/v1/register-entries"
BY_NUMBER = f"{LIST}/{{register_number}}"
_NUMBER = re.compile(rb"/v1/register-entries/([0-9]{1,20})")
_NAME = re.compile(rb"name=([A-Za-z0-9%+._~-]{1,200})(?:&pageSize=([1-9][0-9]?|100))?")
_TAKEN = frozenset({b"*/*", b"application/json"})
_NOT_PLAIN = frozenset({b"authorization", b"if-match"})
"""Who signs in, and who names a version, is for the framework to judge."""
ENCODE = msgspec.json.Encoder().encode

Found = tuple[str, bytes, list[tuple[bytes, bytes]]]
"""The route, the body, and what headers go before its tag."""


class PublicReads:
    """Answers the two; everything else goes on to the application."""

    def __init__(self, app: ASGIApp, means: Means) -> None:
        self.app = app
        self.means = means

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = perf_counter()
        found = await self._found(scope) if _is_plain(scope) else None
        if found is None:
            await self.app(scope, receive, send)
            return
        route, body, headers = found
        tag = tag_of(body).encode()
        status = 200
        headers = [(b"content-type", b"application/json"), *headers, (b"content-length", b"%d" % len(body))]
        if any(name == b"if-none-match" and value == tag for name, value in scope["headers"]):
            status, body, headers = 304, b"", []
        await send({"type": "http.response.start", "status": status, "headers": [*headers, (b"etag", tag)]})
        await send({"type": "http.response.body", "body": body, "more_body": False})
        count(scope, route, status, perf_counter() - begun)

    async def _found(self, scope: Scope) -> Found | None:
        raw, query = raw_path_of(scope), scope.get("query_string", b"")
        if raw == LIST.encode() and (asked := _NAME.fullmatch(query)):
            return await self._by_name(unquote_plus(asked[1].decode()), int(asked[2] or PAGE), query)
        if not query and (number := _NUMBER.fullmatch(raw)):
            return await self._by_number(number[1].decode())
        return None

    async def _by_number(self, number: str) -> Found | None:
        rows = await self.means.database.ask(search.BY_NUMBER, {"number": number})
        return (BY_NUMBER, ENCODE([search.view(row) for row in rows]), []) if rows else None

    async def _by_name(self, name: str, size: int, query: bytes) -> Found | None:
        try:
            wanted, values = search.named(search.asked_words(name), size + 1)
        except Problem:
            return None
        rows: Sequence[Any] = await self.means.database.ask(wanted, values)
        if not rows:
            return None
        after = following(rows, size, search.key_of)
        body = ENCODE(Page([search.view(row) for row in rows[:size]], after))
        return LIST, body, [(b"link", link_to(LIST, query, after).encode())] if after else []


def _is_plain(scope: Scope) -> bool:
    """A GET under the API without a body, by nobody in particular, that takes JSON."""
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(LIST):
        return False
    for name, value in scope["headers"]:
        if name in _NOT_PLAIN or (name == b"accept" and value not in _TAKEN):
            return False
    return not body_of(scope)
