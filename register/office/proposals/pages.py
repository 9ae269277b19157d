"""Proposals of two persons on pages: what waits, what follows from it, and the second signature."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth import queries as people
from auth.actor import person_of
from auth.permissions import SIGNED_IN
from auth.proposal_views import view, views
from core.errors import Forbidden
from core.proposals import TWO_PERSONS, ProposalEvent
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import MENDABLE, SAID, form_with_error, label, redirect, render
from core.web.submissions import Forms
from register.office.people.following import HERE, follows
from register.office.proposals import service, told
from register.office.proposals.api import Rejection

PAGE = 100


@get(HERE, requires=SIGNED_IN)
async def listing(request: AnyRequest, work: WorkDep) -> Template:
    """What waits for a second person, and what became of the rest."""
    if not service.mine(work):
        raise Forbidden("not-for-this-role")
    rows = await service.waiting(work, None, PAGE)
    names = await _names(work, rows)
    return render(
        request,
        "proposals/list.html",
        work,
        rows=[
            {"href": f"{HERE}/{one.id}", "one": one, "kind": label(one.kind, "two-persons"), "about": names[one.id]}
            for one in reversed(await views(work, rows))
        ],
    )


async def _names(work: Work, rows: Sequence[Any]) -> dict[UUID, str]:
    known = await people.names_of(work.session, {row.person_id for row in rows if row.person_id})
    return {row.id: known.get(row.person_id, "") if row.person_id else "" for row in rows}


@get(HERE + "/{proposal_id:uuid}", requires=SIGNED_IN)
async def page(request: AnyRequest, work: WorkDep, proposal_id: FromPath[UUID]) -> Template:
    """One proposal: what it does, for whom, and who may sign."""
    return await _page(request, work, proposal_id, Form())


async def _page(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row, standing = await service.read(work, id)
    own, other = row.proposed_by == person_of(work.actor), await service.may_settle(work, row)
    names = await _names(work, [row])
    waits = TWO_PERSONS.may(row.state, ProposalEvent.SIGN)
    return render(
        request,
        "proposals/proposal.html",
        work,
        form=form,
        one=await view(work, row, standing),
        kind=label(row.kind, "two-persons"),
        about=names[row.id],
        facts=await told.facts(work, row),
        version=row.version,
        own=own,
        about_oneself=waits and not own and not other,
        sign=f"{HERE}/{id}/tekenen" if waits and other else "",
        reject=f"{HERE}/{id}/afwijzen" if waits and other else "",
        withdraw=f"{HERE}/{id}/intrekken" if waits and own else "",
        **follows(standing),
    )


@post(HERE + "/{proposal_id:uuid}/tekenen", requires=SIGNED_IN, if_match=True)
async def sign(request: AnyRequest, work: WorkDep, proposal_id: FromPath[UUID]) -> Template | Redirect:
    """Put the second signature."""
    try:
        await service.sign(work, proposal_id)
    except (*MENDABLE, Forbidden) as error:
        return await _page(request, work, proposal_id, await _refused(work, error))
    return redirect(f"{HERE}/{proposal_id}", "proposal-signed")


async def _refused(work: Work, error: Any) -> Form[Any]:
    if isinstance(error, MENDABLE):
        return await form_with_error(work, Form(), error)
    await work.session.rollback()
    form: Form[Any] = Form(status=error.status)
    return form.wrong("", SAID.sentence(error.code, None, **error.facts))


action = Forms(HERE + "/{proposal_id:uuid}", _page, if_match=True)
reject = action(
    "/afwijzen",
    SIGNED_IN,
    Rejection,
    lambda work, id, new: service.reject(work, id, new.reason),
    "proposal-rejected",
    HERE + "/{proposal_id}",
)
withdraw = action("/intrekken", SIGNED_IN, None, service.withdraw, "proposal-withdrawn", HERE + "/{proposal_id}")

HANDLERS = [listing, page, sign, reject, withdraw]
