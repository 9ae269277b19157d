"""The sessions of the committee as JSON: planned, answered, opened, decided together, closed, signed."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth import queries as people
from auth.actor import person_of
from auth.permissions import Permission, Role
from core.panel import queries as panel_queries
from core.panel import service as panel
from core.panel import sessions as sitting
from core.panel.votes import SeatEvent
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.committee.sessions import agenda, bulk_actions, minutes, queries, service
from register.committee.sessions.queries import COMMITTEE
from register.committee.sessions.schemas import (
    Answer,
    Attendance,
    Closing,
    Empty,
    Fill,
    MemberView,
    Minutes,
    NewSeat,
    NewSession,
    NewVotes,
    ResultView,
    Rulings,
    SessionView,
)

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
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The sessions that one may see."""
    size = page_size(pageSize)
    after = place_id(cursor)
    rows = await panel_queries.page(work, queries.seen(work), after, size + 1)
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
    row = await panel.session_of(work, session_id, COMMITTEE)
    work.expect(row)
    await agenda.open_session(work, row)
    return await _changed(work, row)


@post("/committee-sessions/{session_id:uuid}/closing", requires=Permission.SESSION_PLAN, if_match=True, tags=TAGS)
async def close_session(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Closing]) -> Response[SessionView]:
    """Close a session; its minutes are those that are sent, or drawn up from what happened. The chair signs them."""
    row = await panel.session_of(work, session_id, COMMITTEE)
    work.expect(row)
    await minutes.close(work, row, data.minutes)
    return await _changed(work, row)


@post("/committee-sessions/{session_id:uuid}/minutes", requires=Permission.SESSION_PLAN, if_match=True, tags=TAGS)
async def rewrite(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Minutes]) -> Response[SessionView]:
    """Another text of the minutes, as long as the chair has not signed."""
    row = await panel.session_of(work, session_id, COMMITTEE)
    work.expect(row)
    sitting.rewrite_minutes(work, row, data.minutes)
    return await _changed(work, row)


@post("/committee-sessions/{session_id:uuid}/signature", requires=Permission.SESSION_VOTE, if_match=True, tags=TAGS)
async def sign(work: WorkDep, session_id: FromPath[UUID]) -> Response[SessionView]:
    """The chair signs the minutes as they stand; from then on they are what they are."""
    row = await queries.session(work, session_id)
    work.expect(row)
    sitting.sign_minutes(work, row, person_of(work.actor))
    return await _changed(work, row)


@post("/committee-sessions/{session_id:uuid}/chair", requires=Permission.SESSION_PLAN, if_match=True, tags=TAGS)
async def put_in_chair(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[NewSeat]) -> Response[SessionView]:
    """Another member takes the chair."""
    row = await panel.session_of(work, session_id, COMMITTEE)
    work.expect(row)
    await sitting.put_in_chair(work, row, data.member_id)
    return await _changed(work, row)


@post("/committee-sessions/{session_id:uuid}/members", requires=Permission.SESSION_PLAN, tags=TAGS)
async def invite(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[NewSeat]) -> Response[SessionView]:
    """Invite one more member."""
    await service.invite(work, session_id, data.member_id)
    return await _changed(work, await panel.session_of(work, session_id, COMMITTEE))


@post("/committee-sessions/{session_id:uuid}/answers", requires=Permission.SESSION_VOTE, tags=TAGS)
async def answer(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Answer]) -> Response[SessionView]:
    """Whether one comes."""
    await service.answer(work, session_id, SeatEvent(data.answer))
    return await _changed(work, await queries.session(work, session_id))


@post("/committee-sessions/{session_id:uuid}/attendance", requires=Permission.SESSION_PLAN, tags=TAGS)
async def attendance(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Attendance]) -> Response[SessionView]:
    """Note who is not there, or came after all: an absent member does not count for the quorum."""
    row = await panel.session_of(work, session_id, COMMITTEE)
    await sitting.answer(work, row, data.member_id, SeatEvent(data.event))
    return await _changed(work, row)


async def _changed(work: Work, row: panel.PanelSession) -> Response[SessionView]:
    await work.flush()
    return versioned(await queries.session_view(work, row), row.version, 201)


@post("/committee-sessions/{session_id:uuid}/agenda", requires=Permission.SESSION_PLAN, tags=TAGS)
async def fill(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Fill]) -> Response[SessionView]:
    """Put the ready files on the agenda, the nearest term first, until it has so many."""
    await agenda.fill(work, session_id, data.size)
    return await _changed(work, await panel.session_of(work, session_id, COMMITTEE))


@post("/committee-sessions/{session_id:uuid}/votes", requires=Permission.SESSION_VOTE, tags=TAGS)
async def vote_together(
    work: WorkDep, session_id: FromPath[UUID], data: JSONBody[NewVotes]
) -> Response[Sequence[ResultView]]:
    """One vote for several files: those named, or all of which the rules say the same."""
    return Response(await bulk_actions.vote_together(work, session_id, data), status_code=201)


@post("/committee-sessions/{session_id:uuid}/decisions", requires=Permission.SESSION_DECIDE, tags=TAGS)
async def decide_together(
    work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Rulings]
) -> Response[Sequence[ResultView]]:
    """Decide the named files, or all of which the votes are complete; the answer tells each file's result."""
    return Response(await bulk_actions.decide_together(work, session_id, data.items), status_code=201)


@post("/committee-sessions/{session_id:uuid}/notifications", requires=Permission.DECISION_NOTIFY, tags=TAGS)
async def notify_together(
    work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Empty]
) -> Response[Sequence[ResultView]]:
    """Make every decision of a session known that still waits; the answer tells each file's result."""
    return Response(await bulk_actions.notify_together(work, session_id), status_code=201)


ROUTES = [
    members,
    plan,
    sessions,
    session,
    open_session,
    close_session,
    rewrite,
    sign,
    put_in_chair,
    invite,
    answer,
    attendance,
    fill,
    vote_together,
    decide_together,
    notify_together,
]
