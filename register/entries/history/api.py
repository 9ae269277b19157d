"""How an entry stood on a day, as JSON: for its owner and for who may read histories, and in public what was public."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from litestar import Router, get
from litestar.params import FromPath, FromQuery, QueryParameter

from auth.permissions import PUBLIC, SIGNED_IN
from core.fields import Day
from core.web.http import WorkDep
from register.entries.history import service
from register.entries.history.schemas import HistoryView, PublicStanding, StandingOnDay


@get("/registrations/{registration_id:uuid}/history", requires=SIGNED_IN, tags=["register"])
async def history(
    work: WorkDep, registration_id: FromPath[UUID], recordedOn: FromQuery[Day | None] = None
) -> HistoryView:
    """The whole history of an entry without gap, as far as it was recorded on a day: what we said then."""
    return await service.history(work, registration_id, recordedOn)


@get("/registrations/{registration_id:uuid}/standing", requires=SIGNED_IN, tags=["register"])
async def standing(
    work: WorkDep,
    registration_id: FromPath[UUID],
    on: Annotated[Day, QueryParameter(name="on")],
    recordedOn: FromQuery[Day | None] = None,
) -> StandingOnDay:
    """How an entry stood on a day: as we know it now, or as we said it on another day (`recordedOn`)."""
    return await service.standing(work, registration_id, on, recordedOn)


@get("/register-entries/{register_number:str}/standing", requires=PUBLIC, tags=["public"])
async def public_standing(
    work: WorkDep, register_number: FromPath[str], on: Annotated[Day, QueryParameter(name="on")]
) -> Sequence[PublicStanding]:
    """What the public register says of somebody on a day, as we know it now; of a teacher: registered or not."""
    return await service.public_standings(work, register_number, on)


ROUTES = Router("/", route_handlers=[history, standing, public_standing])
