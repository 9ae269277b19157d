"""The assessor as JSON: the same answers as `bekwaam assess`."""

import asyncio
from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, Router, get, post

from auth.permissions import PUBLIC
from register.rules.assessment.assess import run


@post("/assessments", requires=PUBLIC, idempotent=False, status_code=200, tags=["calculators"])
async def assess(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What the committee would have to decide on stated facts; an array in gives an array out.

    An item that cannot be read answers `errors` in its place; 400 when nothing could be read.
    """
    answer, code = await asyncio.to_thread(run, (await request.body()).decode(), request.app.state.means.rules)
    return Response(answer.encode(), status_code=400 if code == 2 else 200, media_type="application/json")


@get("/rule-sets", requires=PUBLIC, tags=["calculators"])
async def rule_sets(request: Request[Any, Any, Any]) -> Sequence[dict[str, Any]]:
    """Every rule set: its register, version, and from when it holds."""
    return [
        {
            "name": rules.name,
            "register_code": rules.register_name,
            "version": rules.version,
            "from_on": rules.from_on,
            "until_on": rules.until_on,
            "selected_by": rules.selected_by.value,
        }
        for rules in request.app.state.means.rules
    ]


ROUTES = Router("/", route_handlers=[assess, rule_sets])
