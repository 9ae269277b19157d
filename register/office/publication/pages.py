"""Objecting to publication on pages: one's own, and the desk of the office that weighs it."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth import queries as people
from auth.actor import person_of
from auth.permissions import SIGNED_IN, Permission
from core import proposals
from core.proposals import Proposal
from core.store.work import Work
from core.web import timeline
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import options, redirect, render
from core.web.submissions import Forms
from register.office.people.following import HERE as PROPOSALS
from register.office.publication import service
from register.office.publication.policy import PublicationEvent
from register.office.publication.schemas import NewPublicationObjection, Weighed
from register.office.publication.timeline import timeline_of

MINE = "/mijn/openbaar"
OFFICE = "/kantoor/openbaar"
ONE = "/{objection_id:uuid}"


@get(MINE, requires=SIGNED_IN)
async def mine(request: AnyRequest, work: WorkDep) -> Template:
    """Where the public finds one, what one objected to, and how to object."""
    return await _mine(request, work, Form())


async def _mine(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    return render(
        request,
        "publication/mine.html",
        work,
        form=form,
        registers=options(await service.may_ask(work), "register"),
        rows=service.views(work, await service.own(work)),
        action=MINE,
        here=MINE,
    )


async def _asked(work: Work, new: NewPublicationObjection) -> Redirect:
    row = await service.ask(work, new)
    return redirect(f"{MINE}/{row.id}", "publication-asked")


@get(MINE + ONE, requires=SIGNED_IN)
async def own_one(request: AnyRequest, work: WorkDep, objection_id: FromPath[UUID]) -> Template:
    """One's own objection, and how it went."""
    return await _one(request, work, objection_id, Form())


@get(OFFICE + ONE, requires=Permission.PERSON_KEEP)
async def one(request: AnyRequest, work: WorkDep, objection_id: FromPath[UUID]) -> Template:
    """One objection for the office: what is asked and why, and the answer."""
    return await _one(request, work, objection_id, Form())


async def _one(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await service.read(work, id)
    own = row.person_id == person_of(work.actor)
    found = await service.view(work, row)
    names = await people.names_of(work.session, {row.person_id})
    proposed = [] if own else await proposals.waiting_about(work, row.id)
    weighs = not own and not proposed and PublicationEvent.GRANT in found.open_moves
    return render(
        request,
        "publication/one.html",
        work,
        form=form,
        one=found,
        name=names[row.person_id],
        own=own,
        version=row.version,
        actions={"grant": f"{OFFICE}/{id}/toekennen", "refuse": f"{OFFICE}/{id}/afwijzen"} if weighs else {},
        waits=[f"{PROPOSALS}/{one.id}" for one in proposed],
        withdraw=f"{MINE}/{id}/intrekken" if own and PublicationEvent.WITHDRAW in found.open_moves else "",
        timeline=timeline.shown(await timeline_of(work, row), own=own),
        back=MINE if own else "/werk",
    )


def _proposed(row: Proposal) -> Redirect:
    return redirect(f"{PROPOSALS}/{row.id}", "proposal-made")


on_one = Forms(OFFICE + ONE, _one, if_match=True)
HANDLERS = [
    mine,
    own_one,
    one,
    Forms(MINE, _mine)("", SIGNED_IN, NewPublicationObjection, _asked),
    Forms(MINE + ONE, _one, if_match=True)("/intrekken", SIGNED_IN, None, service.withdraw, "publication-withdrawn"),
    on_one(
        "/toekennen",
        Permission.PERSON_KEEP,
        Weighed,
        lambda work, id, new: service.grant(work, id, new.reasons),
        "publication-granted",
    ),
    on_one(
        "/afwijzen",
        Permission.PERSON_KEEP,
        Weighed,
        lambda work, id, new: service.propose_refusal(work, id, new.reasons),
        to=_proposed,
    ),
]
