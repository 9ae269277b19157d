"""Whether the service lives, is ready, and how it fares."""

from typing import Any

import sqlalchemy as sa
from litestar import MediaType, Request, Response, get

from auth.permissions import PUBLIC
from core.clock import machine_now
from core.errors import Busy
from core.metrics import METRICS


@get("/health/live", requires=PUBLIC, include_in_schema=False)
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@get("/health/ready", requires=PUBLIC, include_in_schema=False)
async def ready(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The database answers; 503 while it does not or the service is stopping."""
    if request.app.state.stopping:
        raise Busy("stopping", retry_after=5)
    await request.app.state.means.database.ask(sa.text("SELECT 1"))
    return {"status": "ready", "at": machine_now().isoformat()}


@get("/metrics", requires=PUBLIC, include_in_schema=False, media_type=MediaType.TEXT)
async def metrics() -> Response[str]:
    """Requests by method, kind of route and status, in OpenMetrics text; no address, no id."""
    return Response(METRICS.text(), media_type="application/openmetrics-text; version=1.0.0; charset=utf-8")


HANDLERS = [live, ready, metrics]
