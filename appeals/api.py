"""The term calculator as JSON: the same answers as `bekwaam term`."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post

from appeals.calculator import run
from auth.permissions import PUBLIC
from core.records import filled
from core.web.http import WorkDep


@post("/term-calculations", requires=PUBLIC, idempotent=False, status_code=200, tags=["calculators"])
async def calculate(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Days of the Algemene wet bestuursrecht, with every step and its article; an array in gives an array out.

    An item that cannot be read answers `errors` in its place; 400 when nothing could be read.
    """
    means = request.app.state.means
    answer, code = await asyncio.to_thread(run, (await request.body()).decode(), means.calendar)
    return Response(answer.encode(), status_code=400 if code == 2 else 200, media_type="application/json")


class RateView(msgspec.Struct, frozen=True):
    """One figure, with its article and unit, from when it holds, where it was found and the day it was noted."""

    article: str
    what: str
    amount: str
    unit: str
    valid_from: date
    source: str
    noted_on: date


@get("/tariffs", requires=PUBLIC, tags=["calculators"])
async def tariffs(work: WorkDep) -> Sequence[RateView]:
    """Every figure by which penalties and costs are worked out here, those that ship and those of the installation."""
    return [filled(RateView, row, amount=str(row.amount)) for row in work.means.settings.rates.rows]


ROUTES = Router("/", route_handlers=[calculate, tariffs])
