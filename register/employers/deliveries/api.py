"""What boards say of one's own appointments, as JSON: read it, confirm it or refuse it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath

from auth.permissions import Permission
from core.records import filled
from core.web.http import WorkDep, versioned
from register.employers.deliveries import queries, service
from register.employers.deliveries.models import AppointmentClaim


class AppointmentClaimView(msgspec.Struct, frozen=True):
    """What a board says; `changes` is the appointment that would end, null where one would be added."""

    id: UUID
    changes: UUID | None
    board_number: str
    location_code: str
    role: str
    appointed_on: date
    ended_on: date | None
    state: str
    delivered_at: datetime


@get("/appointment-claims", requires=Permission.APPOINTMENT_KEEP, tags=["register"])
async def claims(work: WorkDep) -> Sequence[AppointmentClaimView]:
    """What waits for one's answer, oldest first; a hundred at most."""
    return [view(claim) for claim, _board, _school in await queries.waiting(work)]


@get("/appointment-claims/{claim_id:uuid}", requires=Permission.APPOINTMENT_KEEP, tags=["register"])
async def claim(work: WorkDep, claim_id: FromPath[UUID]) -> Response[AppointmentClaimView]:
    """What a board says of one appointment."""
    row = await queries.own_claim(work, claim_id)
    return versioned(view(row), row.version)


@post(
    "/appointment-claims/{claim_id:uuid}/confirmation",
    requires=Permission.APPOINTMENT_KEEP,
    if_match=True,
    tags=["register"],
)
async def confirm(work: WorkDep, claim_id: FromPath[UUID]) -> Response[AppointmentClaimView]:
    """It is so: the appointment is added, or ends on the day that the board says."""
    row = await service.confirm(work, claim_id)
    await work.flush()
    return versioned(view(row), row.version, 201)


@post(
    "/appointment-claims/{claim_id:uuid}/refusal",
    requires=Permission.APPOINTMENT_KEEP,
    if_match=True,
    tags=["register"],
)
async def refuse(work: WorkDep, claim_id: FromPath[UUID]) -> Response[AppointmentClaimView]:
    """It is not so: nothing changes, and the difference is for the board."""
    row = await service.refuse(work, claim_id)
    await work.flush()
    return versioned(view(row), row.version, 201)


def view(row: AppointmentClaim) -> AppointmentClaimView:
    """What a board says, as its holder sees it."""
    return filled(AppointmentClaimView, row, changes=row.appointment_id)


ROUTES = Router("/", route_handlers=[claims, claim, confirm, refuse])
