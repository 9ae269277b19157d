"""The accredited programmes on a page, also those without a date in the agenda: on what a registration may rest."""

from typing import Any

from litestar import get
from litestar.response import Template

from accreditation.offer import finding
from accreditation.offer.models import AccreditedOffer
from auth.permissions import PUBLIC
from core.forms import Form
from core.http import WorkDep
from core.pages import AnyRequest, label, render

MOST_TYPED = 80


@get("/opleidingen", requires=PUBLIC, include_in_schema=False)
async def programmes(request: AnyRequest, work: WorkDep) -> Template:
    """Found by words of the name or the provider; the first fifty."""
    words = request.query_params.get("q", "").strip()[:MOST_TYPED]
    found, more = await finding.offered(work, words)
    rows = [_shown(row) for row in found]
    return render(
        request, "catalogue/programmes.html", work, form=Form(values={"q": words}), programmes=rows, more=more
    )


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
        "href": f"/agenda/{row.code}" if row.kind == "course" else "",
    }


HANDLERS = [programmes]
