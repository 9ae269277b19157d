"""Completing an application as JSON: the secretary asks, the applicant completes, or it is left untreated."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from auth.permissions import Permission
from core.store.work import Work
from core.timeline.outlook import Outlook
from core.web.http import WorkDep, versioned
from register.applications import completing, leaving, service
from register.applications.answers import application_view
from register.applications.outlook import outlook
from register.entries.models import Application
from register.entries.schemas import ApplicationView, ChangedApplication, NewCompletionRequest, NewLeaving, SendingOn

HERE = "/applications/{application_id:uuid}"
APPLICANT: dict[str, Any] = {"requires": Permission.APPLICATION_FILE, "if_match": True, "tags": ["applications"]}
SECRETARY: dict[str, Any] = {"requires": Permission.APPLICATION_ADMIT, "if_match": True, "tags": ["applications"]}


async def _answer(work: Work, row: Application, status: int = 201) -> Response[ApplicationView]:
    await work.flush()
    return versioned(await application_view(work, row), row.version, status)


@patch(HERE, **APPLICANT)
async def change(
    work: WorkDep, application_id: FromPath[UUID], data: JSONBody[ChangedApplication]
) -> Response[ApplicationView]:
    """Change what is stated in a draft, or while it is to be completed."""
    return await _answer(work, await completing.change(work, application_id, data), 200)


@delete(HERE + "/proofs/{proof_id:uuid}", requires=Permission.APPLICATION_FILE, tags=["applications"])
async def remove_proof(work: WorkDep, application_id: FromPath[UUID], proof_id: FromPath[UUID]) -> None:
    """Take a document out of a draft, or of what is to be completed."""
    await completing.remove_proof(work, application_id, proof_id)


@post(HERE + "/completion-request", **SECRETARY)
async def ask_completion(
    work: WorkDep, application_id: FromPath[UUID], data: JSONBody[NewCompletionRequest]
) -> Response[ApplicationView]:
    """The secretary asks the applicant to complete the application; the term to decide stands still (Awb 4:5, 4:15)."""
    return await _answer(work, await completing.ask_completion(work, application_id, data))


@post(HERE + "/completion", **APPLICANT)
async def complete(work: WorkDep, application_id: FromPath[UUID]) -> Response[ApplicationView]:
    """The applicant hands in what was lacking; the evidence is frozen again."""
    return await _answer(work, await completing.complete(work, application_id))


@get(HERE + "/outlook", requires=Permission.APPLICATION_ADMIT, tags=["applications"])
async def standing(work: WorkDep, application_id: FromPath[UUID]) -> Outlook:
    """What is due next, what was told last, and which deeds would be refused now and until when."""
    row = await service.others_application(work, application_id)
    work.looked("application:read", stream=row.stream(), application=str(row.id))
    return await outlook(work, row)


@post(HERE + "/resumption", **SECRETARY)
async def resume(work: WorkDep, application_id: FromPath[UUID]) -> Response[ApplicationView]:
    """The secretary takes a file up as it stands, once the term to complete it has run out."""
    return await _answer(work, await completing.resume(work, application_id))


@post(HERE + "/non-treatment", **SECRETARY)
async def leave_untreated(
    work: WorkDep, application_id: FromPath[UUID], data: JSONBody[NewLeaving]
) -> Response[ApplicationView]:
    """Leave an application untreated, within four weeks after the term ran out unused (Awb 4:5(4)); known at once."""
    decision = await leaving.leave_untreated(work, application_id, data)
    return await _answer(work, await work.session.get_one(Application, decision.subject_id))


@post(HERE + "/forwarding", **SECRETARY)
async def send_on(
    work: WorkDep, application_id: FromPath[UUID], data: JSONBody[SendingOn]
) -> Response[ApplicationView]:
    """Another body is competent: it was sent on today, and the applicant is told (Awb 2:3)."""
    return await _answer(work, await service.send_on(work, application_id, data.sent_to))


ROUTES = Router(
    "/",
    route_handlers=[change, remove_proof, ask_completion, complete, standing, resume, leave_untreated, send_on],
)
