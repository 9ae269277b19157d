"""One's own applications on pages: start, add proof, hand in, withdraw."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from accreditation.offer import service as offer
from auth.permissions import SIGNED_IN, Permission
from core.decisions import Decision
from core.forms import Form
from core.http import WorkDep
from core.pages import ACCEPT, MAX_SIZE, MENDABLE, SAID, label, moved, options, read, render, typed, undone, uploaded
from core.work import Work
from register.assessment.facts import Level, ProofKind
from register.registration import queries, service
from register.registration.answers import warnings
from register.registration.api import download
from register.registration.forecast import forecast
from register.registration.forms import ProofForm, StartForm
from register.registration.models import Application, CompletionRequest
from register.registration.policy import APPLICATION, EDITABLE, ApplicationKind, ApplicationState, Register, Route
from register.registration.views import proof_of, register_choices, steps_of

AnyRequest = Request[Any, Any, Any]
ROUTES_BY_PROOF = (
    Route.PROGRAMME,
    Route.MASTER,
    Route.ASSESSMENT,
    Route.PRIOR_LEARNING,
    Route.DIPLOMA_VALUATION,
    Route.FREE_FORM,
)
MOST_OFFERED = 50


@get("/mijn/aanvragen/nieuw", requires=Permission.APPLICATION_FILE, include_in_schema=False)
async def start_page(request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None) -> Template:
    """Choose on what a first registration rests."""
    return await _start(request, work, Form(values={"register_code": register.value} if register else {}))


@post("/mijn/aanvragen", requires=Permission.APPLICATION_FILE, include_in_schema=False)
async def start(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Start the draft."""
    form = read(StartForm, await typed(request))
    if form.value is None:
        return await _start(request, work, form)
    try:
        row = await service.draw_up(work, form.value.application())
    except MENDABLE as error:
        return await _start(request, work, await undone(work, form, error))
    return moved(f"/mijn/aanvragen/{row.id}", "started")


async def _start(request: AnyRequest, work: Work, form: Form[StartForm]) -> Template:
    mine = [row.register_code for row in await queries.own_registrations(work)]
    if len(mine) == 1:
        form.values.setdefault("register_code", mine[0].value)
    chosen = form.values.get("register_code")
    return render(
        request,
        "mine/start.html",
        work,
        form=form,
        registers=register_choices(mine),
        routes=[(route.value, label(route, "route"), label(route, "route-hint")) for route in ROUTES_BY_PROOF],
        teacher=chosen == Register.TEACHERS.value,
        chosen=chosen or "",
    )


@get("/mijn/aanvragen/{application_id:uuid}", requires=Permission.APPLICATION_READ_OWN, include_in_schema=False)
async def application(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template:
    """One application: where it stands, its proofs, and what can be done now."""
    return await shown(request, work, application_id, Form())


@post(
    "/mijn/aanvragen/{application_id:uuid}/bewijsstukken",
    requires=Permission.APPLICATION_FILE,
    include_in_schema=False,
)
async def add_proof(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """A document and its file in one go: both are kept, or neither."""
    form, file = read(ProofForm, await typed(request)), await uploaded(request, "file")
    if file is None:
        form.wrong("file", SAID.sentence("file-not-chosen"))
    if form.value is None or file is None:
        return await shown(request, work, application_id, form)
    try:
        proof = await service.add_proof(work, application_id, form.value.proof())
        await service.attach(work, application_id, proof.id, *file)
    except MENDABLE as error:
        return await shown(request, work, application_id, await undone(work, form, error))
    return moved(f"/mijn/aanvragen/{application_id}", "proof-added")


@get(
    "/mijn/aanvragen/{application_id:uuid}/bewijsstukken/{proof_id:uuid}",
    requires=SIGNED_IN,
    traces=True,
    include_in_schema=False,
)
async def proof_file(work: WorkDep, application_id: FromPath[UUID], proof_id: FromPath[UUID]) -> Response[bytes]:
    """The file behind a document."""
    file = await service.proof_file(work, application_id, proof_id)
    return download(file, await work.files.get(file.sha256))


@post(
    "/mijn/aanvragen/{application_id:uuid}/indienen",
    requires=Permission.APPLICATION_FILE,
    if_match=True,
    include_in_schema=False,
)
async def hand_in(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """Hand the draft in."""
    try:
        await service.hand_in(work, application_id)
    except MENDABLE as error:
        return await shown(request, work, application_id, await undone(work, Form(), error, proofs="file"))
    return moved(f"/mijn/aanvragen/{application_id}", "submitted")


@post(
    "/mijn/aanvragen/{application_id:uuid}/intrekken",
    requires=Permission.APPLICATION_FILE,
    if_match=True,
    include_in_schema=False,
)
async def withdraw(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """Take the application back."""
    try:
        await service.withdraw(work, application_id)
    except MENDABLE as error:
        return await shown(request, work, application_id, await undone(work, Form(), error))
    return moved(f"/mijn/aanvragen/{application_id}", "withdrawn")


async def shown(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    """The page of one application, with what was typed."""
    row = await service.own_application(work, id)
    form.values.setdefault("statement", row.statement)
    proofs = await queries.proofs_with_files(work, row.id)
    known = await queries.known_decision(work, row.id)
    decision = await work.session.get(Decision, known) if known else None
    draft = row.state in EDITABLE
    requests = await queries.completion_requests(work, row.id) if row.state is ApplicationState.INCOMPLETE else []
    offered = await offer.offer_list(work, row.register_code.value, None, None, MOST_OFFERED) if draft else []
    days = {"draft": row.started_at, "submitted": row.received_on, "due": row.decision_due_on}
    if decision is not None:
        days |= {"decided": decision.decided_on, "notified": decision.notified_on}
    return render(
        request,
        "mine/application.html",
        work,
        form=form,
        application=_shown(row),
        steps=steps_of(row.state.value, days),
        proofs=[proof_of(proof, file, f"/mijn/aanvragen/{row.id}/bewijsstukken") for proof, file in proofs],
        removable=draft,
        proof_kinds=options(ProofKind, "proof"),
        levels=options((Level.ONE, Level.TWO), "level") if row.route is Route.DIPLOMA_VALUATION else [],
        offered=[(each.code, each.name) for each in offered],
        accept=ACCEPT,
        max_size=MAX_SIZE,
        lacking=_lacking(requests),
        late="later-than-advised" in await warnings(work, row),
        waits=await forecast(work, row),
        actions=_actions(row, draft=draft),
        decision=decision
        and {"href": f"/mijn/besluiten/{decision.id}", "outcome": decision.outcome, "sent_on": decision.notified_on},
    )


def _shown(row: Application) -> dict[str, Any]:
    return {
        "kind": label(row.kind, "kind"),
        "route": label(row.route, "route") if row.kind is ApplicationKind.REGISTRATION else "",
        "register": row.register_code.value,
        "state": row.state.value,
        "reference": row.number,
        "version": row.version,
        "submitted_on": row.received_on,
        "decide_by": row.decision_due_on,
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


def _actions(row: Application, *, draft: bool) -> dict[str, str]:
    """The addresses of what this state allows the applicant."""
    here, moves = f"/mijn/aanvragen/{row.id}", APPLICATION.open(row.state)
    found = {"upload": f"{here}/bewijsstukken"} if draft else {}
    found |= {"submit": f"{here}/indienen"} if "submit" in moves else {}
    found |= {"submit": f"{here}/aanvullen"} if "complete" in moves else {}
    found |= {"change": f"{here}/toelichting"} if draft else {}
    return found | ({"withdraw": f"{here}/intrekken"} if "withdraw" in moves else {})


HANDLERS = [start_page, start, application, add_proof, proof_file, hand_in, withdraw]
