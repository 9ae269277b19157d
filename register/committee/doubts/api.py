"""Doubts as JSON: the secretary tells what differs, the applicant says what they think of it."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from auth.permissions import SIGNED_IN, Permission
from auth.proposal_views import ProposalView, proposed
from core.records import filled
from core.web.http import WorkDep, versioned
from register.applications import service as applications
from register.committee.doubts import service
from register.committee.doubts.models import Doubt
from register.committee.doubts.schemas import DoubtView, NewDoubt, NewView
from register.committee.filed_views import FiledView

OF = "/applications/{application_id:uuid}/doubts"
ONE = "/application-doubts/{doubt_id:uuid}"


def view(row: Doubt) -> DoubtView:
    """A doubt as it stands."""
    return filled(DoubtView, row)


@get(OF, requires=SIGNED_IN)
async def doubts(work: WorkDep, application_id: FromPath[UUID]) -> Sequence[DoubtView]:
    """What was found that differs from what the applicant said, oldest first."""
    application = await applications.read(work, application_id)
    return [view(row) for row in await service.doubts_of(work, application.id)]


@post(OF, requires=Permission.APPLICATION_ADMIT, status_code=201)
async def raised(work: WorkDep, application_id: FromPath[UUID], data: JSONBody[NewDoubt]) -> Response[DoubtView]:
    """Ask for a view on facts that differ from the applicant's, before a refusal rests on them (Awb 4:7)."""
    row = await service.raise_doubt(work, application_id, data)
    return versioned(view(row), row.version, 201)


@get(ONE, requires=SIGNED_IN)
async def doubt(work: WorkDep, doubt_id: FromPath[UUID]) -> Response[DoubtView]:
    """One doubt."""
    row = await service.doubt(work, doubt_id)
    return versioned(view(row), row.version)


@post(ONE + "/views", requires=SIGNED_IN, if_match=True, status_code=201)
async def said(work: WorkDep, doubt_id: FromPath[UUID], data: JSONBody[NewView]) -> Response[DoubtView]:
    """What the applicant thinks of it; added to what was said before."""
    row = await service.say(work, doubt_id, data.view)
    await work.flush()
    return versioned(view(row), row.version, 201)


@post(ONE + "/filed-views", requires=Permission.APPLICATION_ADMIT, if_match=True, status_code=201)
async def file_view(work: WorkDep, doubt_id: FromPath[UUID], data: JSONBody[FiledView]) -> Response[ProposalView]:
    """Write down what was said on paper or by telephone; a colleague signs by `/v1/proposals/{id}/signature`."""
    return await proposed(work, await service.file_view(work, doubt_id, data))


ROUTES = Router("/", route_handlers=[doubts, raised, doubt, said, file_view], tags=["applications"])
