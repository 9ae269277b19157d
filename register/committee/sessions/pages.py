"""Sessions of the committee on pages: the list, a new one, and one with everybody and everything in it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from auth import queries as people
from auth.actor import Actor
from auth.permissions import Permission, Role
from core.panel import queries as panel_queries
from core.panel.service import PanelSession, takes_files
from core.panel.votes import TAKES_FILES, SessionState
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, redirect, render
from core.web.submissions import Forms
from register.committee.sessions import agenda, queries, service
from register.committee.sessions.forms import SessionForm
from register.committee.sessions.schemas import ItemView, ResultView, SeatView, SessionView
from register.committee.sessions.views import items_shown, seat_shown, session_shown, session_title

PAGE = 100


@get("/zittingen", requires=Permission.SESSION_READ)
async def sessions(request: AnyRequest, work: WorkDep) -> Template:
    """The sessions that one may see, the latest first."""
    return await _sessions(request, work, Form())


async def _sessions(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    rows = await panel_queries.latest(work, queries.seen(work), PAGE)
    may_plan = work.actor.can(Permission.SESSION_PLAN)
    pool = await people.holders(work.session, Role.COMMITTEE_MEMBER, work.today) if may_plan else []
    warning = await queries.pool_warning(work) if may_plan else None
    files = await panel_queries.files_on(work, [row.id for row in rows])
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
                "files": files.get(row.id, 0),
            }
            for row in rows
        ],
        pool=[(str(id), name) for id, name in pool],
        chosen=form.values.get("members", "").split(),
        warning=label(warning, "session-warning") if warning else "",
        actions={"plan": "/zittingen"} if may_plan else {},
    )


@get("/zittingen/{session_id:uuid}", requires=Permission.SESSION_READ)
async def session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template:
    """One session: who is there, and every file with what the rules make of it."""
    return await shown(request, work, session_id, Form())


async def shown(
    request: AnyRequest,
    work: Work,
    session_id: UUID,
    form: Form[Any],
    results: Sequence[ResultView] = (),
) -> Template:
    """The page of a session, with what came of a deed for several files."""
    row = await queries.session(work, session_id)
    view = await queries.session_view(work, row)
    planner = work.actor.can(Permission.SESSION_PLAN)
    seats = {seat.id: seat for seat in view.members}
    me = seats.get(work.actor.person_id) if isinstance(work.actor, Actor) else None
    pool = await people.holders(work.session, Role.COMMITTEE_MEMBER, work.today) if planner else []
    return render(
        request,
        "committee/session.html",
        work,
        form=form,
        session=session_shown(row, view),
        members=[seat_shown(seat, view) for seat in view.members],
        items=items_shown(view),
        my_seat=me.state if me else "",
        left=sum(item.state == "listed" for item in view.items),
        done=sum(item.my_vote is not None for item in view.items),
        results=[(one.number, label(one.result, "result")) for one in results],
        warnings=[label(one, "session-warning") for one in view.warnings],
        waiting=await _waiting(work) if planner and takes_files(row, work.today) else [],
        invitable=[(str(id), name) for id, name in pool if id not in seats],
        minutes=view.minutes,
        actions=_actions(work, row, view, me),
    )


async def _waiting(work: Work) -> list[tuple[str, str]]:
    """The files that may be put on the agenda one by one."""
    cases = await agenda.ready_for_session(work, PAGE)
    names = await people.names_of(work.session, {case.person_id for case in cases})
    return [(str(case.id), f"{case.number}, {names.get(case.person_id, '')}") for case in cases]


def _actions(work: Work, row: PanelSession, view: SessionView, me: SeatView | None) -> dict[str, str]:
    """Where each deed goes that is open to who asks."""
    planner = work.actor.can(Permission.SESSION_PLAN)
    opened = row.state is SessionState.OPEN
    ready = [item for item in view.items if item.complete and item.state == "listed"]
    waiting = [item for item in view.items if item.decision_state == "taken"]
    open_to = {
        "put_on_agenda": planner and takes_files(row, work.today),
        "fill": planner and takes_files(row, work.today),
        "invite": planner and row.state in TAKES_FILES,
        "attend": planner and row.state in TAKES_FILES,
        "open": planner and row.state is SessionState.PLANNED,
        "close": planner and opened,
        "rewrite": planner and row.state is SessionState.CLOSED,
        "answer": me is not None and row.state is SessionState.PLANNED,
        "vote": me is not None and opened and me.state in {"invited", "accepted"} and any(map(_votable, view.items)),
        "decide": work.actor.can(Permission.SESSION_DECIDE) and opened and bool(ready),
        "notify": work.actor.can(Permission.DECISION_NOTIFY) and bool(waiting),
        "sign": me is not None and me.id == row.chair_id and row.state is SessionState.CLOSED,
    }
    return {deed: f"/zittingen/{row.id}/{PATHS[deed]}" for deed, is_open in open_to.items() if is_open}


def _votable(item: ItemView) -> bool:
    return item.open_to_me and item.state == "listed" and item.my_vote is None


PATHS = {
    "put_on_agenda": "agenda",
    "fill": "agenda/vullen",
    "invite": "leden",
    "attend": "aanwezigheid",
    "open": "openen",
    "close": "sluiten",
    "rewrite": "verslag",
    "answer": "antwoord",
    "vote": "stemmen",
    "decide": "besluiten",
    "notify": "bekendmaken",
    "sign": "ondertekenen",
}

plan = Forms("/zittingen", _sessions)(
    "",
    Permission.SESSION_PLAN,
    SessionForm,
    lambda work, new: service.plan(work, new.session()),
    to=lambda row: redirect(f"/zittingen/{row.id}", "planned"),
    boxes=["members"],
)

HANDLERS = [sessions, plan, session]
