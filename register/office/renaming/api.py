"""Requests for another name, as JSON."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody

from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.http import WorkDep, versioned
from core.web.uploads import download
from register.office.renaming import service
from register.office.renaming.models import NameChange
from register.office.renaming.schemas import NameChangeView, NewNameChange, ProofAsked, Refusal

TAGS = ["people"]


async def _answer(work: Work, row: NameChange, status: int = 200) -> Response[NameChangeView]:
    await work.flush()
    return versioned(await service.view(work, row), row.version, status)


@post("/name-changes", requires=SIGNED_IN, if_match=True, tags=TAGS)
async def ask(work: WorkDep, data: JSONBody[NewNameChange]) -> Response[NameChangeView]:
    """Ask for another name as somebody who is or was registered; `If-Match` is of `/profile`."""
    return await _answer(work, await service.ask(work, data), 201)


@get("/name-changes", requires=Permission.PERSON_KEEP, tags=["office"])
async def waiting(work: WorkDep) -> Sequence[NameChangeView]:
    """The requests that wait for the office, the longest first."""
    return await service.views(work, await service.waiting(work))


@get("/name-changes/{change_id:uuid}", requires=SIGNED_IN, traces=True, tags=TAGS)
async def read(work: WorkDep, change_id: FromPath[UUID]) -> Response[NameChangeView]:
    """One's own request, or any for the office."""
    return await _answer(work, await service.read(work, change_id))


@get("/name-changes/{change_id:uuid}/document", requires=SIGNED_IN, traces=True, tags=TAGS)
async def document(work: WorkDep, change_id: FromPath[UUID]) -> Response[Any]:
    """The document behind a request."""
    return download(*await service.document(work, change_id))


@post("/name-changes/{change_id:uuid}/withdrawal", requires=SIGNED_IN, if_match=True, tags=TAGS)
async def withdraw(work: WorkDep, change_id: FromPath[UUID]) -> Response[NameChangeView]:
    """Take one's own request back."""
    return await _answer(work, await service.withdraw(work, change_id), 201)


@post("/name-changes/{change_id:uuid}/confirmation", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def confirm(work: WorkDep, change_id: FromPath[UUID]) -> Response[NameChangeView]:
    """Confirm the new name; the public entry follows at once, and the person is told."""
    return await _answer(work, await service.confirm(work, change_id), 201)


@post("/name-changes/{change_id:uuid}/refusal", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def refuse(work: WorkDep, change_id: FromPath[UUID], data: JSONBody[Refusal]) -> Response[NameChangeView]:
    """Refuse the new name and say why; the person is told."""
    return await _answer(work, await service.refuse(work, change_id, data.reason), 201)


@post("/name-changes/{change_id:uuid}/proof-request", requires=Permission.PERSON_KEEP, if_match=True, tags=["office"])
async def ask_proof(work: WorkDep, change_id: FromPath[UUID], data: JSONBody[ProofAsked]) -> Response[NameChangeView]:
    """Ask for proof without refusing; the request waits, and the person is told."""
    return await _answer(work, await service.ask_proof(work, change_id, data.note), 201)


ROUTES = Router("/", route_handlers=[ask, waiting, read, document, withdraw, confirm, ask_proof, refuse])
