"""Reconsiderations on pages: what is looked at again, and for the secretary the two ways to end it."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, render
from core.web.submissions import Forms
from register.committee.reconsideration import queries, service
from register.committee.reconsideration.policy import ReopenedState
from register.committee.reconsideration.schemas import Replacement, Standing

HERE = "/heroverwegingen"
ONE = HERE + "/{reconsideration_id:uuid}"
PAGE = 50
LEVELS = ("niveau-1", "niveau-2", "master", "in-opleiding")


@get(HERE, requires=SIGNED_IN)
async def reconsiderations(request: AnyRequest, work: WorkDep) -> Template:
    """One's own; for the secretary those that run."""
    state = ReopenedState.OPEN if work.actor.can(Permission.WORKLIST_READ) else None
    rows = await queries.reconsiderations(work, state, None, PAGE)
    names = await people.names_of(work.session, {row.person_id for row, _, _ in rows})
    shown = [
        {
            "href": f"{HERE}/{row.id}",
            "title": names.get(row.person_id, ""),
            "decision": decision.number,
            "kind": label(decision.kind, "decision-kind"),
            "state": row.state.value,
            "due_on": row.due_on,
        }
        for row, decision, _ in sorted(rows, key=lambda told: (told[0].due_on, told[0].number))
    ]
    return render(request, "reopened/list.html", work, rows=shown)


@get(ONE, requires=SIGNED_IN)
async def reconsideration(request: AnyRequest, work: WorkDep, reconsideration_id: FromPath[UUID]) -> Template:
    """One of them; a look by somebody else leaves a trace."""
    return await _one(request, work, reconsideration_id, Form())


async def _one(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row, decision, because = await service.read(work, id)
    own = getattr(work.actor, "person_id", None) == row.person_id
    names = await people.names_of(work.session, {row.person_id})
    may = row.state is ReopenedState.OPEN and not own and work.actor.can(Permission.SESSION_DECIDE)
    return render(
        request,
        "reopened/one.html",
        work,
        form=form,
        row=row,
        name=names.get(row.person_id, ""),
        decision=decision,
        because=because,
        kind=label(decision.kind, "decision-kind"),
        levels=options(LEVELS, "level"),
        actions={"stand": f"{HERE}/{id}/blijft", "replace": f"{HERE}/{id}/vervangen"} if may else {},
    )


action = Forms(ONE, _one, if_match=True)
stands = action("/blijft", Permission.SESSION_DECIDE, Standing, service.let_stand, "dispute-done")
replaced = action("/vervangen", Permission.SESSION_DECIDE, Replacement, service.replace, "dispute-done")

HANDLERS = [reconsiderations, reconsideration, stands, replaced]
