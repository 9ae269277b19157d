"""Dialogues as JSON."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place_id, versioned
from register.portfolio.dialogue import queries, service
from register.portfolio.dialogue.models import ValuationDialogue
from register.portfolio.dialogue.schemas import (
    DialogueView,
    NewAccount,
    NewDialogueValuation,
    NewPreparation,
    NewQuestion,
    NewTalk,
)

ONE = "/valuation-dialogues/{dialogue_id:uuid}"


async def _answer(work: Work, row: ValuationDialogue, status: int = 201) -> Response[DialogueView]:
    await work.flush()
    return versioned(await service.view(work, row), row.version, status, Location=f"/v1/valuation-dialogues/{row.id}")


@post("/portfolio-entries/{entry_id:uuid}/dialogue", requires=Permission.PORTFOLIO_KEEP)
async def ask(work: WorkDep, entry_id: FromPath[UUID], data: JSONBody[NewPreparation]) -> Response[DialogueView]:
    """Ask for a talk about an activity that waits to be valued by colleagues or an assessor."""
    return await _answer(work, await service.ask(work, entry_id, data.preparation))


@get("/valuation-dialogues", requires=SIGNED_IN)
async def dialogues(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """The dialogues in which one has a part."""
    size = page_size(pageSize)
    rows = await queries.dialogues(work, place_id(cursor), size + 1)
    return listed(request, rows, size, lambda row: [str(row.id)], service.line)


@get(ONE, requires=SIGNED_IN)
async def dialogue(work: WorkDep, dialogue_id: FromPath[UUID]) -> Response[DialogueView]:
    """One of them; a look by anybody but its owner leaves a trace."""
    return await _answer(work, await service.read(work, dialogue_id), 200)


@post(ONE + "/return", requires=Permission.DIALOGUE_PLAN, if_match=True)
async def give_back(work: WorkDep, dialogue_id: FromPath[UUID], data: JSONBody[NewQuestion]) -> Response[DialogueView]:
    """Send the preparation back with what it lacks."""
    return await _answer(work, await service.give_back(work, dialogue_id, data.question))


@post(ONE + "/preparation", requires=Permission.PORTFOLIO_KEEP, if_match=True)
async def prepare(work: WorkDep, dialogue_id: FromPath[UUID], data: JSONBody[NewPreparation]) -> Response[DialogueView]:
    """Prepare again."""
    return await _answer(work, await service.prepare(work, dialogue_id, data.preparation))


@post(ONE + "/withdrawal", requires=Permission.PORTFOLIO_KEEP, if_match=True)
async def withdraw(work: WorkDep, dialogue_id: FromPath[UUID]) -> Response[DialogueView]:
    """Take the request back."""
    return await _answer(work, await service.withdraw(work, dialogue_id))


@post(ONE + "/planning", requires=Permission.DIALOGUE_PLAN, if_match=True)
async def plan(work: WorkDep, dialogue_id: FromPath[UUID], data: JSONBody[NewTalk]) -> Response[DialogueView]:
    """Plan the talk with a colleague and an assessor."""
    return await _answer(work, await service.plan(work, dialogue_id, data))


@post(ONE + "/calling-off", requires=Permission.DIALOGUE_PLAN, if_match=True)
async def call_off(work: WorkDep, dialogue_id: FromPath[UUID]) -> Response[DialogueView]:
    """The talk that was planned is off; it is to be planned anew."""
    return await _answer(work, await service.call_off(work, dialogue_id))


@post(ONE + "/account", requires=Permission.PORTFOLIO_KEEP, if_match=True)
async def tell(work: WorkDep, dialogue_id: FromPath[UUID], data: JSONBody[NewAccount]) -> Response[DialogueView]:
    """Say what one heard, as the colleague."""
    return await _answer(work, await service.tell(work, dialogue_id, data.account))


@post(ONE + "/valuation", requires=Permission.ENTRY_VALUE, if_match=True)
async def value(
    work: WorkDep, dialogue_id: FromPath[UUID], data: JSONBody[NewDialogueValuation]
) -> Response[DialogueView]:
    """Decide what the talk gives, as the assessor; it is made known at once."""
    row, _decision = await service.value(work, dialogue_id, data)
    return await _answer(work, row)


ROUTES = Router(
    "/",
    route_handlers=[ask, dialogues, dialogue, give_back, prepare, withdraw, plan, call_off, tell, value],
    tags=["portfolio"],
)
