"""One's own applications on pages: where they stand, what was asked to complete them, taking them back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from auth.permissions import SIGNED_IN, Permission
from core.decisions import Decision
from core.law.articles import basis
from core.store.work import Work
from core.web import timeline
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from core.web.submissions import Forms
from core.web.uploads import download, in_place
from register.applications import service
from register.applications.answers import warnings
from register.applications.asked import summary_of
from register.applications.drafts import the_draft
from register.applications.following import days_of, forecast_in_words, steps_of
from register.applications.forecast import forecast
from register.applications.questions import NOT_COMPLETED, Question
from register.applications.silence.pages import give_form, silence_shown
from register.applications.timeline import timeline_of
from register.entries import queries
from register.entries.models import Application, CompletionRequest
from register.entries.policy import APPLICATION, ApplicationKind, ApplicationState, Route
from register.entries.views import proof_of
from register.notification.remedies import remedies


@get("/mijn/aanvragen/{application_id:uuid}", requires=Permission.APPLICATION_READ_OWN)
async def application(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template:
    """One application: where it stands, its proofs, and what can be done now."""
    return await shown(request, work, application_id, Form())


@get("/mijn/aanvragen/{application_id:uuid}/bewijsstukken/{proof_id:uuid}", requires=SIGNED_IN)
async def proof_file(
    work: WorkDep, application_id: FromPath[UUID], proof_id: FromPath[UUID], hier: FromQuery[bool] = False
) -> Response[bytes]:
    """The file behind a document, to keep or to look at in its page."""
    file = await service.proof_file(work, application_id, proof_id)
    return (in_place if hier else download)(file, await work.files.get(file.sha256))


async def shown(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    """The page of one application, with what was typed."""
    row = await service.own_application(work, id)
    proofs = await queries.proofs_with_files(work, row.id)
    known = await queries.known_decision(work, row.id)
    decision = await work.session.get(Decision, known) if known else None
    remedy = (await remedies(work, [decision])).get(decision.id) if decision else None
    lacks = row.state is ApplicationState.INCOMPLETE
    requests = await queries.completion_requests(work, row.id) if lacks else []
    days = await days_of(work, row, requests[-1] if requests else None, decision)
    return render(
        request,
        "mine/application.html",
        work,
        form=form,
        application=_shown(work, row),
        timeline=timeline.shown(await timeline_of(work, row), own=True),
        steps=steps_of(row.state.value, days),
        proofs=[proof_of(proof, file, f"/mijn/aanvragen/{row.id}/bewijsstukken") for proof, file in proofs],
        removable=lacks,
        answers=await _answers(work, row) if lacks else [],
        lacking=_lacking(requests),
        late="later-than-advised" in await warnings(work, row),
        waits=forecast_in_words(await forecast(work, row)),
        actions=_actions(row),
        silence=await silence_shown(work, row),
        decision=decision
        and {
            "href": f"/mijn/besluiten/{decision.id}",
            "outcome": decision.outcome,
            "sent_on": decision.notified_on,
            "objection": remedy if remedy and remedy["hurts"] else None,
        },
    )


async def _answers(work: Work, row: Application) -> list[dict[str, str]]:
    """What may be answered anew while an application is to be completed, each with the way to its question."""
    draft = await the_draft(work, row)
    asked = [step for step in draft.steps if step.question not in NOT_COMPLETED]
    known = [step for step in asked if step.document or step.question is not Question.DOCUMENT]
    return summary_of(row, known, draft.documents, draft.offers, draft.here)


def _shown(work: Work, row: Application) -> dict[str, Any]:
    return {
        "kind": label(row.kind, "kind"),
        "route": label(row.route, "route") if row.kind is ApplicationKind.REGISTRATION else "",
        "register": row.register_code.value,
        "state": row.state.value,
        "reference": row.number,
        "sent_to": row.sent_to or "",
        "version": row.version,
        "submitted_on": row.received_on,
        "decide_by": row.decision_due_on,
        "basis": basis(work, row.register_code.value, service.CASE, service.DECIDE),
        "text": row.statement,
        "by_portfolio": row.route is Route.PORTFOLIO,
        "by_ground": row.route is Route.GROUND,
        "months": row.requested_months,
        "ground": label(row.ground, "postponement-ground") if row.ground else "",
        "qualifications": ", ".join(one["name"] for one in row.qualifications),
    }


def _lacking(requests: Sequence[CompletionRequest]) -> dict[str, Any] | None:
    """What must still be added, and until when."""
    if not requests:
        return None
    last = requests[-1]
    return {"items": [label(one, "lacking") for one in last.items], "note": last.note, "until_on": last.until_on}


def _actions(row: Application) -> dict[str, str]:
    """The addresses of what this state allows the applicant."""
    here, moves = f"/mijn/aanvragen/{row.id}", APPLICATION.open(row.state)
    found = {"go_on": f"{here}/verder"} if "submit" in moves else {}
    if "complete" in moves:
        found |= {"add": f"{here}/bewijsstukken/nieuw", "submit": f"{here}/aanvullen"}
    return found | ({"withdraw": f"{here}/intrekken"} if "withdraw" in moves else {})


action = Forms("", shown, if_match=True)
withdraw = action(
    "/mijn/aanvragen/{application_id:uuid}/intrekken",
    Permission.APPLICATION_FILE,
    None,
    service.withdraw,
    "withdrawn",
    "/mijn/aanvragen/{application_id}",
)

HANDLERS = [application, proof_file, withdraw, give_form(shown)]
