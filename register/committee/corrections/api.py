"""Corrections as JSON: for who asks one, for the secretary, and for who signs."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from auth.proposal_views import ProposalView, proposed
from core.decisions import Decision
from core.records import filled
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.committee.corrections import queries, service, signing, weighing
from register.committee.corrections.models import Correction
from register.committee.corrections.policy import CORRECTION, CorrectionState
from register.committee.corrections.schemas import CorrectionView, NewCorrection, NewCorrectionProposal
from register.committee.filed_views import FiledView
from register.committee.measures.schemas import Signature, View
from register.notification.api import DecisionView
from register.notification.api import view as decision_view

ONE = "/corrections/{correction_id:uuid}"


def _view(row: Correction, number: str, register_number: str, name: str) -> CorrectionView:
    return filled(
        CorrectionView,
        row,
        decision=number,
        register_number=register_number,
        name=name,
        open_moves=CORRECTION.open(row.state),
    )


async def _shown(work: Work, row: Correction, status: int = 200, **headers: str) -> Response[CorrectionView]:
    await work.flush()
    person = await people.person(work.session, row.person_id)
    about = await work.session.get_one(Decision, row.decision_id)
    shown = _view(row, about.number, person.register_number, person.full_name())
    return versioned(shown, row.version, status, **headers)


@post("/corrections", requires=SIGNED_IN)
async def open_one(work: WorkDep, data: JSONBody[NewCorrection]) -> Response[CorrectionView]:
    """Ask for the correction of a decision about oneself; the secretary opens one on any other."""
    row = await service.open_correction(work, data)
    return await _shown(work, row, 201, Location=f"/v1/corrections/{row.id}")


@get("/corrections", requires=SIGNED_IN)
async def corrections(
    request: AnyRequest,
    work: WorkDep,
    in_state: Annotated[CorrectionState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """One's own; for the secretary everybody else's; for who may sign those that wait for it."""
    size = page_size(pageSize)
    rows = await queries.corrections(work, in_state, place_id(cursor), size + 1)
    known = {one.id: one for one in await people.persons(work.session, {row.person_id for row, _ in rows})}
    shown = [
        _view(row, number, known[row.person_id].register_number, known[row.person_id].full_name())
        for row, number in rows
    ]
    return listed(request, shown, size, lambda one: [str(one.id)])


@get(ONE, requires=SIGNED_IN)
async def correction(work: WorkDep, correction_id: FromPath[UUID]) -> Response[CorrectionView]:
    """One correction; a look by somebody else leaves a trace with the person whom it is about."""
    return await _shown(work, await service.read(work, correction_id))


@post(ONE + "/proposal", requires=Permission.MEASURE_PROPOSE, if_match=True)
async def propose(
    work: WorkDep, correction_id: FromPath[UUID], data: JSONBody[NewCorrectionProposal]
) -> Response[CorrectionView]:
    """Fix the text of the new decision; what takes something away is told first, with a term to be heard."""
    return await _shown(work, await weighing.propose(work, correction_id, data), 201)


@post(ONE + "/views", requires=SIGNED_IN, if_match=True)
async def hear(work: WorkDep, correction_id: FromPath[UUID], data: JSONBody[View]) -> Response[CorrectionView]:
    """What the person says of it, by themselves alone. 403 `party-acts-only`."""
    return await _shown(work, await service.say(work, correction_id, data.view), 201)


@post(ONE + "/filed-views", requires=Permission.MEASURE_PROPOSE, if_match=True)
async def file_view(work: WorkDep, correction_id: FromPath[UUID], data: JSONBody[FiledView]) -> Response[ProposalView]:
    """Write down what the person said on paper or by telephone; a colleague signs by `/v1/proposals/{id}/signature`."""
    return await proposed(work, await service.file_view(work, correction_id, data))


@post(ONE + "/hearing-end", requires=Permission.MEASURE_PROPOSE, if_match=True)
async def close_hearing(work: WorkDep, correction_id: FromPath[UUID]) -> Response[CorrectionView]:
    """Go on once the term passed unused."""
    return await _shown(work, await service.close_hearing(work, correction_id), 201)


@post(ONE + "/signature", requires=Permission.MEASURE_SIGN, if_match=True)
async def sign(work: WorkDep, correction_id: FromPath[UUID], data: JSONBody[Signature]) -> Response[DecisionView]:
    """Sign exactly what was proposed: that takes the decision."""
    return Response(decision_view(await signing.sign(work, correction_id, data.digest)), status_code=201)


@post(ONE + "/drop", requires=SIGNED_IN, if_match=True)
async def drop(work: WorkDep, correction_id: FromPath[UUID]) -> Response[CorrectionView]:
    """Give it up: the office what it opened, the person what they asked."""
    return await _shown(work, await service.drop(work, correction_id), 201)


ROUTES = Router(
    "/",
    route_handlers=[open_one, corrections, correction, propose, hear, file_view, close_hearing, sign, drop],
    tags=["corrections"],
)
