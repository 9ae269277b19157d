"""Figures of a day as JSON: for everybody without small numbers, complete for who may."""

from litestar import Router, get
from litestar.params import FromQuery

from auth.permissions import PUBLIC, Permission
from core.fields import Day
from core.web.http import WorkDep
from register.office.statistics import service
from register.office.statistics.service import Figures


@get("/statistics", requires=PUBLIC, tags=["public"])
async def public(work: WorkDep, on: FromQuery[Day | None] = None) -> Figures:
    """How many stand where in each register on a day; numbers below five are left out."""
    return await service.public(work, on)


@get("/statistics/complete", requires=Permission.STATISTICS_READ, tags=["register"])
async def complete(work: WorkDep, on: FromQuery[Day | None] = None) -> Figures:
    """Every number, for who reports on the register."""
    return await service.complete(work, on)


ROUTES = Router("/", route_handlers=[public, complete])
