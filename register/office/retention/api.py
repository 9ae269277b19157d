"""What was erased beyond its term, and holds on it, as JSON."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody

from auth.permissions import Permission
from core.records import filled
from core.store.work import Work
from core.web.http import WorkDep
from register.office.retention import service
from register.office.retention.models import RetentionHold
from register.office.retention.schemas import ErasureView, HoldView, NewHold

HOLDS = "/people/{person_id:uuid}/retention-hold"


async def _view(work: Work, row: RetentionHold) -> HoldView:
    await work.flush()
    return filled(HoldView, row)


@get("/erasures", requires=Permission.OFFICE_READ)
async def erasures(work: WorkDep) -> Sequence[ErasureView]:
    """How many rows of what were erased on which day, by which article; of whom it does not say."""
    return [ErasureView(*line) for line in await service.ledger(work)]


@post(HOLDS, requires=Permission.PERSON_KEEP, status_code=201)
async def hold(work: WorkDep, person_id: FromPath[UUID], data: JSONBody[NewHold]) -> HoldView:
    """Keep the data of somebody beyond their term, for a claim (AVG 17(3)(e)). 409 `held-already`."""
    return await _view(work, await service.hold(work, person_id, data.reasons))


@post(HOLDS + "/release", requires=Permission.PERSON_KEEP, status_code=201)
async def release(work: WorkDep, person_id: FromPath[UUID]) -> HoldView:
    """Let the term work again. 409 `not-held`."""
    return await _view(work, await service.release(work, person_id))


ROUTES = Router("/", route_handlers=[erasures, hold, release], tags=["office"])
