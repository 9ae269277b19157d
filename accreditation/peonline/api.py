"""The door for learning platforms, on its old path, and the keys to it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody
from pydantic import StringConstraints

from accreditation.attendance.service import provider_of
from accreditation.peonline import keys, message, queries, service
from accreditation.peonline.models import PlatformKey
from accreditation.sandbox.policy import DOOR, day_of
from auth.permissions import PUBLIC, Permission
from auth.schemas import Schema
from core.errors import Invalid
from core.fields import NeededLine
from core.web.asgi import header
from core.web.guard import body_of
from core.web.http import AnyRequest, WorkDep, versioned


class NewKey(Schema):
    """A platform that will send attendance; `provider_id` only for who acts for several."""

    platform: Annotated[NeededLine, StringConstraints(max_length=80)]
    provider_id: UUID | None = None


class KeyView(msgspec.Struct, frozen=True):
    """One key: `user_id` and, this once, `user_key` are what a platform fills in."""

    id: UUID
    platform: str
    user_id: str
    user_key: str | None
    from_on: date
    until_on: date | None
    """The last day on which it opens the door; none while nobody replaced or closed it."""
    last_used_at: datetime | None


TRIAL = "/pe-services/proef/pe-attendanceelearning/WriteAttendance.asmx/ProcessXML"
"""The same door for trying a connection out: it answers and does nothing, with `?datum=2027-01-15` as on that day."""
XML = "text/xml"


@post(DOOR, requires=PUBLIC, status_code=200, idempotent=False)
async def process(request: AnyRequest) -> Response[bytes]:
    """Take one message. The body holds a key: it reaches no log, no record and no line of the trail."""
    work = request.scope["state"]["work"]
    day = day_of(header(request.scope, b"sandbox-date"), work.today)
    answer = await service.process(work, body_of(dict(request.scope)), pretended=day)
    return _answer(request, answer)


@post(TRIAL, requires=PUBLIC, status_code=200, idempotent=False)
async def attempt(request: AnyRequest, datum: FromQuery[str | None] = None) -> Response[bytes]:
    """Try a message out, on any day, without effect."""
    work = request.scope["state"]["work"]
    if datum is not None:
        try:
            work.today = date.fromisoformat(datum)
        except ValueError as error:
            raise Invalid("invalid-input", [("datum", "day")]) from error
    answer = await service.process(work, body_of(dict(request.scope)), trial=True)
    return _answer(request, answer)


def _answer(request: AnyRequest, answer: str) -> Response[bytes]:
    soap = header(request.scope, b"soapaction") is not None
    return Response(message.document(answer, soap=soap), media_type=XML)


def key_view(row: PlatformKey, key: str | None = None, last_used_at: datetime | None = None) -> KeyView:
    """A key as its provider sees it."""
    return KeyView(row.id, row.platform, row.user_id, key, row.from_on, row.until_on, last_used_at)


@get("/platform-keys", requires=Permission.ATTENDANCE_REPORT, tags=["attendance"])
async def own_keys(work: WorkDep, provider: FromQuery[UUID | None] = None) -> Sequence[KeyView]:
    """The keys of one's provider, without the keys themselves."""
    rows = await queries.keys_of(work, [provider_of(work, provider)])
    used = await queries.last_used(work, [row.id for row in rows])
    return [key_view(row, None, used.get(row.id)) for row in rows]


@get("/platform-keys/{id:uuid}", requires=Permission.ATTENDANCE_REPORT, tags=["attendance"])
async def own_key(work: WorkDep, id: FromPath[UUID]) -> Response[KeyView]:
    """One key, without the key itself."""
    row = await queries.own_key(work, id)
    used = await queries.last_used(work, [row.id])
    return versioned(key_view(row, None, used.get(row.id)), row.version)


@post("/platform-keys", requires=Permission.ATTENDANCE_REPORT, idempotent=False, tags=["attendance"])
async def draw(work: WorkDep, data: JSONBody[NewKey]) -> Response[KeyView]:
    """Draw a key for one more platform; it is shown this once, so the answer is not kept for a repetition."""
    row, key = await keys.draw(work, data.platform, data.provider_id)
    return versioned(key_view(row, key), row.version, 201)


@post(
    "/platform-keys/{id:uuid}/replacement",
    requires=Permission.ATTENDANCE_REPORT,
    if_match=True,
    idempotent=False,
    tags=["attendance"],
)
async def replace(work: WorkDep, id: FromPath[UUID]) -> Response[KeyView]:
    """Draw a new key under the same user; the one before still works for thirty days."""
    row, key = await keys.replace(work, id)
    return versioned(key_view(row, key), row.version, 201)


@post("/platform-keys/{id:uuid}/closing", requires=Permission.ATTENDANCE_REPORT, if_match=True, tags=["attendance"])
async def close(work: WorkDep, id: FromPath[UUID]) -> Response[KeyView]:
    """Close a key at once."""
    row = await keys.end(work, id)
    await work.flush()
    return versioned(key_view(row), row.version, 201)


ROUTES = Router("/", route_handlers=[own_keys, own_key, draw, replace, close])
HANDLERS = [process, attempt]
