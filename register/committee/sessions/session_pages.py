"""What is done in a session on its page: invite, open, list, vote and decide together, make known, close, sign."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import BaseModel

from auth.actor import person_of
from auth.permissions import Permission
from auth.schemas import Schema
from core.errors import Refused
from core.panel import service as panel
from core.panel import sessions as sitting
from core.panel.votes import SeatEvent
from core.store.work import Work
from core.web.forms import Form
from core.web.http import WorkDep
from core.web.pages import MENDABLE, _, moved, read, ticked, typed, undone
from register.committee.sessions import agenda, invitations, minutes, queries, service, together
from register.committee.sessions.forms import (
    AnswerForm,
    ClosingForm,
    FillForm,
    InviteForm,
    Listed,
    MinutesForm,
    SeatForm,
    TogetherForm,
)
from register.committee.sessions.pages import shown
from register.committee.sessions.queries import COMMITTEE
from register.committee.sessions.schemas import ResultView

AnyRequest = Request[Any, Any, Any]
M = TypeVar("M", bound=BaseModel)
SESSION = "/zittingen/{session_id:uuid}"


class Nothing(Schema):
    """A button and nothing else."""


async def _deed(
    request: AnyRequest,
    work: Work,
    session_id: UUID,
    form: Form[M],
    deed: Callable[[M], Awaitable[object]],
    notice: str,
) -> Template | Redirect:
    """Do it and move on, or show the same page with what was typed and the reason."""
    if form.value is None:
        return await shown(request, work, session_id, form)
    try:
        await deed(form.value)
    except MENDABLE as error:
        return await shown(request, work, session_id, await undone(work, form, error))
    return moved(f"/zittingen/{session_id}", notice)


@get(SESSION + "/agenda.ics", requires=Permission.SESSION_READ)
async def calendar(work: WorkDep, session_id: FromPath[UUID]) -> Response[bytes]:
    """The day of a session for a calendar."""
    row = await queries.session(work, session_id)
    said = invitations.calendar_of(row, work.means.settings.address, work.now, _("Zitting Commissie Registratie"))
    headers = {"Content-Disposition": 'attachment; filename="zitting.ics"'}
    return Response(said, media_type="text/calendar", headers=headers)


@post(SESSION + "/agenda", requires=Permission.SESSION_PLAN)
async def put_on_agenda(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Put one ripe file on the agenda."""
    form = read(Listed, await typed(request))
    return await _deed(
        request, work, session_id, form, lambda new: agenda.put_on_agenda(work, session_id, new.file), "listed"
    )


@post(SESSION + "/agenda/vullen", requires=Permission.SESSION_PLAN)
async def fill(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Put the ripe files on the agenda, the nearest term first."""
    form = read(FillForm, await typed(request))

    async def deed(new: FillForm) -> None:
        if not await agenda.fill(work, session_id, new.size):
            raise Refused("no-file-ripe")

    return await _deed(request, work, session_id, form, deed, "listed")


@post(SESSION + "/leden", requires=Permission.SESSION_PLAN)
async def invite(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Invite one more member."""
    form = read(InviteForm, await typed(request))

    async def deed(new: InviteForm) -> None:
        await service.invite(work, session_id, new.invite_id)

    return await _deed(request, work, session_id, form, deed, "invited")


@post(SESSION + "/aanwezigheid", requires=Permission.SESSION_PLAN)
async def attend(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Note who is not there, or came after all."""
    form = read(SeatForm, await typed(request))

    async def deed(new: SeatForm) -> None:
        row = await panel.session_of(work, session_id, COMMITTEE)
        await sitting.answer(work, row, new.member_id, SeatEvent(new.event))

    return await _deed(request, work, session_id, form, deed, "noted")


@post(SESSION + "/antwoord", requires=Permission.SESSION_VOTE)
async def answer(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Say whether one comes."""
    form = read(AnswerForm, await typed(request))
    return await _deed(
        request,
        work,
        session_id,
        form,
        lambda new: service.answer(work, session_id, SeatEvent(new.answer)),
        "answered",
    )


@post(SESSION + "/openen", requires=Permission.SESSION_PLAN, if_match=True)
async def open_session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """From now on votes count."""

    async def deed(_new: Nothing) -> None:
        row = await panel.session_of(work, session_id, COMMITTEE)
        work.expect(row)
        await agenda.open_session(work, row)

    return await _deed(request, work, session_id, Form(value=Nothing()), deed, "opened")


@post(SESSION + "/stemmen", requires=Permission.SESSION_VOTE)
async def vote(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """One vote for several files."""
    items = " ".join(await ticked(request, "items"))
    form = read(TogetherForm, {**await typed(request), "items": items})
    if form.value is None:
        return await shown(request, work, session_id, form)
    try:
        results = await together.vote_together(work, session_id, form.value.votes())
    except MENDABLE as error:
        return await shown(request, work, session_id, await undone(work, form, error))
    return await _told(request, work, session_id, results, "voted")


@post(SESSION + "/besluiten", requires=Permission.SESSION_DECIDE)
async def decide(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Decide every file of which the votes are complete; the page tells what came of each."""
    try:
        results = await together.decide_together(work, session_id, ())
    except MENDABLE as error:
        return await shown(request, work, session_id, await undone(work, Form(), error))
    return await _told(request, work, session_id, results, "decided")


async def _told(
    request: AnyRequest, work: Work, session_id: UUID, results: Sequence[ResultView], notice: str
) -> Template | Redirect:
    """On, when every file was done; else the page says what came of each."""
    if all(each.result == together.DONE for each in results):
        return moved(f"/zittingen/{session_id}", notice)
    return await shown(request, work, session_id, Form(), results)


@post(SESSION + "/bekendmaken", requires=Permission.DECISION_NOTIFY)
async def notify(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Make every decision of the session known; the page tells what came of each."""
    try:
        results = await together.notify_together(work, session_id)
    except MENDABLE as error:
        return await shown(request, work, session_id, await undone(work, Form(), error))
    return await _told(request, work, session_id, results, "notified")


@post(SESSION + "/sluiten", requires=Permission.SESSION_PLAN, if_match=True)
async def close_session(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Close; without a text the minutes are drawn up from what happened."""
    form = read(ClosingForm, await typed(request))

    async def deed(new: ClosingForm) -> None:
        row = await panel.session_of(work, session_id, COMMITTEE)
        work.expect(row)
        await minutes.close(work, row, new.minutes)

    return await _deed(request, work, session_id, form, deed, "closed")


@post(SESSION + "/verslag", requires=Permission.SESSION_PLAN, if_match=True)
async def rewrite(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Another text, as long as the chair has not signed."""
    form = read(MinutesForm, await typed(request))

    async def deed(new: MinutesForm) -> None:
        row = await panel.session_of(work, session_id, COMMITTEE)
        work.expect(row)
        sitting.rewrite_minutes(work, row, new.minutes)

    return await _deed(request, work, session_id, form, deed, "minutes-saved")


@post(SESSION + "/ondertekenen", requires=Permission.SESSION_VOTE, if_match=True)
async def sign(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """The chair signs; from then on the minutes are what they are."""

    async def deed(_new: Nothing) -> None:
        row = await queries.session(work, session_id)
        work.expect(row)
        sitting.sign_minutes(work, row, person_of(work.actor))

    return await _deed(request, work, session_id, Form(value=Nothing()), deed, "signed")


HANDLERS = [
    calendar,
    put_on_agenda,
    fill,
    invite,
    attend,
    answer,
    open_session,
    vote,
    decide,
    notify,
    close_session,
    rewrite,
    sign,
]
