"""Running a request again when the database asks for it: the whole handler, policy included (F11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError

from core.store.db import must_retry
from core.store.work import ATTEMPTS, breathe
from core.web.asgi import SAFE, ASGIApp, BufferedResponse, Message, Receive, Scope, Send, later_of


@dataclass
class Attempt:
    """One run of a request; an error handler sets `again` when the database asks for another, of the last in vain."""

    again: bool = False
    last: bool = False


class Again:
    """Runs a request again, as a whole and with its own copy of the scope, while the database asks for it.

    Also one that only reads: where a look leaves a trace, it writes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        messages: list[Message] = []

        for number in range(ATTEMPTS):
            attempt, held = Attempt(last=number == ATTEMPTS - 1), BufferedResponse()
            read = iter(list(messages))

            async def heard(read: Iterable[Message] = read) -> Message:
                for message in read:
                    return message
                message = await receive()
                messages.append(message)
                return message

            again = {**scope, "state": {**scope.get("state", {}), "attempt": attempt}}
            await self.app(again, heard, held)
            if not attempt.again or attempt.last:
                await held.release(send, later_of(again, held.status))
                return
            await breathe(number)


def asks_again(error: BaseException, scope: Any) -> bool:
    """Tell `Again` that the database wants the whole request once more, or that a read met a session that had ended."""
    attempt = scope.get("state", {}).get("attempt")
    ended = isinstance(error, DBAPIError) and error.connection_invalidated and scope["method"] in SAFE
    if (must_retry(error) or ended) and isinstance(attempt, Attempt):
        attempt.again = True
        return True
    return False
