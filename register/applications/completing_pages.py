"""Completing one's own application on pages: what is lacking goes in, a wrong document goes out."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import WorkDep
from core.web.pages import MENDABLE, moved, undone
from register.applications import completing, service
from register.applications.mine import shown
from register.applications.questions import Question
from register.entries.policy import ApplicationState

AnyRequest = Request[Any, Any, Any]
HERE = "/mijn/aanvragen/{application_id:uuid}"
MOVES: dict[str, Any] = {"requires": Permission.APPLICATION_FILE, "if_match": True}


async def _done(
    request: AnyRequest, work: Work, id: UUID, form: Form[Any], said: str, deed: Callable[[], Awaitable[object]]
) -> Template | Redirect:
    try:
        await deed()
    except MENDABLE as error:
        return await shown(request, work, id, await undone(work, form, error, proofs="file"))
    return moved(f"/mijn/aanvragen/{id}", said)


@post(HERE + "/aanvullen", **MOVES)
async def complete(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """Hand in what was lacking."""
    return await _done(
        request, work, application_id, Form(), "completed", lambda: completing.complete(work, application_id)
    )


@post(HERE + "/bewijsstukken/{proof_id:uuid}/verwijderen", requires=Permission.APPLICATION_FILE)
async def remove_proof(
    request: AnyRequest, work: WorkDep, application_id: FromPath[UUID], proof_id: FromPath[UUID]
) -> Template | Redirect:
    """Take a document out; of a draft one goes on with what is left."""
    row = await service.own_application(work, application_id)
    if row.state is ApplicationState.DRAFT:
        await completing.remove_proof(work, application_id, proof_id)
        return moved(f"/mijn/aanvragen/{application_id}/vragen/{Question.DOCUMENTS}", "proof-removed")
    return await _done(
        request,
        work,
        application_id,
        Form(),
        "proof-removed",
        lambda: completing.remove_proof(work, application_id, proof_id),
    )


HANDLERS = [complete, remove_proof]
