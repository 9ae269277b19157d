"""The office's desk for requests for another name."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, redirect, render
from core.web.submissions import Forms
from core.web.uploads import in_place
from register.office.renaming import service
from register.office.renaming.schemas import Refusal

HERE = "/kantoor/namen"
MINE = "/mijn/gegevens"


@get(HERE, requires=Permission.PERSON_KEEP)
async def waiting(request: AnyRequest, work: WorkDep) -> Template:
    """What waits, the longest first."""
    rows = await service.views(work, await service.waiting(work))
    return render(request, "office/name_changes.html", work, rows=rows, here=HERE, back=("/kantoor", _("Bureau")))


@get(HERE + "/{change_id:uuid}", requires=Permission.PERSON_KEEP, traces=True)
async def one(request: AnyRequest, work: WorkDep, change_id: FromPath[UUID]) -> Template:
    """One request: the name as it is and as it would be, why, and the document."""
    return await _one(request, work, change_id, Form())


async def _one(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await service.read(work, id)
    return render(
        request,
        "office/name_change.html",
        work,
        form=form,
        change=await service.view(work, row),
        version=row.version,
        here=f"{HERE}/{id}",
        back=HERE,
    )


@get("/naamswijziging/{change_id:uuid}/document", requires=SIGNED_IN, traces=True)
async def document(work: WorkDep, change_id: FromPath[UUID]) -> Response[Any]:
    """The document behind a request, to look at."""
    return in_place(*await service.document(work, change_id))


@post(MINE + "/naam/{change_id:uuid}/intrekken", requires=SIGNED_IN, if_match=True)
async def withdraw(work: WorkDep, change_id: FromPath[UUID]) -> Redirect:
    """Take one's own request back."""
    await service.withdraw(work, change_id)
    return redirect(MINE, "name-withdrawn")


action = Forms(HERE + "/{change_id:uuid}", _one, if_match=True)
confirm = action("/bevestigen", Permission.PERSON_KEEP, None, service.confirm, "name-confirmed", HERE)
refuse = action(
    "/weigeren",
    Permission.PERSON_KEEP,
    Refusal,
    lambda work, id, new: service.refuse(work, id, new.reason),
    "name-refused",
    HERE,
)

HANDLERS = [waiting, one, document, confirm, refuse, withdraw]
