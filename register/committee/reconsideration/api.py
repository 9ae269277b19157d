"""Reconsiderations as JSON."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from auth.permissions import SIGNED_IN, Permission
from core.records import filled
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.committee.reconsideration import queries, service
from register.committee.reconsideration.policy import ReopenedState
from register.committee.reconsideration.schemas import ReconsiderationView, Replacement, Standing


def view(told: queries.Told) -> ReconsiderationView:
    """A reconsideration as it is told."""
    row, decision, because = told
    return filled(
        ReconsiderationView,
        row,
        decision_id=decision.id,
        decision=decision.number,
        kind=decision.kind,
        because_of=because.number,
    )


@get("/reconsiderations", requires=SIGNED_IN)
async def reconsiderations(
    request: AnyRequest,
    work: WorkDep,
    in_state: Annotated[ReopenedState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """One's own; for the secretary all others too."""
    size = page_size(pageSize)
    rows = await queries.reconsiderations(work, in_state, place_id(cursor), size + 1)
    return listed(request, [view(row) for row in rows], size, lambda one: [str(one.id)])


@get("/reconsiderations/{reconsideration_id:uuid}", requires=SIGNED_IN)
async def reconsideration(work: WorkDep, reconsideration_id: FromPath[UUID]) -> Response[ReconsiderationView]:
    """One of them; a look by somebody else leaves a trace."""
    found = await service.read(work, reconsideration_id)
    return versioned(view(found), found[0].version)


@post(
    "/reconsiderations/{reconsideration_id:uuid}/standing",
    requires=Permission.SESSION_DECIDE,
    if_match=True,
    status_code=201,
)
async def stands(
    work: WorkDep, reconsideration_id: FromPath[UUID], data: JSONBody[Standing]
) -> Response[ReconsiderationView]:
    """The decision stays as it is."""
    found = await service.let_stand(work, reconsideration_id, data)
    await work.flush()
    return versioned(view(found), found[0].version, 201)


@post(
    "/reconsiderations/{reconsideration_id:uuid}/replacement",
    requires=Permission.SESSION_DECIDE,
    if_match=True,
    status_code=201,
)
async def replaced(
    work: WorkDep, reconsideration_id: FromPath[UUID], data: JSONBody[Replacement]
) -> Response[ReconsiderationView]:
    """Another decision takes its place."""
    found = await service.replace(work, reconsideration_id, data)
    await work.flush()
    return versioned(view(found), found[0].version, 201)


ROUTES = Router("/", route_handlers=[reconsiderations, reconsideration, stands, replaced], tags=["decisions"])
