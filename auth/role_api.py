"""Who holds which role as JSON, and the end of one."""

from datetime import date
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth import holders
from auth.models import Person, RoleGrant
from auth.permissions import Permission, Role
from auth.schemas import EndOfRole
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned

STAFF = tuple(role for role in Role if role not in {Role.PROFESSIONAL, Role.PROVIDER})
"""Roles that are given by administrators; the others come with an enrolment or from a provider."""


class GrantView(msgspec.Struct, frozen=True):
    """A role that somebody holds today."""

    id: UUID
    role: str
    scope: str
    person: str
    register_number: str
    from_on: date


@get("/role-grants", requires=Permission.ROLE_READ, tags=["roles"])
async def grants(
    request: AnyRequest,
    work: WorkDep,
    role: FromQuery[Role | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """Who holds which role today, by family name."""
    size = page_size(pageSize)
    rows = await holders.held(work, [role] if role else STAFF, place_id(cursor), size + 1)
    return listed(request, [view(*each) for each in rows], size, lambda one: [str(one.id)])


@get("/role-grants/{grant_id:uuid}", requires=Permission.ROLE_READ, tags=["roles"])
async def grant(work: WorkDep, grant_id: FromPath[UUID]) -> Response[GrantView]:
    """One role of one person."""
    row, person = await holders.grant(work, grant_id)
    return versioned(view(row, person), row.version)


@post("/role-grants/{grant_id:uuid}/end", requires=Permission.ROLE_SIGN, if_match=True, tags=["roles"])
async def end(work: WorkDep, grant_id: FromPath[UUID], data: JSONBody[EndOfRole]) -> Response[GrantView]:
    """End a role from now on, and say why. 409 `two-administrators`."""
    row, person = await holders.end(work, grant_id, data.reason)
    await work.flush()
    return versioned(view(row, person), row.version, 201)


def view(row: RoleGrant, person: Person) -> GrantView:
    """A role with its holder."""
    return GrantView(row.id, row.role.value, row.scope, person.full_name(), person.register_number, row.from_on)


ROUTES = Router("/", route_handlers=[grants, grant, end])
