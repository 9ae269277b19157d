"""One's own entry, and leaving the register, as JSON."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath

from auth.permissions import Permission
from core.web.http import WorkDep, versioned
from register.applications.answers import registration_view
from register.committee import departure
from register.entries import queries as registrations
from register.entries.schemas import RegistrationView


@get("/registrations/{registration_id:uuid}", requires=Permission.APPLICATION_READ_OWN, tags=["register"])
async def registration(work: WorkDep, registration_id: FromPath[UUID]) -> Response[RegistrationView]:
    """One's own entry in one register."""
    row = await departure.own_entry(work, registration_id)
    held = await registrations.qualifications(work, [row.id])
    return versioned(registration_view(row, held), row.version)


@post(
    "/registrations/{registration_id:uuid}/deregistration",
    requires=Permission.APPLICATION_FILE,
    if_match=True,
    tags=["register"],
)
async def deregister(work: WorkDep, registration_id: FromPath[UUID]) -> Response[RegistrationView]:
    """Leave the register on one's own request; what was asked is withdrawn."""
    row = await departure.deregister(work, registration_id)
    await work.flush()
    return versioned(registration_view(row), row.version, 201)


ROUTES = Router("/", route_handlers=[registration, deregister])
