"""Objections to publication as JSON."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from auth.permissions import SIGNED_IN, Permission
from auth.proposal_views import ProposalView, proposed
from core.store.work import Work
from core.timeline.policy import Line
from core.web.http import WorkDep, versioned
from register.office.publication import service
from register.office.publication.models import PublicationObjection
from register.office.publication.schemas import NewPublicationObjection, PublicationView, Weighed
from register.office.publication.timeline import timeline_of

ALL = "/publication-objections"
ONE = ALL + "/{objection_id:uuid}"


async def _answer(work: Work, row: PublicationObjection, status: int = 200) -> Response[PublicationView]:
    await work.flush()
    return versioned(await service.view(work, row), row.version, status)


@post(ALL, requires=SIGNED_IN, status_code=201)
async def ask(work: WorkDep, data: JSONBody[NewPublicationObjection]) -> Response[PublicationView]:
    """Object to the publication of one's entry (AVG 21). 409 `not-public`, `publication-objection-waits`."""
    return await _answer(work, await service.ask(work, data), 201)


@get(ALL, requires=SIGNED_IN)
async def waiting(work: WorkDep) -> Sequence[PublicationView]:
    """For the office what waits, the longest first; for anybody else one's own."""
    return service.views(work, await service.waiting(work))


@get(ONE, requires=SIGNED_IN)
async def read(work: WorkDep, objection_id: FromPath[UUID]) -> Response[PublicationView]:
    """One's own objection to publication, or any for the office."""
    return await _answer(work, await service.read(work, objection_id))


@get(ONE + "/timeline", requires=SIGNED_IN)
async def timeline(work: WorkDep, objection_id: FromPath[UUID]) -> Sequence[Line]:
    """What happened to it and what comes."""
    return await timeline_of(work, await service.read(work, objection_id))


@post(ONE + "/withdrawal", requires=SIGNED_IN, if_match=True, status_code=201)
async def withdraw(work: WorkDep, objection_id: FromPath[UUID]) -> Response[PublicationView]:
    """Be shown again: take one's own objection back."""
    return await _answer(work, await service.withdraw(work, objection_id), 201)


@post(ONE + "/grant", requires=Permission.PERSON_KEEP, if_match=True, status_code=201)
async def grant(work: WorkDep, objection_id: FromPath[UUID], data: JSONBody[Weighed]) -> Response[PublicationView]:
    """Decide that the entry is shown no more; the decision goes out at once. 403 `own-case`."""
    await service.grant(work, objection_id, data.reasons)
    return await _answer(work, await service.read(work, objection_id), 201)


@post(ONE + "/refusal", requires=Permission.PERSON_KEEP, if_match=True, status_code=201)
async def refuse(work: WorkDep, objection_id: FromPath[UUID], data: JSONBody[Weighed]) -> Response[ProposalView]:
    """Propose that publication goes on; a colleague signs by `/v1/proposals/{id}/signature`. 403 `own-case`."""
    return await proposed(work, await service.propose_refusal(work, objection_id, data.reasons))


ROUTES = Router("/", route_handlers=[ask, waiting, read, timeline, withdraw, grant, refuse], tags=["people"])
