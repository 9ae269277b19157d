"""The secretary's worklist on a page: admit, put on an agenda, make known; each one button."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.response import Template

from auth import queries as people
from auth.actor import Actor
from auth.permissions import Permission
from auth.schemas import Schema
from core.decisions import Decision, DecisionState
from core.panel import queries as panel_queries
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, redirect, render
from core.web.submissions import Forms
from register.applications import service as registration
from register.committee.conditions import service as conditions
from register.committee.sessions import agenda, queries
from register.committee.sessions.views import session_title
from register.entries import queries as registrations
from register.entries.models import Application
from register.entries.policy import ApplicationState
from register.notification import announcing
from register.notification import service as decisions

HERE = "/secretariaat"
PAGE = 50
NEAR = 14


class Listing(Schema):
    """On which agenda."""

    session_id: UUID


@get(HERE, requires=Permission.WORKLIST_READ)
async def worklist(request: AnyRequest, work: WorkDep) -> Template:
    """What waits for the secretary, the nearest last day first."""
    return await _worklist(request, work, Form())


async def _worklist(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    submitted = await _others(work, ApplicationState.SUBMITTED)
    incomplete = await _others(work, ApplicationState.INCOMPLETE)
    ready_for_session = await _others(work, ApplicationState.IN_REVIEW)
    taken = [row for row in await decisions.decisions(work, DecisionState.TAKEN, None, PAGE) if _not_mine(work, row)]
    by_post = await announcing.waiting_among(work, [row.id for row in taken])
    files = {row.person_id for row in (*submitted, *incomplete, *ready_for_session)}
    names = await people.names_of(work.session, files | {row.person_id for row in taken})
    sessions = await panel_queries.taking_files(work, queries.seen(work))
    return render(
        request,
        "committee/worklist.html",
        work,
        form=form,
        submitted=[_shown(work, row, names) for row in submitted],
        incomplete=[_shown(work, row, names) for row in incomplete],
        ripe=[_shown(work, row, names) for row in ready_for_session],
        conditions=[
            {"text": one.text, "due_on": one.due_on, "version": one.version, "meet": f"{HERE}/voorwaarden/{one.id}"}
            for one in await conditions.overdue(work, PAGE)
        ],
        taken=[{**_decision(row, names), "by_post": row.id in by_post} for row in taken],
        sessions=[(str(one.id), session_title(one)) for one in sessions],
    )


async def _others(work: Work, state: ApplicationState) -> list[Application]:
    rows = [row for row in await registrations.applications(work, state, None, PAGE) if _not_mine(work, row)]
    return sorted(rows, key=lambda row: (row.decision_due_on or work.today, row.number))


def _not_mine(work: Work, row: Application | Decision) -> bool:
    return not isinstance(work.actor, Actor) or work.actor.person_id != row.person_id


def _shown(work: Work, row: Application, names: dict[UUID, str]) -> dict[str, Any]:
    left = (row.decision_due_on - work.today).days if row.decision_due_on else NEAR + 1
    return {
        "title": names.get(row.person_id, ""),
        "number": row.number,
        "kind": label(row.kind, "kind"),
        "register": row.register_code.value,
        "route": label(row.route, "route"),
        "received_on": row.received_on,
        "decide_by": row.decision_due_on,
        "urgency": "breached" if left < 0 else "nearing" if left <= NEAR else "",
        "version": row.version,
        "href": f"{HERE}/aanvragen/{row.id}",
        "admit": f"{HERE}/aanvragen/{row.id}/toelaten",
        "list": f"{HERE}/aanvragen/{row.id}/agenderen",
    }


def _decision(row: Decision, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "title": names.get(row.person_id, ""),
        "number": row.number,
        "kind": label(row.kind, "decision-kind"),
        "outcome": row.outcome.value,
        "decided_on": row.decided_on,
        "version": row.version,
        "href": f"/mijn/besluiten/{row.id}",
        "letter": f"/mijn/besluiten/{row.id}/brief",
        "notify": f"{HERE}/besluiten/{row.id}/bekendmaken",
    }


on_page = Forms(HERE, lambda request, work, application_id, form: _worklist(request, work, form), if_match=True)
admit = on_page(
    "/aanvragen/{application_id:uuid}/toelaten", Permission.APPLICATION_ADMIT, None, registration.admit, "admitted"
)
put_on_agenda = on_page(
    "/aanvragen/{application_id:uuid}/agenderen",
    Permission.SESSION_PLAN,
    Listing,
    lambda work, id, new: agenda.put_on_agenda(work, new.session_id, id),
    "listed",
    if_match=False,
)
notify = Forms(HERE, lambda request, work, decision_id, form: _worklist(request, work, form), if_match=True)(
    "/besluiten/{decision_id:uuid}/bekendmaken",
    Permission.DECISION_NOTIFY,
    None,
    lambda work, id: decisions.notify(work, id, None),
    to=lambda row: redirect(HERE, "notified" if row.notified_on else "to-post"),
)
meet = Forms(HERE, lambda request, work, condition_id, form: _worklist(request, work, form), if_match=True)(
    "/voorwaarden/{condition_id:uuid}", Permission.DECISION_NOTIFY, None, conditions.meet, "condition-met"
)

HANDLERS = [meet, worklist, admit, put_on_agenda, notify]
