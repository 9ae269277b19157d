"""The accreditation committee's room as JSON."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from accreditation.committee import queries, service
from accreditation.committee.schemas import (
    CourseRulingView,
    DossierView,
    ItemView,
    MemberView,
    Minutes,
    NewItem,
    NewRecusal,
    NewSession,
    NewVote,
    SessionView,
)
from accreditation.courses.schemas import FileView, NewCourseRuling, Question
from accreditation.courses.views import file_view, panel_view
from auth.permissions import Permission
from core.panel import queries as panel_queries
from core.panel import service as panel
from core.panel import sessions as sitting
from core.panel.votes import ITEM
from core.records import filled
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned

SESSION = "/accreditation-sessions/{session_id:uuid}"
ITEM_PATH = "/accreditation-items/{item_id:uuid}"


@get("/accreditation-members", requires=Permission.SESSION_PLAN)
async def members(work: WorkDep) -> Sequence[MemberView]:
    """The pool of the accreditation committee."""
    return [MemberView(id, name) for id, name in await service.pool(work)]


@post("/accreditation-sessions", requires=Permission.SESSION_PLAN)
async def plan(work: WorkDep, data: JSONBody[NewSession]) -> Response[SessionView]:
    """Plan a session with its members."""
    row = await service.plan(work, data)
    await work.flush()
    view = await queries.session_view(work, row)
    return versioned(view, row.version, 201, Location=f"/v1/accreditation-sessions/{row.id}")


@get("/accreditation-sessions", requires=Permission.COURSE_JUDGE)
async def sessions(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The sessions that one may see."""
    size = page_size(pageSize)
    rows = await panel_queries.page(work, queries.seen(work), place_id(cursor), size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], _brief)


def _brief(row: panel.PanelSession) -> dict[str, object]:
    return {"id": row.id, "held_on": row.held_on, "state": row.state.value, "quorum": row.quorum}


@get(SESSION, requires=Permission.COURSE_JUDGE)
async def session(work: WorkDep, session_id: FromPath[UUID]) -> Response[SessionView]:
    """One session with its agenda."""
    row = await queries.session(work, session_id)
    return versioned(await queries.session_view(work, row), row.version)


@post(SESSION + "/opening", requires=Permission.SESSION_PLAN, if_match=True)
async def open_session(work: WorkDep, session_id: FromPath[UUID]) -> Response[SessionView]:
    """Open a session: from now on votes count."""
    row = await service.session_of(work, session_id)
    work.expect(row)
    await sitting.open_session(work, row)
    return await _changed(work, row)


@post(SESSION + "/closing", requires=Permission.SESSION_PLAN, if_match=True)
async def close_session(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[Minutes]) -> Response[SessionView]:
    """Close a session with its minutes."""
    row = await service.session_of(work, session_id)
    work.expect(row)
    await sitting.close_session(work, row, data.minutes)
    return await _changed(work, row)


async def _changed(work: Work, row: panel.PanelSession) -> Response[SessionView]:
    await work.flush()
    return versioned(await queries.session_view(work, row), row.version, 201)


@post(SESSION + "/agenda-items", requires=Permission.SESSION_PLAN)
async def put_on_agenda(work: WorkDep, session_id: FromPath[UUID], data: JSONBody[NewItem]) -> Response[ItemView]:
    """Put an assessed file, or the proposed panel of one, on the agenda."""
    row = await service.put_on_agenda(work, session_id, data.file_id)
    await work.flush()
    found = next(item for item in await queries.items(work, session_id) if item.id == row.id)
    return versioned(found, row.version, 201, Location=f"/v1/accreditation-items/{row.id}")


@get(ITEM_PATH, requires=Permission.COURSE_JUDGE)
async def dossier(work: WorkDep, item_id: FromPath[UUID]) -> Response[DossierView]:
    """Read a file; the look leaves a trace."""
    found = await service.read(work, item_id)
    view = filled(
        DossierView,
        found.file,
        item_id=found.item.id,
        session_id=found.session.id,
        kind=found.item.case_kind,
        state=found.item.state.value,
        number=found.application.number,
        provider=found.provider.name,
        course_kind=found.course.kind.value,
        application_kind=found.application.kind.value,
        panel=panel_view(found.panel) if found.panel else None,
        my_vote=await queries.own_vote(work, item_id),
        open_moves=ITEM.open(found.item.state),
    )
    return versioned(view, found.item.version)


@post(ITEM_PATH + "/votes", requires=Permission.COURSE_VOTE)
async def vote(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewVote]) -> dict[str, str]:
    """Vote on a file."""
    row = await service.vote(work, item_id, data)
    return {"id": str(row.id), "vote": row.vote.value}


@post(ITEM_PATH + "/recusals", requires=Permission.COURSE_VOTE)
async def recuse(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewRecusal]) -> dict[str, str]:
    """Step aside for a file, for good."""
    row = await service.recuse(work, item_id, data.ground)
    return {"id": str(row.id), "ground": row.ground}


@post(ITEM_PATH + "/question", requires=Permission.SESSION_DECIDE)
async def ask_more(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[Question]) -> FileView:
    """Ask the provider for more before deciding; the term to decide stands still."""
    return file_view(await service.ask_more(work, item_id, data.question), None)


@post(ITEM_PATH + "/decision", requires=Permission.SESSION_DECIDE)
async def decide(work: WorkDep, item_id: FromPath[UUID], data: JSONBody[NewCourseRuling]) -> CourseRulingView:
    """Count the votes on a file and take the decision that follows."""
    tally, decision = await service.decide(work, item_id, data)
    return filled(CourseRulingView, tally, decision_id=decision.id if decision else None)


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
        dossier,
        vote,
        recuse,
        ask_more,
        decide,
    ],
    tags=["accreditation-committee"],
)
