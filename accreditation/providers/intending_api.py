"""Intentions as JSON: who admits tells a provider what is meant, the provider says what it thinks of it."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from accreditation.providers import intentions, queries, service
from accreditation.providers.models import ProviderIntention
from accreditation.providers.schemas import IntentionView, NewIntention, NewView
from accreditation.providers.timeline import timeline_of
from auth.permissions import SIGNED_IN, Permission
from core.records import filled
from core.timeline.policy import Line
from core.web.http import WorkDep, versioned

ONE = "/provider-intentions/{intention_id:uuid}"


def view_of(row: ProviderIntention) -> IntentionView:
    """An intention as the provider and who admits see it."""
    return filled(IntentionView, row, grounds=row.grounds.split())


@post("/provider-authorisations/{authorisation_id:uuid}/intentions", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def intend(
    work: WorkDep, authorisation_id: FromPath[UUID], data: JSONBody[NewIntention]
) -> Response[IntentionView]:
    """Tell a provider which measure is meant, and until when it may say what it thinks (Awb 4:8)."""
    row = await service.intend_measure(work, authorisation_id, data)
    return versioned(view_of(row), row.version, 201, Location=f"/v1/provider-intentions/{row.id}")


@get("/providers/{provider_id:uuid}/intentions", requires=SIGNED_IN)
async def listing(work: WorkDep, provider_id: FromPath[UUID]) -> Sequence[IntentionView]:
    """What is meant about a provider, and not ended."""
    return [view_of(row) for row in await intentions.of_provider(work, provider_id)]


@get(ONE, requires=SIGNED_IN)
async def one(work: WorkDep, intention_id: FromPath[UUID]) -> Response[IntentionView]:
    """One intention."""
    row = await intentions.intention(work, intention_id)
    return versioned(view_of(row), row.version)


@get(ONE + "/timeline", requires=SIGNED_IN)
async def timeline(work: WorkDep, intention_id: FromPath[UUID]) -> Sequence[Line]:
    """What happened about what it is about, what was told and what comes, a line each, with its day and article."""
    row = await intentions.intention(work, intention_id)
    return await timeline_of(work, row.subject_id, row.provider_id, row.register_code)


@get("/provider-authorisations/{authorisation_id:uuid}/timeline", requires=SIGNED_IN)
async def standing_timeline(work: WorkDep, authorisation_id: FromPath[UUID]) -> Sequence[Line]:
    """The same of where a provider stands in a register."""
    row = await queries.authorisation(work, authorisation_id)
    return await timeline_of(work, row.id, row.provider_id, row.register_code)


@post(ONE + "/views", requires=SIGNED_IN, if_match=True)
async def say(work: WorkDep, intention_id: FromPath[UUID], data: JSONBody[NewView]) -> Response[IntentionView]:
    """What the provider thinks of it; who admits writes down what was said by word of mouth (Awb 4:9)."""
    row = await intentions.say(work, intention_id, data.view)
    await work.flush()
    return versioned(view_of(row), row.version, 201)


@post(ONE + "/drop", requires=Permission.PROVIDER_ADMIT, if_match=True)
async def drop(work: WorkDep, intention_id: FromPath[UUID]) -> Response[IntentionView]:
    """What was meant goes no further."""
    row = await intentions.drop(work, intention_id)
    await work.flush()
    return versioned(view_of(row), row.version, 201)


ROUTES = Router("/", route_handlers=[intend, listing, one, timeline, standing_timeline, say, drop], tags=["providers"])
