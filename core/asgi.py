"""What the layers around the framework share: ASGI's own shapes, a header, an answer that is held back."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

# ASGI's own shapes: these layers stand outside the framework, so they use no types of it.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

API = "/v1"
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
