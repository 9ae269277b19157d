"""What is done in a session on its page: invite, open, list, vote and decide together, make known, close, sign."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import BaseModel

from auth.actor import person_of
from auth.permissions import Permission
from core.errors import Refused
from core.panel import service as panel
from core.panel import sessions as sitting
from core.panel.service import PanelSession
from core.panel.votes import SeatEvent
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, checked_values, form_values, read, redirect
from core.web.submissions import Forms, submitted
from register.committee.sessions import agenda, bulk_actions, invitations, minutes, queries, service
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

M = TypeVar("M", bound=BaseModel)
SESSION = "/zittingen/{session_id:uuid}"


@get(SESSION + "/agenda.ics", requires=Permission.SESSION_READ)
async def calendar(work: WorkDep, session_id: FromPath[UUID]) -> Response[bytes]:
    """The day of a session for a calendar."""
    row = await queries.session(work, session_id)
    said = invitations.calendar_of(row, work.means.settings.address, work.now, _("Zitting Commissie Registratie"))
    headers = {"Content-Disposition": 'attachment; filename="zitting.ics"'}
    return Response(said, media_type="text/calendar", headers=headers)


async def _fill(work: Work, session_id: UUID, new: FillForm) -> None:
    if not await agenda.fill(work, session_id, new.size):
        raise Refused("no-file-ripe")


async def _attend(work: Work, session_id: UUID, new: SeatForm) -> None:
    await sitting.answer(work, await panel.session_of(work, session_id, COMMITTEE), new.member_id, SeatEvent(new.event))


async def _as_shown(work: Work, session_id: UUID) -> PanelSession:
    """The session as it stood when the form was drawn up."""
    row = await panel.session_of(work, session_id, COMMITTEE)
    work.expect(row)
    return row


async def _open(work: Work, session_id: UUID) -> None:
    await agenda.open_session(work, await _as_shown(work, session_id))


async def _close(work: Work, session_id: UUID, new: ClosingForm) -> None:
    await minutes.close(work, await _as_shown(work, session_id), new.minutes)


async def _rewrite(work: Work, session_id: UUID, new: MinutesForm) -> None:
    sitting.rewrite_minutes(work, await _as_shown(work, session_id), new.minutes)


async def _sign(work: Work, session_id: UUID) -> None:
    row = await queries.session(work, session_id)
    work.expect(row)
    sitting.sign_minutes(work, row, person_of(work.actor))


@post(SESSION + "/stemmen", requires=Permission.SESSION_VOTE)
async def vote(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """One vote for several files."""
    items = " ".join(await checked_values(request, "items"))
    form = read(TogetherForm, {**await form_values(request), "items": items})
    return await _together(
        request, work, form, lambda new: bulk_actions.vote_together(work, session_id, new.votes()), "voted"
    )


@post(SESSION + "/besluiten", requires=Permission.SESSION_DECIDE)
async def decide(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Decide every file of which the votes are complete; the page tells what came of each."""
    return await _together(request, work, None, lambda: bulk_actions.decide_together(work, session_id, ()), "decided")


async def _together(
    request: AnyRequest,
    work: Work,
    form: Form[TogetherForm] | None,
    do: Callable[..., Awaitable[Sequence[ResultView]]],
    notice: str,
) -> Template | Redirect:
    """On, when every file was done; else the page says what came of each."""
    session_id = request.path_params["session_id"]

    async def told(results: Sequence[ResultView]) -> Template | Redirect:
        if all(each.result == bulk_actions.DONE for each in results):
            return redirect(f"/zittingen/{session_id}", notice)
        return await shown(request, work, session_id, Form(), results)

    return await submitted(request, work, form, shown, do, told)


@post(SESSION + "/bekendmaken", requires=Permission.DECISION_NOTIFY)
async def notify(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID]) -> Template | Redirect:
    """Make every decision of the session known; the page tells what came of each."""
    return await _together(request, work, None, lambda: bulk_actions.notify_together(work, session_id), "notified")


PLAN, VOTE = Permission.SESSION_PLAN, Permission.SESSION_VOTE
action, as_read = Forms(SESSION, shown), Forms(SESSION, shown, if_match=True)
HANDLERS = [
    calendar,
    action("/agenda", PLAN, Listed, lambda work, id, new: agenda.put_on_agenda(work, id, new.file), "listed"),
    action("/agenda/vullen", PLAN, FillForm, _fill, "listed"),
    action("/leden", PLAN, InviteForm, lambda work, id, new: service.invite(work, id, new.invite_id), "invited"),
    action("/aanwezigheid", PLAN, SeatForm, _attend, "noted"),
    action(
        "/antwoord",
        VOTE,
        AnswerForm,
        lambda work, id, new: service.answer(work, id, SeatEvent(new.answer)),
        "answered",
    ),
    as_read("/openen", PLAN, None, _open, "opened"),
    vote,
    decide,
    notify,
    as_read("/sluiten", PLAN, ClosingForm, _close, "closed"),
    as_read("/verslag", PLAN, MinutesForm, _rewrite, "minutes-saved"),
    as_read("/ondertekenen", VOTE, None, _sign, "signed"),
]
