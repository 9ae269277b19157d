"""Measures as JSON: for the secretary, for the person whom they are about, and for who signs."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from auth.proposal_views import ProposalView, proposed
from core.records import filled
from core.store.work import Work
from core.timeline.policy import Line
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.committee.filed_views import FiledView
from register.committee.measures import queries, service
from register.committee.measures.models import Measure
from register.committee.measures.policy import MEASURE, MeasureState
from register.committee.measures.schemas import CandidateView, MeasureView, NewMeasure, NewProposal, Signature, View
from register.committee.measures.timeline import timeline_of
from register.notification.api import DecisionView
from register.notification.api import view as decision_view

MOST = 100


async def view(work: Work, row: Measure) -> MeasureView:
    """A measure as it is told."""
    person = await people.person(work.session, row.person_id)
    return _view(row, person.register_number, person.full_name())


def _view(row: Measure, register_number: str, name: str) -> MeasureView:
    return filled(
        MeasureView,
        row,
        register_number=register_number,
        name=name,
        grounds=row.ground_codes(),
        open_moves=MEASURE.open(row.state),
    )


@get("/lapse-candidates", requires=Permission.MEASURE_PROPOSE)
async def candidates(work: WorkDep) -> Sequence[CandidateView]:
    """Entries under conditions of which the months have passed and nothing waits, the longest first."""
    return await queries.candidates(work, MOST)


@post("/measures", requires=Permission.MEASURE_PROPOSE)
async def intend(work: WorkDep, data: JSONBody[NewMeasure]) -> Response[MeasureView]:
    """Tell somebody that a measure is intended; the term to be heard begins."""
    row = await service.intend(work, data)
    return versioned(await view(work, row), row.version, 201, Location=f"/v1/measures/{row.id}")


@get("/measures", requires=SIGNED_IN)
async def measures(
    request: AnyRequest,
    work: WorkDep,
    in_state: Annotated[MeasureState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """One's own; for the secretary everybody else's; for who may sign those that wait for it."""
    size = page_size(pageSize)
    rows = await queries.measures(work, in_state, place_id(cursor), size + 1)
    known = {one.id: one for one in await people.persons(work.session, {row.person_id for row in rows})}
    shown = [_view(row, known[row.person_id].register_number, known[row.person_id].full_name()) for row in rows]
    return listed(request, shown, size, lambda one: [str(one.id)])


@get("/measures/{measure_id:uuid}", requires=SIGNED_IN)
async def measure(work: WorkDep, measure_id: FromPath[UUID]) -> Response[MeasureView]:
    """One measure; a look by somebody else leaves a trace with the person whom it is about."""
    row = await service.read(work, measure_id)
    return versioned(await view(work, row), row.version)


@get("/measures/{measure_id:uuid}/timeline", requires=SIGNED_IN)
async def timeline(work: WorkDep, measure_id: FromPath[UUID]) -> Sequence[Line]:
    """What happened, what was told and what comes, a line each, with its day and article."""
    return await timeline_of(work, await service.read(work, measure_id))


async def _changed(work: Work, row: Measure) -> Response[MeasureView]:
    await work.flush()
    return versioned(await view(work, row), row.version, 201)


@post("/measures/{measure_id:uuid}/views", requires=SIGNED_IN, if_match=True)
async def hear(work: WorkDep, measure_id: FromPath[UUID], data: JSONBody[View]) -> Response[MeasureView]:
    """What the person says of it, by themselves alone. 403 `party-acts-only`."""
    return await _changed(work, await service.say(work, measure_id, data.view))


@post("/measures/{measure_id:uuid}/filed-views", requires=Permission.MEASURE_PROPOSE, if_match=True)
async def file_view(work: WorkDep, measure_id: FromPath[UUID], data: JSONBody[FiledView]) -> Response[ProposalView]:
    """Write down what the person said on paper or by telephone; a colleague signs by `/v1/proposals/{id}/signature`."""
    return await proposed(work, await service.file_view(work, measure_id, data))


@post("/measures/{measure_id:uuid}/hearing-end", requires=Permission.MEASURE_PROPOSE, if_match=True)
async def close_hearing(work: WorkDep, measure_id: FromPath[UUID]) -> Response[MeasureView]:
    """Go on once the term passed unused."""
    return await _changed(work, await service.close_hearing(work, measure_id))


@post("/measures/{measure_id:uuid}/proposal", requires=Permission.MEASURE_PROPOSE, if_match=True)
async def propose(work: WorkDep, measure_id: FromPath[UUID], data: JSONBody[NewProposal]) -> Response[MeasureView]:
    """Fix the text and the day of a strike-off, for somebody else to sign."""
    return await _changed(work, await service.propose(work, measure_id, data))


@post("/measures/{measure_id:uuid}/signature", requires=Permission.MEASURE_SIGN, if_match=True)
async def sign(work: WorkDep, measure_id: FromPath[UUID], data: JSONBody[Signature]) -> Response[DecisionView]:
    """Sign exactly what was proposed: that takes the decision."""
    work.expect(await queries.measure(work, measure_id))
    return Response(decision_view(await service.sign(work, measure_id, data.digest)), status_code=201)


@post("/measures/{measure_id:uuid}/drop", requires=Permission.MEASURE_PROPOSE, if_match=True)
async def drop(work: WorkDep, measure_id: FromPath[UUID]) -> Response[MeasureView]:
    """Give it up."""
    return await _changed(work, await service.drop(work, measure_id))


ROUTES = Router(
    "/",
    route_handlers=[
        candidates,
        intend,
        measures,
        measure,
        timeline,
        hear,
        file_view,
        close_hearing,
        propose,
        sign,
        drop,
    ],
    tags=["measures"],
)
