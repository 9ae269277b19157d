"""The accreditation committee on pages: sessions, their agenda, one file, votes, and the decision."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from accreditation.committee import queries, service
from accreditation.committee.ports import HoldsPost, HoldsPostDep
from accreditation.committee.schemas import Minutes, NewItem, NewSession, NewVote
from accreditation.courses import queries as courses
from accreditation.courses.award import REFUSAL_GROUNDS
from accreditation.courses.desk_pages import answers_shown, hours_by_category
from accreditation.courses.policy import FileState
from accreditation.courses.schemas import NewCourseRuling, Question
from accreditation.providers.pages import words
from accreditation.providers.schemas import Code
from auth.permissions import Permission
from auth.schemas import Schema
from core import sitting
from core.errors import NotFound
from core.fields import Day, NeededText, Text
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, label, moved, options, read, render, ticked, typed, undone
from core.panel import PanelItem, PanelSession
from core.texts import day
from core.typed import day as typed_day
from core.voting import ItemState, SessionState, Vote
from core.work import Work

AnyRequest = Request[Any, Any, Any]
HERE = "/accreditatie/zittingen"
SESSION = HERE + "/{session_id:uuid}"
FILE = SESSION + "/dossiers/{item_id:uuid}"
PATHS = {"open": "openen", "close": "sluiten"}
RECUSAL_GROUNDS = ("personal-relation", "worked-together", "advised-before", "other-interest")
MOST = 100


class SessionForm(NewSession):
    """A session as it is typed."""

    held_on: Annotated[Day, BeforeValidator(typed_day)]
    members: Annotated[list[UUID], BeforeValidator(words), Field(min_length=1, max_length=24)]


class VoteForm(Schema):
    """One vote."""

    vote: Vote
    vote_reason: Text = ""


class RecuseForm(Schema):
    """Why a member steps aside."""

    recuse_ground: Annotated[str, Field(pattern=f"^({'|'.join(RECUSAL_GROUNDS)})$")]


class RulingForm(Schema):
    """What goes into the decision beside the votes."""

    reasons: NeededText
    points: Annotated[int, Field(ge=0, le=1000)] | None = None
    hours: Annotated[dict[str, Annotated[int, Field(ge=1, le=1000)]], BeforeValidator(hours_by_category)] = {}
    from_on: Annotated[Day, BeforeValidator(typed_day)] | None = None
    ground: Code | None = None
    repair: Text = ""

    def ruling(self) -> NewCourseRuling:
        """What the service takes."""
        grounds = [self.ground] if self.ground else []
        return NewCourseRuling(grounds=grounds, **self.model_dump(exclude={"ground"}))


def _title(row: PanelSession) -> str:
    return f"{label(row.committee, 'committee')}, {day(row.held_on)}"


@get(HERE, requires=Permission.COURSE_JUDGE, include_in_schema=False)
async def sessions(request: AnyRequest, work: WorkDep) -> Template:
    """The sessions that one may see, the latest first."""
    return await _sessions(request, work, Form(), [])


@post(HERE, requires=Permission.SESSION_PLAN, include_in_schema=False)
async def plan(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Plan a session."""
    chosen = await ticked(request, "members")
    form = read(SessionForm, {**await typed(request), "members": " ".join(chosen)})
    if form.value is None:
        return await _sessions(request, work, form, chosen)
    try:
        row = await service.plan(work, NewSession.model_validate(form.value.model_dump()))
    except MENDABLE as error:
        return await _sessions(request, work, await undone(work, form, error), chosen)
    return moved(f"{HERE}/{row.id}", "planned")


async def _sessions(request: AnyRequest, work: Work, form: Form[Any], chosen: list[str]) -> Template:
    rows = sorted(await queries.sessions(work, None, MOST), key=lambda row: (row.held_on, row.id), reverse=True)
    may_plan = work.actor.can(Permission.SESSION_PLAN)
    pool = await service.pool(work) if may_plan else []
    return render(
        request,
        "accreditation/sessions.html",
        work,
        form=form,
        sessions=[{"href": f"{HERE}/{row.id}", "title": _title(row), "state": row.state.value} for row in rows],
        pool=[(str(id), name) for id, name in pool],
        chosen=chosen,
        actions={"plan": HERE} if may_plan else {},
    )


@get(SESSION, requires=Permission.COURSE_JUDGE, include_in_schema=False)
async def session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template:
    """One session with its agenda."""
    return await _session(request, work, session_id, Form())


async def _session(request: AnyRequest, work: Work, session_id: UUID, form: Form[Any]) -> Template:
    row = await queries.session(work, session_id)
    view = await queries.session_view(work, row)
    may_plan = work.actor.can(Permission.SESSION_PLAN)
    open_for_files = may_plan and row.state is not SessionState.CLOSED
    ready = await courses.ripe(work, MOST) if open_for_files else []
    here = f"{HERE}/{row.id}"
    actions = {"put_on_agenda": f"{here}/agenda"} if open_for_files else {}
    actions |= {move: f"{here}/{path}" for move, path in PATHS.items() if may_plan and move in view.open_moves}
    return render(
        request,
        "accreditation/session.html",
        work,
        form=form,
        session={"title": _title(row), "state": view.state, "version": row.version, "quorum": view.quorum},
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
        waiting=[(str(id), said) for id, said in ready],
        minutes=view.minutes,
        actions=actions,
    )


@post(SESSION + "/agenda", requires=Permission.SESSION_PLAN, include_in_schema=False)
async def put_on_agenda(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Put a file on the agenda."""
    form = read(NewItem, await typed(request))
    if form.value is None:
        return await _session(request, work, session_id, form)
    try:
        await service.put_on_agenda(work, session_id, form.value.file_id)
    except MENDABLE as error:
        return await _session(request, work, session_id, await undone(work, form, error))
    return moved(f"{HERE}/{session_id}", "listed")


@post(SESSION + "/openen", requires=Permission.SESSION_PLAN, if_match=True, include_in_schema=False)
async def open_session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """From now on votes count."""
    try:
        row = await service.session_of(work, session_id)
        work.expect(row)
        await sitting.open_session(work, row)
    except MENDABLE as error:
        return await _session(request, work, session_id, await undone(work, Form(), error))
    return moved(f"{HERE}/{session_id}", "opened")


@post(SESSION + "/sluiten", requires=Permission.SESSION_PLAN, if_match=True, include_in_schema=False)
async def close_session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Close with minutes."""
    form = read(Minutes, await typed(request))
    if form.value is None:
        return await _session(request, work, session_id, form)
    try:
        row = await service.session_of(work, session_id)
        work.expect(row)
        await sitting.close_session(work, row, form.value.minutes)
    except MENDABLE as error:
        return await _session(request, work, session_id, await undone(work, form, error))
    return moved(f"{HERE}/{session_id}", "closed")


@get(FILE, requires=Permission.COURSE_JUDGE, traces=True, include_in_schema=False)
async def file(
    request: AnyRequest,
    work: WorkDep,
    holds_post: HoldsPostDep,
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Template:
    """Read a file; the look leaves a trace."""
    return await _file(request, work, holds_post, session_id, item_id, Form())


async def _file(
    request: AnyRequest, work: Work, holds_post: HoldsPost, session_id: UUID, item_id: UUID, form: Form[Any]
) -> Template:
    found = await service.read(work, item_id, holds_post)
    if found.session.id != session_id:
        raise NotFound("no-such-item")
    here = f"{HERE}/{session_id}/dossiers/{item_id}"
    my_vote = await queries.own_vote(work, item_id)
    advice = found.file.advice
    return render(
        request,
        "accreditation/item.html",
        work,
        form=form,
        item={
            "title": found.file.answers.get("title") or found.application.number,
            "number": found.application.number,
            "kind": label(found.item.case_kind, "case-kind"),
            "panel_only": found.item.case_kind == service.PANEL_CASE,
            "state": found.item.state.value,
            "version": found.item.version,
            "provider": found.provider.name,
            "register": found.file.register_code,
            "decide_by": found.file.decide_by_on,
        },
        session={"title": _title(found.session), "href": f"{HERE}/{session_id}"},
        answers=answers_shown(found.file),
        advice=advice
        and {
            "positive": advice.get("positive"),
            "points": advice.get("points"),
            "hours": ", ".join(f"{name} {hours}" for name, hours in (advice.get("hours") or {}).items()),
            "reasons": advice.get("reasons", ""),
        },
        panel=found.panel
        and {
            "bureau": found.panel.bureau,
            "composition": found.panel.composition,
            "report": found.panel.report,
            "state": found.panel.state.value,
        },
        my_vote=my_vote or "",
        quorum=found.session.quorum,
        cast=next((one.votes for one in await queries.items(work, session_id) if one.id == item_id), 0),
        grounds=options(sorted(REFUSAL_GROUNDS), "ground"),
        recusal_grounds=options(RECUSAL_GROUNDS, "recusal"),
        actions=_actions(work, found, here, my_vote),
    )


def _actions(work: Work, found: service.Dossier, here: str, my_vote: str | None) -> dict[str, str]:
    if found.item.state is not ItemState.LISTED:
        return {}
    voting = found.session.state is SessionState.OPEN
    member = work.actor.can(Permission.COURSE_VOTE)
    actions = {"vote": f"{here}/stem"} if member and voting and my_vote is None else {}
    actions |= {"recuse": f"{here}/verschoning"} if member else {}
    if voting and work.actor.can(Permission.SESSION_DECIDE):
        actions["decide"] = f"{here}/besluit"
        if found.file.state is FileState.ASSESSED:
            actions["ask"] = f"{here}/vraag"
    return actions


async def _again(
    request: AnyRequest, work: Work, holds_post: HoldsPost, session_id: UUID, item_id: UUID, form: Form[Any]
) -> Template:
    """The page comes back with its mistakes: nothing of the request is kept, but that the file was read is."""
    await work.session.rollback()
    await work.means.do(work.actor, lambda aside: service.read(aside, item_id, holds_post))
    return await _file(request, work, holds_post, session_id, item_id, form)


@post(FILE + "/stem", requires=Permission.COURSE_VOTE, include_in_schema=False)
async def vote(
    request: AnyRequest,
    work: WorkDep,
    holds_post: HoldsPostDep,
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Template | Redirect:
    """Vote."""
    form = read(VoteForm, await typed(request))
    if form.value is None:
        return await _again(request, work, holds_post, session_id, item_id, form)
    try:
        new = NewVote(vote=form.value.vote, dissent=form.value.vote_reason)
        await service.vote(work, item_id, new, holds_post)
    except MENDABLE as error:
        return await _again(request, work, holds_post, session_id, item_id, await undone(work, form, error))
    return moved(f"{HERE}/{session_id}/dossiers/{item_id}", "voted")


@post(FILE + "/verschoning", requires=Permission.COURSE_VOTE, include_in_schema=False)
async def recuse(
    request: AnyRequest,
    work: WorkDep,
    holds_post: HoldsPostDep,
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Template | Redirect:
    """Step aside; the file closes for this member."""
    form = read(RecuseForm, await typed(request))
    if form.value is None:
        return await _again(request, work, holds_post, session_id, item_id, form)
    try:
        await service.recuse(work, item_id, form.value.recuse_ground)
    except MENDABLE as error:
        return await _again(request, work, holds_post, session_id, item_id, await undone(work, form, error))
    return moved(f"{HERE}/{session_id}", "recused")


async def _expect(work: Work, item_id: UUID) -> None:
    """The item as it stood when the form was drawn up."""
    if row := await work.session.get(PanelItem, item_id):
        work.expect(row)


@post(FILE + "/vraag", requires=Permission.SESSION_DECIDE, if_match=True, include_in_schema=False)
async def ask_more(
    request: AnyRequest,
    work: WorkDep,
    holds_post: HoldsPostDep,
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Template | Redirect:
    """Ask the provider for more."""
    form = read(Question, await typed(request))
    if form.value is None:
        return await _again(request, work, holds_post, session_id, item_id, form)
    try:
        await _expect(work, item_id)
        await service.ask_more(work, item_id, form.value.question)
    except MENDABLE as error:
        return await _again(request, work, holds_post, session_id, item_id, await undone(work, form, error))
    return moved(f"{HERE}/{session_id}", "asked-more")


@post(FILE + "/besluit", requires=Permission.SESSION_DECIDE, if_match=True, include_in_schema=False)
async def decide(
    request: AnyRequest,
    work: WorkDep,
    holds_post: HoldsPostDep,
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Template | Redirect:
    """Count the votes and take the decision that follows."""
    form = read(RulingForm, await typed(request))
    if form.value is None:
        return await _again(request, work, holds_post, session_id, item_id, form)
    try:
        await _expect(work, item_id)
        _tally, decision = await service.decide(work, item_id, form.value.ruling(), holds_post)
    except MENDABLE as error:
        return await _again(request, work, holds_post, session_id, item_id, await undone(work, form, error))
    return moved(f"{HERE}/{session_id}", "decided" if decision else "counted")


HANDLERS = [sessions, plan, session, put_on_agenda, open_session, close_session, file, vote, recuse, ask_more, decide]
