"""The office's desk for requests for another name."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth.actor import person_of
from auth.permissions import SIGNED_IN, Permission
from core.errors import Invalid
from core.store.files import opened
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, redirect, render, uploaded
from core.web.submissions import Forms
from core.web.uploads import in_place
from register.office.renaming import service
from register.office.renaming.schemas import ProofAsked, Refusal

HERE = "/kantoor/namen"
MINE = "/mijn/gegevens"


@get(HERE, requires=Permission.PERSON_KEEP)
async def waiting(request: AnyRequest, work: WorkDep) -> Template:
    """What waits, the longest first."""
    rows = await service.views(work, await service.waiting(work))
    return render(request, "office/name_changes.html", work, rows=rows, here=HERE, back=("/kantoor", _("Kantoor")))


@get(HERE + "/{change_id:uuid}", requires=Permission.PERSON_KEEP, traces=True)
async def one(request: AnyRequest, work: WorkDep, change_id: FromPath[UUID]) -> Template:
    """One request: the name as it is and as it would be, why, and the document."""
    return await _one(request, work, change_id, Form())


async def _one(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await service.read(work, id)
    own = row.person_id == person_of(work.actor)
    return render(
        request,
        "office/name_change.html",
        work,
        form=form,
        change=await service.view(work, row),
        own=own,
        version=row.version,
        here=f"{HERE}/{id}",
        back=HERE,
    )


@get("/naamswijziging/{change_id:uuid}/document", requires=SIGNED_IN, traces=True)
async def document(work: WorkDep, change_id: FromPath[UUID]) -> Response[Any]:
    """The document behind a request, to look at."""
    return in_place(*await service.document(work, change_id))


@post(MINE + "/naam/{change_id:uuid}/bewijs", requires=SIGNED_IN, if_match=True)
async def add_proof(request: AnyRequest, work: WorkDep, change_id: FromPath[UUID]) -> Redirect:
    """Add the proof that was asked for."""
    file = await uploaded(request, "document")
    if file is None:
        raise Invalid("invalid-input", [("document", "field-missing")])
    await service.add_proof(work, change_id, await work.outside(opened(*file)))
    return redirect(MINE, "name-proof-added")


@post(MINE + "/naam/{change_id:uuid}/intrekken", requires=SIGNED_IN, if_match=True)
async def withdraw(work: WorkDep, change_id: FromPath[UUID]) -> Redirect:
    """Take one's own request back."""
    await service.withdraw(work, change_id)
    return redirect(MINE, "name-withdrawn")


action = Forms(HERE + "/{change_id:uuid}", _one, if_match=True)
confirm = action("/bevestigen", Permission.PERSON_KEEP, None, service.confirm, "name-confirmed", HERE)
ask_proof = action(
    "/bewijs-vragen",
    Permission.PERSON_KEEP,
    ProofAsked,
    lambda work, id, new: service.ask_proof(work, id, new.note),
    "name-proof-asked",
    HERE,
)
refuse = action(
    "/weigeren",
    Permission.PERSON_KEEP,
    Refusal,
    lambda work, id, new: service.refuse(work, id, new.reason),
    "name-refused",
    HERE,
)

HANDLERS = [waiting, one, document, confirm, ask_proof, refuse, add_proof, withdraw]
