"""The trail as JSON, for the auditor; its last checkpoint, for everybody."""

import asyncio

from litestar import Response, Router, get
from litestar.params import FromQuery

from auth.permissions import PUBLIC, Permission
from core.errors import NotFound
from core.fields import Day
from core.store.checkpoints import Published, Witness
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id
from register.office import trail
from register.office.trail import Checked, Line


@get("/trail-checkpoint", requires=PUBLIC, tags=["trail"])
async def last_checkpoint(work: WorkDep) -> Published:
    """The last signed checkpoint of the trail; keep it, and no later trail can be another in silence.

    `signed` is compact JWS (ES256; keys at /.well-known/jwks.json). 404 `no-checkpoint` while there is none.
    """
    witness = work.means.ports.get(Witness)
    found = await asyncio.to_thread(witness.last) if isinstance(witness, Witness) else None
    if found is None:
        raise NotFound("no-checkpoint")
    return found


@get("/trail-events", requires=Permission.TRAIL_READ, tags=["trail"])
async def events(
    request: AnyRequest,
    work: WorkDep,
    stream: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    on: FromQuery[Day | None] = None,
    looks: FromQuery[bool] = False,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The lines of the trail, the latest first: by stream (`decision/…`), kind (`decision` or `decision:notify`), day.

    In the place of a stream a register number may stand; `looks` leaves what only tells who looked. Looking leaves a
    line as well. 400 `unknown-choice`, `unknown-action`; 404 `no-such-person`.
    """
    size = page_size(pageSize)
    asked = await trail.about(work, stream, kind=kind, on=on, looks=looks)
    rows = await trail.lines(work, asked, place_id(cursor), size + 1)
    return listed(request, rows, size, _key)


@get("/trail-checks", requires=Permission.TRAIL_READ, tags=["trail"])
async def check(work: WorkDep, stream: FromQuery[str]) -> Checked:
    """Whether the lines of one stream hang together, from the first to the last. NotFound("no-such-stream")."""
    found = await trail.check(work, stream.strip())
    if found is None:
        raise NotFound("no-such-stream")
    return found


def _key(line: Line) -> list[str]:
    return [str(line.id)]


ROUTES = Router("/", route_handlers=[last_checkpoint, events, check])
