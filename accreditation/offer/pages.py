"""On what a registration may rest, also without a date in the agenda: programmes on one page, bureaus on another."""

from collections.abc import Collection
from typing import Any

from litestar import get
from litestar.response import Template

from accreditation.kinds import BY_BUREAU, FOR_REGISTRATION, CourseKind
from accreditation.offer import finding
from accreditation.offer.models import AccreditedOffer
from auth.permissions import PUBLIC
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render

MOST_TYPED = 80


@get("/opleidingen", requires=PUBLIC)
async def programmes(request: AnyRequest, work: WorkDep) -> Template:
    """The accredited programmes, found by words of the name or the provider; the first fifty."""
    return await _listed(request, work, "catalogue/programmes.html", FOR_REGISTRATION - BY_BUREAU)


@get("/bureaus", requires=PUBLIC)
async def bureaus(request: AnyRequest, work: WorkDep) -> Template:
    """The recognised bureaus for assessments and prior learning (EVC), each with the days on which it counts."""
    return await _listed(request, work, "catalogue/bureaus.html", BY_BUREAU)


async def _listed(request: AnyRequest, work: Work, template: str, kinds: Collection[CourseKind]) -> Template:
    words = request.query_params.get("q", "").strip()[:MOST_TYPED]
    found, more = await finding.offered(work, [kind.value for kind in kinds], words)
    rows = [_shown(row) for row in found]
    return render(request, template, work, form=Form(values={"q": words}), offered=rows, more=more)


def _shown(row: AccreditedOffer) -> dict[str, Any]:
    return {
        "name": row.name,
        "provider": row.provider,
        "code": row.code,
        "kind": label(row.kind, "offer-kind"),
        "register": label(row.register_code, "register"),
        "ects": row.ects,
        "starts_on": row.accredited_from,
        "ends_on": row.accredited_until,
    }


HANDLERS = [programmes, bureaus]
