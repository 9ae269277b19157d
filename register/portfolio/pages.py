"""Valuing on pages: the queue of the assessors, one activity, and the decision on it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.store.work import Work
from core.texts import day_time
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, redirect, render
from core.web.submissions import Forms
from core.web.uploads import download, in_place
from register.portfolio import queries, service
from register.portfolio.dialogue.models import ValuationDialogue
from register.portfolio.dialogue.policy import DialogueState
from register.portfolio.dialogue.queries import for_me_to_hold
from register.portfolio.endorsing import queries as endorsements
from register.portfolio.endorsing.views import endorsement_views, standing
from register.portfolio.forms import ValueForm
from register.portfolio.models import PortfolioEntry
from register.portfolio.page_views import entry_shown
from register.portfolio.policy import GROUNDS, IN_A_TALK, Measure, measure_of

HERE = "/waarderen"
PAGE = 50


@get(HERE, requires=Permission.ENTRY_VALUE)
async def queue(request: AnyRequest, work: WorkDep) -> Template:
    """What waits, longest first; it tells nothing of whose it is until it is opened."""
    rows = await queries.queue(work, None, PAGE + 1)
    return render(
        request,
        "assessor/queue.html",
        work,
        more=len(rows) > PAGE,
        waiting=[_waiting(work, row) for row in rows[:PAGE]],
        talks=[_talk(one, one.held_at) for one in await for_me_to_hold(work) if one.held_at],
    )


def _talk(row: ValuationDialogue, at: datetime) -> dict[str, Any]:
    told = row.state is DialogueState.TOLD
    return {"href": f"/waarderingsgesprekken/{row.id}", "at": day_time(at), "told": told}


def _waiting(work: Work, row: PortfolioEntry) -> dict[str, Any]:
    due_on = service.value_by(work, row)
    return {
        "href": f"{HERE}/{row.id}",
        "title": label(row.kind, "entry-kind"),
        "register": row.register_code.value,
        "done_on": row.done_on,
        "submitted_on": row.submitted_at,
        "value_by": due_on,
        "late": due_on is not None and due_on < work.today,
        "points": row.claimed_points,
    }


@get(HERE + "/{entry_id:uuid}", requires=Permission.ENTRY_VALUE)
async def entry(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template:
    """One activity; the look leaves a trace with its owner."""
    return await _entry(request, work, entry_id, Form())


async def _entry(request: AnyRequest, work: Work, entry_id: UUID, form: Form[Any]) -> Template:
    row, _own = await service.read_entry(work, entry_id)
    files = await queries.files_of(work, [row])
    proof = files.get(row.file_id) if row.file_id else None
    shown = entry_shown(row, proof)
    if not form.summary:
        form.values.setdefault("amount", str(shown["claimed"] or ""))
    return render(
        request,
        "assessor/entry.html",
        work,
        form=form,
        entry=shown,
        file_href=f"{HERE}/{row.id}/bewijs",
        image=proof is not None and proof.media_type.startswith("image/"),
        endorsements=[
            {"name": one.colleague, "state": one.state, "statement": one.statement, "on": one.answered_at}
            for one in await endorsement_views(work, standing(row, await endorsements.of_entries(work, [row.id])))
        ],
        seen_before=await queries.seen_before(work, row),
        grounds=options(sorted(GROUNDS), "ground"),
        action="" if row.valuation in IN_A_TALK else f"{HERE}/{row.id}",
    )


@get(HERE + "/{entry_id:uuid}/bewijs", requires=Permission.ENTRY_VALUE)
async def evidence(work: WorkDep, entry_id: FromPath[UUID], hier: FromQuery[bool] = False) -> Response[bytes]:
    """The proof behind an activity, to keep or to look at in its page."""
    return (in_place if hier else download)(*await service.evidence(work, entry_id))


async def _value(work: Work, entry_id: UUID, new: ValueForm) -> Redirect:
    row = await queries.handed_in(work, entry_id)
    in_hours = measure_of(work.rules.chosen(row.register_code.value, work.today)) is Measure.HOURS
    _, decision = await service.value_entry(work, entry_id, new.valuation(in_hours=in_hours))
    return redirect(HERE, "valued" if decision.notified_on else "valued-to-post")


value = Forms(HERE + "/{entry_id:uuid}", _entry)(
    "",
    Permission.ENTRY_VALUE,
    ValueForm,
    _value,
    names={"points": "amount", "hours": "amount", "grounds": "ground"},
)

HANDLERS = [queue, entry, evidence, value]
