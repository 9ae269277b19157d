"""The sessions of the accreditation committee on pages, with their agenda."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template
from pydantic import BeforeValidator, Field

from accreditation.committee import queries, service
from accreditation.committee.schemas import Minutes, NewItem, NewSession
from accreditation.courses import queries as courses
from accreditation.providers.pages import words
from auth.permissions import Permission
from core.fields import Day
from core.panel import queries as panel_queries
from core.panel import sessions as sitting
from core.panel.service import PanelSession, takes_files
from core.store.work import Work
from core.texts import day
from core.typed import day as typed_day
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, redirect, render
from core.web.submissions import Forms

HERE = "/accreditatie/zittingen"
SESSION = HERE + "/{session_id:uuid}"
PATHS = {"open": "openen", "close": "sluiten"}
MOST = 100


class SessionForm(NewSession):
    """A session as it is typed."""

    held_on: Annotated[Day, BeforeValidator(typed_day)]
    members: Annotated[list[UUID], BeforeValidator(words), Field(min_length=1, max_length=24)]


def title_of(row: PanelSession) -> str:
    """What a session is called on a page."""
    return f"{label(row.committee, 'committee')}, {day(row.held_on)}"


@get(HERE, requires=Permission.COURSE_JUDGE)
async def sessions(request: AnyRequest, work: WorkDep) -> Template:
    """The sessions that one may see, the latest first."""
    return await _sessions(request, work, Form())


async def _sessions(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    rows = await panel_queries.latest(work, queries.seen(work), MOST)
    may_plan = work.actor.can(Permission.SESSION_PLAN)
    pool = await service.pool(work) if may_plan else []
    files = await panel_queries.files_on(work, [row.id for row in rows])
    return render(
        request,
        "accreditation/sessions.html",
        work,
        form=form,
        sessions=[
            {
                "href": f"{HERE}/{row.id}",
                "title": title_of(row),
                "state": row.state.value,
                "files": files.get(row.id, 0),
            }
            for row in rows
        ],
        pool=[(str(id), name) for id, name in pool],
        chosen=form.values.get("members", "").split(),
        actions={"plan": HERE} if may_plan else {},
    )


@get(SESSION, requires=Permission.COURSE_JUDGE)
async def session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template:
    """One session with its agenda."""
    return await _session(request, work, session_id, Form())


async def _session(request: AnyRequest, work: Work, session_id: UUID, form: Form[Any]) -> Template:
    row = await queries.session(work, session_id)
    view = await queries.session_view(work, row)
    may_plan = work.actor.can(Permission.SESSION_PLAN)
    open_for_files = may_plan and takes_files(row, work.today)
    ready = await courses.ripe(work, MOST) if open_for_files else []
    here = f"{HERE}/{row.id}"
    actions = {"put_on_agenda": f"{here}/agenda"} if open_for_files else {}
    actions |= {move: f"{here}/{path}" for move, path in PATHS.items() if may_plan and move in view.open_moves}
    return render(
        request,
        "accreditation/session.html",
        work,
        form=form,
        session={"title": title_of(row), "state": view.state, "version": row.version, "quorum": view.quorum},
        members=[(one.name, one.id == view.chair_id) for one in view.members],
        items=[
            {
                "href": f"{here}/dossiers/{one.id}",
                "title": one.title or one.number,
                "about": f"{one.provider} · {label(one.kind, 'case-kind')}",
                "register": one.register_code,
                "state": one.state,
                "votes": one.votes,
            }
            for one in view.items
        ],
        waiting=[(str(id), f"{said} ({label(register, 'register')})") for id, said, register in ready],
        minutes=view.minutes,
        actions=actions,
    )


async def _open_session(work: Work, session_id: UUID) -> None:
    row = await service.session_of(work, session_id)
    work.expect(row)
    await sitting.open_session(work, row)


async def _close_session(work: Work, session_id: UUID, new: Minutes) -> None:
    row = await service.session_of(work, session_id)
    work.expect(row)
    await sitting.close_session(work, row, new.minutes)


plan = Forms(HERE, _sessions)(
    "",
    Permission.SESSION_PLAN,
    SessionForm,
    lambda work, new: service.plan(work, NewSession.model_validate(new.model_dump())),
    to=lambda row: redirect(f"{HERE}/{row.id}", "planned"),
    boxes=("members",),
)
action = Forms(SESSION, _session, if_match=True)
put_on_agenda = action(
    "/agenda",
    Permission.SESSION_PLAN,
    NewItem,
    lambda work, id, new: service.put_on_agenda(work, id, new.file_id),
    "listed",
    if_match=False,
)
open_session = action("/openen", Permission.SESSION_PLAN, None, _open_session, "opened")
close_session = action("/sluiten", Permission.SESSION_PLAN, Minutes, _close_session, "closed")

HANDLERS = [sessions, plan, session, put_on_agenda, open_session, close_session]
