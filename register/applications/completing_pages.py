"""Completing one's own application on pages: what is lacking goes in, a wrong document goes out."""

from uuid import UUID

from litestar.response import Redirect

from auth.permissions import Permission
from core.store.work import Work
from core.web.pages import redirect
from core.web.submissions import Forms
from register.applications import completing, service
from register.applications.mine import shown
from register.applications.questions import Question
from register.entries.policy import ApplicationState

HERE = "/mijn/aanvragen/{application_id:uuid}"
FILE = Permission.APPLICATION_FILE


async def _remove(work: Work, id: UUID, proof_id: UUID) -> Redirect:
    """Take a document out; of a draft one goes on with what is left."""
    draft = (await service.own_application(work, id)).state is ApplicationState.DRAFT
    await completing.remove_proof(work, id, proof_id)
    return redirect(f"/mijn/aanvragen/{id}" + (f"/vragen/{Question.DOCUMENTS}" if draft else ""), "proof-removed")


complete = Forms(HERE, shown, if_match=True)(
    "/aanvullen", FILE, None, completing.complete, "completed", names={"proofs": "file"}
)
remove_proof = Forms(HERE, lambda request, work, id, proof_id, form: shown(request, work, id, form))(
    "/bewijsstukken/{proof_id:uuid}/verwijderen", FILE, None, _remove, names={"proofs": "file"}
)

HANDLERS = [complete, remove_proof]
