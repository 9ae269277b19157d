"""Proposals of two persons as JSON: what waits, and the second signature."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from auth.permissions import SIGNED_IN
from auth.proposal_views import ProposalView, view, views
from auth.schemas import Schema
from core.fields import NeededText
from core.proposals import ProposalState
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.office.proposals import service

HERE = "/proposals"


class Rejection(Schema):
    """Why a proposal is not signed."""

    reason: NeededText


@get(HERE, requires=SIGNED_IN, tags=["proposals"], operation_id="list-proposals")
async def proposals(
    request: AnyRequest,
    work: WorkDep,
    in_state: Annotated[ProposalState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What was proposed and the actor may sign, the oldest first."""
    size = page_size(pageSize)
    rows = await service.waiting(work, place_id(cursor), size + 1, in_state)
    return listed(request, await views(work, rows), size, lambda one: [str(one.id)])


@get(HERE + "/{proposal_id:uuid}", requires=SIGNED_IN, tags=["proposals"], operation_id="read-proposal")
async def proposal(work: WorkDep, proposal_id: FromPath[UUID]) -> Response[ProposalView]:
    """One proposal, with what goes over and what ends when it is signed."""
    row, standing = await service.read(work, proposal_id)
    return versioned(await view(work, row, standing), row.version)


@post(
    HERE + "/{proposal_id:uuid}/signature",
    requires=SIGNED_IN,
    if_match=True,
    tags=["proposals"],
    operation_id="sign-proposal",
)
async def sign(work: WorkDep, proposal_id: FromPath[UUID]) -> Response[ProposalView]:
    """Put the second signature: what was proposed is done. 403 `own-proposal`, `own-case`; 409 `proposal-expired`,
    `changed-since-proposal`."""
    return await _settled(work, (await service.sign(work, proposal_id)).id)


@post(
    HERE + "/{proposal_id:uuid}/rejection",
    requires=SIGNED_IN,
    if_match=True,
    tags=["proposals"],
    operation_id="reject-proposal",
)
async def reject(work: WorkDep, proposal_id: FromPath[UUID], data: JSONBody[Rejection]) -> Response[ProposalView]:
    """Do not sign, and say why; who proposed it is told. 403 `own-proposal`, `own-case`."""
    return await _settled(work, (await service.reject(work, proposal_id, data.reason)).id)


@post(
    HERE + "/{proposal_id:uuid}/withdrawal",
    requires=SIGNED_IN,
    if_match=True,
    tags=["proposals"],
    operation_id="withdraw-proposal",
)
async def withdraw(work: WorkDep, proposal_id: FromPath[UUID]) -> Response[ProposalView]:
    """Take one's own proposal off the table. 403 `not-own-proposal`."""
    return await _settled(work, (await service.withdraw(work, proposal_id)).id)


async def _settled(work: Work, id: UUID) -> Response[ProposalView]:
    await work.flush()
    row, standing = await service.read(work, id)
    return versioned(await view(work, row, standing), row.version, 201)


ROUTES = Router("/", route_handlers=[proposals, proposal, sign, reject, withdraw])
