"""Whether the service lives and is ready; how it fares stands on a port of its own (core.metrics)."""

import asyncio
from typing import Any

from litestar import Request, get

from auth.permissions import PUBLIC
from core.clock import machine_now
from core.errors import Busy
from register.service.installation import require_ready

WITHIN = 3
"""Seconds in which all of them must answer."""


@get("/health/live", requires=PUBLIC, include_in_schema=False)
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@get("/health/ready", requires=PUBLIC, include_in_schema=False)
async def ready(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Database, schema, files, room and clock are as they must be; 503 or 507 while one is not, or while stopping."""
    if request.app.state.stopping:
        raise Busy("stopping", retry_after=5)
    try:
        async with asyncio.timeout(WITHIN):
            await require_ready(request.app.state.means)
    except TimeoutError:
        raise Busy("database-away", retry_after=WITHIN) from None
    return {"status": "ready", "at": machine_now().isoformat()}


HANDLERS = [live, ready]
