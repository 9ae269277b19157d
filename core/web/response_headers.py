"""The outermost layer: the headers that every answer has, whoever gives it."""

import re

from core.store.db import new_id_text
from core.web.asgi import ASGIApp, Message, Receive, Scope, Send, header

API_VERSION = "1.0.0"
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,60}")

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
        "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}


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
        request_id = given if _REQUEST_ID.fullmatch(given) else new_id_text()
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
