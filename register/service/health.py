"""Whether the service lives and is ready; how it fares stands on a port of its own (core.metrics)."""

from typing import Any

import sqlalchemy as sa
from litestar import Request, get

from auth.permissions import PUBLIC
from core.clock import machine_now
from core.errors import Busy


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


HANDLERS = [live, ready]
