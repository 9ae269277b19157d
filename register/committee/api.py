"""The committee's room as JSON."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth import queries as people
from auth.permissions import Permission, Role
from core import panel
from core.http import Page, WorkDep, listed, page_size, place_id, versioned
from core.voting import ITEM
from core.work import Work
from register.committee import queries, service
from register.committee.schemas import (
    DossierView,
    ItemView,
    MemberView,
    Minutes,
    NewItem,
    NewRecusal,
    NewRuling,
    NewSession,
    NewVote,
    RulingView,
    SessionView,
)
from register.decisions.api import view as decision_view
from register.registration.answers import application_view
from register.registration.api import download

TAGS = ["committee"]


@get("/committee-members", requires=Permission.SESSION_PLAN, tags=TAGS)
async def members(work: WorkDep) -> Sequence[MemberView]:
    """The pool of the registration committee."""
    found = await people.holders(work.session, Role.COMMITTEE_MEMBER, work.today)
    return [MemberView(id, name) for id, name in found]


@post("/committee-sessions", requires=Permission.SESSION_PLAN, tags=TAGS)
async def plan(work: WorkDep, data: JSONBody[NewSession]) -> Response[SessionView]:
    """Plan a session with its members."""
    row = await service.plan(work, data)
    await work.flush()
    view = await queries.session_view(work, row)
    return versioned(view, row.version, 201, Location=f"/v1/committee-sessions/{row.id}")


@get("/committee-sessions", requires=Permission.SESSION_READ, tags=TAGS)
async def sessions(
    request: Request[Any, Any, Any],
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The sessions that one may see."""
    size = page_size(pageSize)
    after = place_id(cursor)
    rows = await queries.sessions(work, after, size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], _brief)


def _brief(row: panel.PanelSession) -> dict[str, object]:
    return {"id": row.id, "held_on": row.held_on, "state": row.state.value, "quorum": row.quorum}


@get("/committee-sessions/{session_id:uuid}", requires=Permission.SESSION_READ, tags=TAGS)
async def session(work: WorkDep, session_id: FromPath[UUID]) -> Response[SessionView]:
    """One session with its agenda."""
    row = await queries.session(work, session_id)
    return versioned(await queries.session_view(work, row), row.version)


@post("/committee-sessions/{session_id:uuid}/opening", requires=Permission.SESSION_PLAN, if_match=True, tags=TAGS)
async def open_session(work: WorkDep, session_id: FromPath[UUID]) -> Response[SessionView]:
    """Open a session: from now on votes count."""
    row = await panel.session_of(work, session_id)
    work.expect(row)
    await panel.open_session(work, row)
    return await _changed(work, row)


@post("/committee-sessions/{session_id:uuid}/closing", requires=Permission.SESSION_PLAN, if_match=True, tags=TAGS)
async def close_session(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Minutes]) -> Response[SessionView]:
    """Close a session with its minutes."""
    row = await panel.session_of(work, session_id)
    work.expect(row)
    await panel.close_session(work, row, data.minutes)
    return await _changed(work, row)


async def _changed(work: Work, row: panel.PanelSession) -> Response[SessionView]:
    await work.flush()
    return versioned(await queries.session_view(work, row), row.version, 201)


@post("/committee-sessions/{session_id:uuid}/agenda-items", requires=Permission.SESSION_PLAN, tags=TAGS)
async def put_on_agenda(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[NewItem]) -> Response[ItemView]:
    """Put a file that is in review on the agenda."""
    row = await service.put_on_agenda(work, session_id, data.application_id)
    await work.flush()
    found = next(item for item in await queries.items(work, session_id) if item.id == row.id)
    return versioned(found, row.version, 201, Location=f"/v1/agenda-items/{row.id}")


@get("/agenda-items/{item_id:uuid}", requires=Permission.SESSION_READ, traces=True, tags=TAGS)
async def file(work: WorkDep, item_id: FromPath[UUID]) -> Response[DossierView]:
    """Read a file; who did is kept in the trail of the applicant."""
    found = await service.read(work, item_id)
    return versioned(await file_view(work, found), found.item.version)


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
        facts=service.facts_as_json(found.facts),
        assessment=found.assessment.as_dict(),
        my_vote=await queries.own_vote(work, found.item.id),
        open_moves=ITEM.open(found.item.state),
    )


@get(
    "/agenda-items/{item_id:uuid}/proofs/{proof_id:uuid}/file",
    requires=Permission.SESSION_READ,
    produces="application/octet-stream",
    traces=True,
    tags=TAGS,
)
async def file_proof(work: WorkDep, item_id: FromPath[UUID], proof_id: FromPath[UUID]) -> Response[bytes]:
    """A document of a file, for who may read the file."""
    stored = await service.proof(work, item_id, proof_id)
    return download(stored, await work.files.get(stored.sha256))


@post("/agenda-items/{item_id:uuid}/votes", requires=Permission.SESSION_VOTE, tags=TAGS)
async def vote(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewVote]) -> dict[str, str]:
    """Vote on a file."""
    row = await service.vote(work, item_id, data)
    return {"id": str(row.id), "vote": row.vote.value}


@post("/agenda-items/{item_id:uuid}/recusals", requires=Permission.SESSION_VOTE, tags=TAGS)
async def recuse(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewRecusal]) -> dict[str, str]:
    """Step aside for a file, for good."""
    row = await service.recuse(work, item_id, data.ground)
    return {"id": str(row.id), "ground": row.ground}


@post("/agenda-items/{item_id:uuid}/decision", requires=Permission.SESSION_DECIDE, tags=TAGS)
async def decide(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewRuling]) -> RulingView:
    """Count the votes on a file and take the decision that follows."""
    tally, decision = await service.decide(work, item_id, data)
    return RulingView(
        votes_for=tally.votes_for,
        votes_against=tally.votes_against,
        abstained=tally.abstained,
        outcome=tally.outcome.value,
        decision=decision_view(decision) if decision else None,
    )


ROUTES = Router(
    "/",
    route_handlers=[
        members,
        plan,
        sessions,
        session,
        open_session,
        close_session,
        put_on_agenda,
        file,
        file_proof,
        vote,
        recuse,
        decide,
    ],
)
