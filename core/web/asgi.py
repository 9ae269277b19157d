"""What the layers around the framework share: ASGI's own shapes, a header, an answer that is held back."""

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

# ASGI's own shapes: these layers stand outside the framework, so they use no types of it.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

API = "/v1"
OK = 200
LATER = "body_later"
SAFE = {"GET", "HEAD", "OPTIONS"}


def is_api(path: str) -> bool:
    """Whether a path belongs to the JSON API, not to the pages."""
    return path == API or path.startswith(API + "/")


def header(scope: Any, name: bytes) -> str | None:
    """One request header, or None."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return None


@dataclass
class BufferedResponse:
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

    async def release(self, send: Send, later: AsyncIterator[bytes] | None = None) -> None:
        """Let the answer go; `later` is a body that is written while it is sent, in the place of an empty one."""
        if later is None:
            for message in self.messages:
                await send(message)
            return
        start = next(message for message in self.messages if message["type"] == "http.response.start")
        headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        await send({**start, "headers": headers})
        async for piece in later:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Heads:
    """Answers HEAD as GET, without the body (RFC 9110 9.3.2): whatever can be read can be asked about."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, bare)


def follow_with(scope: Any, pieces: AsyncIterator[bytes]) -> None:
    """Write the body of this answer after its transaction, piece by piece: for what is too large to hold."""
    scope["state"][LATER] = pieces


def later_of(scope: Any, status: int) -> AsyncIterator[bytes] | None:
    """The body that is to follow an answer that went well."""
    found: AsyncIterator[bytes] | None = scope.get("state", {}).get(LATER)
    return found if status == OK else None
