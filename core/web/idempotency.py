"""What a form on a page carries unseen: the version that was read, and a key that makes a second click harmless."""

from typing import Any

from litestar import Request

from core.errors import Stale
from core.store.work import IdempotencyRecord, Work
from core.web.unit_of_work import body_digest

LONGEST_KEY = 60


class Replay(Exception):
    """The request was answered before; give that answer again."""

    def __init__(self, record: IdempotencyRecord) -> None:
        super().__init__("replay")
        self.record = record


async def read_hidden(request: Request[Any, Any, Any], work: Work) -> None:
    """`_version` is the If-Match of a form, `_key` its idempotency key: Replay when it was answered before.

    The key goes with the content of the fields (a browser draws a new boundary for each click), so that somebody who
    goes back and types something else is not answered with what they typed first.
    """
    fields = list((await request.form()).multi_items())  # a generator is read once
    hidden = {name: value for name, value in fields if name in {"_version", "_key"} and isinstance(value, str)}
    if version := hidden.get("_version"):
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            raise Stale("unknown-version")
        work.if_match = int(version)
    key = hidden.get("_key", "")
    if not key or len(key) > LONGEST_KEY or request.route_handler.opt.get("idempotent") is False:
        return
    parts = [f"{name}={value if isinstance(value, str) else await _digest(value)}" for name, value in fields]
    digest = body_digest("\0".join(parts).encode())
    route, key = request.scope["path"][:200], f"{key}:{digest}"
    record = await work.session.get(IdempotencyRecord, (work.actor.ref, route, key))
    if record is not None:
        raise Replay(record)
    request.scope["state"]["idempotency"] = (route, key, digest)


async def _digest(file: Any) -> str:
    await file.seek(0)
    return body_digest(await file.read())
