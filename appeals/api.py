"""The term calculator as JSON: the same answers as `bekwaam term`."""

import asyncio
from typing import Any

from litestar import Request, Response, Router, post

from appeals.calculator import run
from auth.permissions import PUBLIC


@post("/term-calculations", requires=PUBLIC, idempotent=False, status_code=200, tags=["calculators"])
async def calculate(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Days of the Algemene wet bestuursrecht, with every step and its article; an array in gives an array out.

    An item that cannot be read answers `errors` in its place; 400 when nothing could be read.
    """
    means = request.app.state.means
    answer, code = await asyncio.to_thread(run, (await request.body()).decode(), means.calendar)
    return Response(answer.encode(), status_code=400 if code == 2 else 200, media_type="application/json")


ROUTES = Router("/", route_handlers=[calculate])
