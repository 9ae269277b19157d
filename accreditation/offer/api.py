"""The accredited offer as JSON, for everybody."""

from datetime import date

import msgspec
from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery

from accreditation.kinds import FOR_REGISTRATION
from accreditation.offer import service
from accreditation.offer.models import AccreditedOffer
from auth.permissions import PUBLIC
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place, versioned


class OfferView(msgspec.Struct, frozen=True):
    """One programme, assessment or procedure; `accredited_until` is the last day on which its paper counts."""

    code: str
    register: str
    kind: str
    name: str
    provider: str
    ects: int | None
    accredited_from: date
    accredited_until: date


def view(row: AccreditedOffer) -> OfferView:
    """As everybody may see it."""
    return OfferView(
        row.code,
        row.register_code,
        row.kind,
        row.name,
        row.provider,
        row.ects,
        row.accredited_from,
        row.accredited_until,
    )


@get("/accredited-programmes", requires=PUBLIC, tags=["accreditation"])
async def offers(
    request: AnyRequest,
    work: WorkDep,
    register: FromQuery[str],
    kind: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What a first registration in a register may rest on, or what stands in its offer of one `kind`.

    `assessment` and `prior-learning` are the recognised bureaus; a course is listed when it is asked for.
    """
    size = page_size(pageSize)
    after = place(cursor, 1)
    kinds = [kind] if kind is not None else [one.value for one in FOR_REGISTRATION]
    rows = await service.offer_list(work, register, kinds, after[0] if after else None, size + 1)
    return listed(request, [view(row) for row in rows], size, lambda row: [row.code])


@get("/accredited-programmes/{register:str}/{code:str}", requires=PUBLIC, tags=["accreditation"])
async def offer(work: WorkDep, register: FromPath[str], code: FromPath[str]) -> Response[OfferView]:
    """One accredited programme."""
    row = await service.offered(work, code, register)
    return versioned(view(row), row.version)


ROUTES = Router("/", route_handlers=[offers, offer])
