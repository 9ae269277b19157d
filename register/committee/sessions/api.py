"""The files before the committee as JSON."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from auth import queries as people
from auth.permissions import Permission
from core.panel import service as panel
from core.panel.votes import ITEM
from core.records import filled
from core.store.work import Work
from core.web.http import WorkDep, versioned
from core.web.uploads import download
from register.applications.answers import application_view
from register.applications.renewal.decision_snapshot import facts_as_json
from register.committee.measures import service as measures
from register.committee.measures.api import view as measure_view
from register.committee.ruling import NewRuling
from register.committee.sessions import agenda, queries, service, session_api
from register.committee.sessions.queries import COMMITTEE
from register.committee.sessions.schemas import (
    CarryOver,
    DossierView,
    ItemView,
    NewItem,
    NewRecusal,
    NewVote,
    RulingView,
)
from register.notification.api import view as decision_view


async def _item(work: Work, row: panel.PanelItem) -> Response[ItemView]:
    await work.flush()
    session = await panel.session_of(work, row.session_id, COMMITTEE)
    found = next(item for item in (await queries.session_view(work, session)).items if item.id == row.id)
    return versioned(found, row.version, 201, Location=f"/v1/agenda-items/{row.id}")


@post("/committee-sessions/{session_id:uuid}/agenda-items", requires=Permission.SESSION_PLAN)
async def put_on_agenda(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[NewItem]) -> Response[ItemView]:
    """Put a file that is in review on the agenda."""
    row = await agenda.put_on_agenda(work, session_id, data.application_id)
    return await _item(work, row)


@post("/agenda-items/{item_id:uuid}/removal", requires=Permission.SESSION_PLAN, if_match=True)
async def take_off(work: WorkDep, item_id: FromPath[UUID]) -> Response[ItemView]:
    """Take a file off the agenda: it waits for another one."""
    work.expect((await panel.item_of(work, item_id, COMMITTEE))[0])
    return await _item(work, await agenda.take_off(work, item_id))


@post("/agenda-items/{item_id:uuid}/transfer", requires=Permission.SESSION_PLAN, if_match=True)
async def carry_over(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[CarryOver]) -> Response[ItemView]:
    """Take a file to another session, which judges it anew."""
    work.expect((await panel.item_of(work, item_id, COMMITTEE))[0])
    return await _item(work, await agenda.carry_over(work, item_id, data.session_id))


@get("/agenda-items/{item_id:uuid}", requires=Permission.SESSION_READ)
async def file(work: WorkDep, item_id: FromPath[UUID]) -> Response[DossierView]:
    """Read a file; who did is kept in the trail of the applicant."""
    item, _ = await panel.item_of(work, item_id, COMMITTEE)
    if item.case_kind == measures.CASE:
        return versioned(await _measure_view(work, item_id), item.version)
    found = await service.read(work, item_id)
    return versioned(await file_view(work, found), found.item.version)


async def _measure_view(work: Work, item_id: UUID) -> DossierView:
    found = await service.read_measure(work, item_id)
    told = await measure_view(work, found.measure)
    return DossierView(
        item_id=found.item.id,
        session_id=found.session.id,
        state=found.item.state.value,
        applicant=told.name,
        register_number=told.register_number,
        application=None,
        measure=told,
        facts={},
        assessment=found.item.summary,
        my_vote=await queries.own_vote(work, found.item.id),
        open_moves=ITEM.open(found.item.state),
    )


async def file_view(work: Work, found: service.File) -> DossierView:
    """A file as a member reads it."""
    person = await people.person(work.session, found.application.person_id)
    return DossierView(
        item_id=found.item.id,
        session_id=found.session.id,
        state=found.item.state.value,
        applicant=person.full_name(),
        register_number=person.register_number,
        application=await application_view(work, found.application),
        measure=None,
        facts=facts_as_json(found.facts),
        assessment=found.assessment.as_dict(),
        my_vote=await queries.own_vote(work, found.item.id),
        open_moves=ITEM.open(found.item.state),
    )


@get(
    "/agenda-items/{item_id:uuid}/proofs/{proof_id:uuid}/file",
    requires=Permission.SESSION_READ,
    produces="application/octet-stream",
)
async def file_proof(work: WorkDep, item_id: FromPath[UUID], proof_id: FromPath[UUID]) -> Response[bytes]:
    """A document of a file, for who may read the file."""
    stored = await service.proof(work, item_id, proof_id)
    return download(stored, await work.files.get(stored.sha256))


@post("/agenda-items/{item_id:uuid}/votes", requires=Permission.SESSION_VOTE)
async def vote(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewVote]) -> dict[str, str]:
    """Vote on a file."""
    row = await service.vote(work, item_id, data)
    return {"id": str(row.id), "vote": row.vote.value}


@post("/agenda-items/{item_id:uuid}/recusals", requires=Permission.SESSION_VOTE)
async def recuse(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewRecusal]) -> dict[str, str]:
    """Step aside for a file, for good."""
    row = await service.recuse(work, item_id, data.ground)
    return {"id": str(row.id), "ground": row.ground}


@post("/agenda-items/{item_id:uuid}/decision", requires=Permission.SESSION_DECIDE)
async def decide(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewRuling]) -> RulingView:
    """Count the votes on a file and take the decision that follows."""
    tally, decision = await service.decide(work, item_id, data)
    return filled(RulingView, tally, decision=decision_view(decision) if decision else None)


ROUTES = Router(
    "/",
    route_handlers=[
        *session_api.ROUTES,
        put_on_agenda,
        take_off,
        carry_over,
        file,
        file_proof,
        vote,
        recuse,
        decide,
    ],
    tags=["committee"],
)
