"""Sessions of the committee on pages: plan, open, agenda, close with minutes."""

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth import queries as people
from auth.permissions import Permission, Role
from core import panel
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, moved, read, render, ticked, typed, undone
from core.voting import SessionState
from core.work import Work
from register.committee import queries, service
from register.committee.forms import Listed, MinutesForm, SessionForm
from register.committee.views import due_days, items_shown, session_shown, session_title
from register.registration import queries as registrations
from register.registration.policy import ApplicationState

AnyRequest = Request[Any, Any, Any]
PAGE = 100


@get("/zittingen", requires=Permission.SESSION_READ, include_in_schema=False)
async def sessions(request: AnyRequest, work: WorkDep) -> Template:
    """The sessions that one may see, the latest first."""
    return await _sessions(request, work, Form(), [])


@post("/zittingen", requires=Permission.SESSION_PLAN, include_in_schema=False)
async def plan(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Plan a session with its members and chair."""
    members = await ticked(request, "members")
    form = read(SessionForm, {**await typed(request), "members": " ".join(members)})
    if form.value is None:
        return await _sessions(request, work, form, members)
    try:
        row = await service.plan(work, form.value.session())
    except MENDABLE as error:
        return await _sessions(request, work, await undone(work, form, error), members)
    return moved(f"/zittingen/{row.id}", "planned")


async def _sessions(request: AnyRequest, work: Work, form: Form[Any], members: list[str]) -> Template:
    rows = sorted(await queries.sessions(work, None, PAGE), key=lambda row: (row.held_on, row.id), reverse=True)
    may_plan = work.actor.can(Permission.SESSION_PLAN)
    pool = await people.holders(work.session, Role.COMMITTEE_MEMBER, work.today) if may_plan else []
    return render(
        request,
        "committee/sessions.html",
        work,
        form=form,
        sessions=[
            {
                "href": f"/zittingen/{row.id}",
                "title": session_title(row),
                "meets_on": row.held_on,
                "state": row.state.value,
            }
            for row in rows
        ],
        pool=[(str(id), name) for id, name in pool],
        chosen=members,
        actions={"plan": "/zittingen"} if may_plan else {},
    )


@get("/zittingen/{session_id:uuid}", requires=Permission.SESSION_READ, include_in_schema=False)
async def session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template:
    """One session with its agenda."""
    return await _session(request, work, session_id, Form())


async def _session(request: AnyRequest, work: Work, session_id: UUID, form: Form[Any]) -> Template:
    row = await queries.session(work, session_id)
    view = await queries.session_view(work, row)
    may_plan = work.actor.can(Permission.SESSION_PLAN)
    open_for_files = may_plan and row.state is not SessionState.CLOSED
    ripe = await registrations.applications(work, ApplicationState.IN_REVIEW, None, PAGE) if open_for_files else []
    names = await people.names_of(work.session, {one.person_id for one in ripe}) if ripe else {}
    here = f"/zittingen/{row.id}"
    actions = {"put_on_agenda": f"{here}/agenda"} if open_for_files else {}
    actions |= {move: f"{here}/{path}" for move, path in PATHS.items() if may_plan and move in view.open_moves}
    return render(
        request,
        "committee/session.html",
        work,
        form=form,
        session=session_shown(row, view),
        members=[{"name": one.name, "role": "chair" if one.id == view.chair_id else "member"} for one in view.members],
        items=items_shown(view, await due_days(work, [item.application_id for item in view.items])),
        waiting=[(str(one.id), f"{one.number}, {names.get(one.person_id, '')}") for one in ripe],
        minutes=view.minutes,
        actions=actions,
    )


PATHS = {"open": "openen", "close": "sluiten"}


@post("/zittingen/{session_id:uuid}/openen", requires=Permission.SESSION_PLAN, if_match=True, include_in_schema=False)
async def open_session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """From now on votes count."""
    try:
        row = await panel.session_of(work, session_id)
        work.expect(row)
        await panel.open_session(work, row)
    except MENDABLE as error:
        return await _session(request, work, session_id, await undone(work, Form(), error))
    return moved(f"/zittingen/{session_id}", "opened")


@post("/zittingen/{session_id:uuid}/agenda", requires=Permission.SESSION_PLAN, include_in_schema=False)
async def put_on_agenda(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Put a ripe file on the agenda."""
    form = read(Listed, await typed(request))
    if form.value is None:
        return await _session(request, work, session_id, form)
    try:
        await service.put_on_agenda(work, session_id, form.value.file)
    except MENDABLE as error:
        return await _session(request, work, session_id, await undone(work, form, error))
    return moved(f"/zittingen/{session_id}", "listed")


@post("/zittingen/{session_id:uuid}/sluiten", requires=Permission.SESSION_PLAN, if_match=True, include_in_schema=False)
async def close_session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Close with minutes."""
    form = read(MinutesForm, await typed(request))
    if form.value is None:
        return await _session(request, work, session_id, form)
    try:
        row = await panel.session_of(work, session_id)
        work.expect(row)
        await panel.close_session(work, row, form.value.minutes)
    except MENDABLE as error:
        return await _session(request, work, session_id, await undone(work, form, error))
    return moved(f"/zittingen/{session_id}", "closed")


HANDLERS = [sessions, plan, session, open_session, put_on_agenda, close_session]
