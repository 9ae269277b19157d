"""One file on a page: read, see its letter, vote, step aside, decide. Every look leaves a trace."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth.actor import person_of
from auth.permissions import Permission
from core.errors import NotFound
from core.panel import queries as panel_queries
from core.panel.service import PanelItem
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import form_values, read, redirect
from core.web.submissions import Forms, submitted
from core.web.uploads import download, in_place
from register.committee.sessions import agenda, service
from register.committee.sessions.file_page import read_file, shown, words_of
from register.committee.sessions.forms import RecuseForm, RulingForm, TransferForm, VoteForm

FILE = "/zittingen/{session_id:uuid}/dossiers/{item_id:uuid}"


@get(FILE, requires=Permission.SESSION_READ)
async def file(request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]) -> Template:
    """Read a file."""
    return await shown(request, work, session_id, item_id, Form())


@get(FILE + "/bewijsstukken/{proof_id:uuid}", requires=Permission.SESSION_READ)
async def file_proof(
    work: WorkDep,
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
    proof_id: FromPath[UUID],
    hier: FromQuery[bool] = False,
) -> Response[bytes]:
    """A document of the file, to keep or to look at in its page."""
    stored = await service.proof(work, item_id, proof_id)
    return (in_place if hier else download)(stored, await work.files.get(stored.sha256))


@get(FILE + "/brief", requires=Permission.SESSION_READ)
async def letter(work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]) -> Response[bytes]:
    """The letter that would go as the file lies, in the words of the library; inside the page of the file."""
    found = await read_file(work, item_id)
    if found.session.id != session_id:
        raise NotFound("no-such-item")
    return as_draft(await service.draft_letter(work, found, await words_of(work, found)))


def as_draft(content: bytes) -> Response[bytes]:
    """A letter that did not go, shown in its place and kept nowhere."""
    headers = {
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
        "X-Frame-Options": "SAMEORIGIN",
    }
    return Response(content, media_type="application/pdf", headers=headers, status_code=200)


@post(
    FILE + "/brief",
    requires=Permission.SESSION_DECIDE,
    idempotent=False,  # it makes nothing
)
async def letter_as_typed(
    request: AnyRequest, work: WorkDep, session_id: FromPath[UUID], item_id: FromPath[UUID]
) -> Template | Redirect | Response[bytes]:
    """The letter with the words as they are typed, before the decision is taken."""

    async def draft(new: RulingForm) -> Response[bytes]:
        return as_draft(await service.draft_letter(work, await read_file(work, item_id), new.ruling()))

    form = read(RulingForm, await form_values(request))
    return await submitted(request, work, form, shown, draft, names={"grounds": "ground"})


async def _expect(work: Work, item_id: UUID) -> None:
    """The file as it stood when the form was drawn up."""
    if row := await work.session.get(PanelItem, item_id):
        work.expect(row)


async def _vote(work: Work, session_id: UUID, item_id: UUID, new: VoteForm) -> Redirect:
    await service.vote(work, item_id, new.cast())
    voted = await work.session.get(PanelItem, item_id)
    following = (await panel_queries.place_of(work, voted, person_of(work.actor)))[2] if voted else None
    return redirect(f"/zittingen/{session_id}/dossiers/{following or item_id}", "voted-next" if following else "voted")


async def _decide(work: Work, session_id: UUID, item_id: UUID, new: RulingForm) -> Redirect:
    await _expect(work, item_id)
    _tally, decision = await service.decide(work, item_id, new.ruling())
    return redirect(f"/zittingen/{session_id}", "decided" if decision else "returned")


async def _take_off(work: Work, session_id: UUID, item_id: UUID) -> None:
    await _expect(work, item_id)
    await agenda.take_off(work, item_id)


async def _carry_over(work: Work, session_id: UUID, item_id: UUID, new: TransferForm) -> None:
    await _expect(work, item_id)
    await agenda.carry_over(work, item_id, new.to_session)


action = Forms(FILE, shown, if_match=True)
recuse = action(
    "/verschoning",
    Permission.SESSION_VOTE,
    RecuseForm,
    lambda work, session_id, item_id, new: service.recuse(work, item_id, new.recusal().ground),
    "recused",
    "/zittingen/{session_id}",
    if_match=False,
)
vote = action("/stem", Permission.SESSION_VOTE, VoteForm, _vote, if_match=False)
decide = action("/besluit", Permission.SESSION_DECIDE, RulingForm, _decide, names={"grounds": "ground"})
take_off = action("/van-de-agenda", Permission.SESSION_PLAN, None, _take_off, "taken-off", "/zittingen/{session_id}")
carry_over = action(
    "/andere-zitting", Permission.SESSION_PLAN, TransferForm, _carry_over, "carried-over", "/zittingen/{session_id}"
)

HANDLERS = [file, file_proof, letter, letter_as_typed, vote, recuse, decide, take_off, carry_over]
