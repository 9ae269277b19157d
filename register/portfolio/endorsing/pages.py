"""Endorsements on pages: the owner asks a colleague, the colleague answers."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import PAGE, AnyRequest, WorkDep, cursor, place_id
from core.web.pages import label, redirect, render
from core.web.submissions import Forms
from register.portfolio import queries as portfolios
from register.portfolio.endorsing import queries, service
from register.portfolio.endorsing.policy import ENDORSEMENT
from register.portfolio.endorsing.schemas import NewRequest, Statement
from register.portfolio.endorsing.views import endorsement_views, request_items, request_view
from register.portfolio.page_views import category_in_words
from register.portfolio.policy import EntryState

ENTRY = "/mijn/portfolio/{entry_id:uuid}/collega"
PEER = "/collegas"


@get(ENTRY, requires=Permission.PORTFOLIO_KEEP)
async def colleagues(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template:
    """Whom one asked about an activity, and one colleague more."""
    return await _colleagues(request, work, entry_id, Form())


async def _colleagues(request: AnyRequest, work: Work, entry_id: UUID, form: Form[Any]) -> Template:
    entry = await portfolios.own_entry(work, entry_id)
    rows = await queries.of_entries(work, [entry.id])
    draft = entry.state is EntryState.DRAFT
    here = f"/mijn/portfolio/{entry.id}"
    return render(
        request,
        "mine/colleagues.html",
        work,
        form=form,
        title=entry.title,
        href=here,
        endorsements=[
            {
                "who": view.colleague,
                "state": view.state,
                "statement": view.statement,
                "day": view.ended_at or view.answered_at or view.asked_at,
                "end": f"{here}/collega/{row.id}/stoppen" if draft and "end" in ENDORSEMENT.open(row.state) else "",
                "version": row.version,
            }
            for view, row in zip(await endorsement_views(work, rows), rows, strict=True)
        ],
        action=f"{here}/collega" if draft and entry.endorsed_sha256 is None else "",
    )


@get(PEER, requires=SIGNED_IN)
async def requests(request: AnyRequest, work: WorkDep, na: FromQuery[str | None] = None) -> Template:
    """What colleagues ask one to endorse."""
    rows = await queries.all_asked_of_me(work, place_id(na), PAGE + 1)
    return render(
        request,
        "shared/requests.html",
        work,
        requests=[
            {"href": f"{PEER}/{each.id}", "who": each.owner, "state": each.state, "asked_at": each.asked_at}
            for each in await request_items(work, rows[:PAGE])
        ],
        more=f"{PEER}?na={cursor(str(rows[PAGE - 1].id))}" if len(rows) > PAGE else "",
    )


@get(PEER + "/{request_id:uuid}", requires=SIGNED_IN)
async def one_request(request: AnyRequest, work: WorkDep, request_id: FromPath[UUID]) -> Template:
    """One request, to answer; the owner sees that it was read."""
    return await _request(request, work, request_id, Form())


@post(PEER + "/{request_id:uuid}/weigeren", requires=SIGNED_IN, if_match=True)
async def decline(work: WorkDep, request_id: FromPath[UUID]) -> Redirect:
    """Decline."""
    await service.decline(work, request_id)
    return redirect(PEER, "declined")


@post(PEER + "/{request_id:uuid}/terugnemen", requires=SIGNED_IN, if_match=True)
async def revoke(work: WorkDep, request_id: FromPath[UUID]) -> Redirect:
    """Take one's word back."""
    await service.revoke(work, request_id)
    return redirect(f"{PEER}/{request_id}", "endorsement-revoked")


async def _request(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row, entry = await service.read(work, id)
    view = await request_view(work, row, entry)
    moves, here = ENDORSEMENT.open(row.state), f"{PEER}/{row.id}"
    actions = {"endorse": f"{here}/bevestigen", "decline": f"{here}/weigeren", "revoke": f"{here}/terugnemen"}
    return render(
        request,
        "shared/request.html",
        work,
        form=form,
        who=view.owner,
        asked={
            "title": view.title,
            "kind": label(view.kind, "entry-kind"),
            "description": view.description,
            "done_on": view.done_on,
            "points": view.points,
            "hours": view.hours,
            "contact_hours": view.contact_hours,
            "category": category_in_words(view.category),
            "state": view.state,
            "statement": view.statement,
            "version": entry.version,
        },
        actions={name: address for name, address in actions.items() if name in moves},
    )


ask = Forms(ENTRY, _colleagues)("", Permission.PORTFOLIO_KEEP, NewRequest, service.ask, "asked")
end = Forms(
    ENTRY + "/{endorsement_id:uuid}",
    lambda request, work, entry_id, endorsement_id, form: _colleagues(request, work, entry_id, form),
    if_match=True,
)(
    "/stoppen",
    Permission.PORTFOLIO_KEEP,
    None,
    lambda work, entry_id, endorsement_id: service.end(work, endorsement_id),
    "asked-no-longer",
    "/mijn/portfolio/{entry_id}/collega",
)

endorse = Forms(PEER + "/{request_id:uuid}", _request, if_match=True)(
    "/bevestigen", SIGNED_IN, Statement, lambda work, id, new: service.endorse(work, id, new.statement), "endorsed"
)

HANDLERS = [colleagues, ask, end, requests, one_request, endorse, decline, revoke]
