"""Hours and budgets by a cao as JSON: the same answers as `bekwaam entitlement`."""

import asyncio
from typing import Any

from litestar import Request, Response, Router, post

from auth.permissions import PUBLIC
from register.rules.entitlement.answer import MOST_ITEMS, run


@post("/entitlements", requires=PUBLIC, idempotent=False, status_code=200, tags=["calculators"])
async def entitlements(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Hours and euros for professional development by a cao, year by year, on stated facts; an array gives an array.

    An item that cannot be read answers `errors` in its place; 400 when nothing could be read, and for more than a
    hundred items (`too-many`). A line of spending that is refused is a result.
    """
    caos = request.app.state.means.settings.caos
    answer, code = await asyncio.to_thread(run, (await request.body()).decode(), caos, MOST_ITEMS)
    return Response(answer.encode(), status_code=400 if code == 2 else 200, media_type="application/json")


ROUTES = Router("/", route_handlers=[entitlements])
