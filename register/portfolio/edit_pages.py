"""A draft on pages: fill one in from the accredited offer, change everything of it, take its proof away, delete it."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from pydantic import ValidationError

from accreditation.kinds import BY_BUREAU, CourseKind
from accreditation.offer import service as offer
from auth.permissions import Permission
from core.errors import Invalid
from core.store.work import Work
from core.typed import written
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import options, redirect, render
from core.web.submissions import Forms
from register.entries import queries as registrations
from register.entries.policy import Register
from register.portfolio import queries, service
from register.portfolio.forms import A_DAY, EditForm, OfferForm
from register.portfolio.models import PortfolioEntry, hours_of
from register.portfolio.page_views import category_choices
from register.portfolio.policy import Measure, kinds_of, measure_of, require_editable, ways_to_value
from register.rules.assessment.facts import Valuation

HERE = "/mijn/portfolio"
MOST_OFFERED = 200
FIELDS = {"hours": "contact_hours"}


@get(HERE + "/aanbod", requires=Permission.PORTFOLIO_KEEP)
async def offered_page(request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None) -> Template:
    """Choose a course from the accredited offer."""
    return await _offered(request, work, Form(values={"register_code": register.value} if register else {}))


async def _offered(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    mine = [row.register_code.value for row in await registrations.own_registrations(work)]
    register = form.values.get("register_code", "")
    register = register if register in mine else next(iter(mine), "")
    form.values["register_code"] = register
    kinds = [kind.value for kind in CourseKind if kind not in BY_BUREAU]  # nobody learns at an assessment
    rows = await offer.offer_list(work, register, kinds, None, MOST_OFFERED)
    return render(
        request,
        "mine/offer.html",
        work,
        form=form,
        register=register,
        offered=[(row.code, f"{row.name} ({row.provider})") for row in rows],
        action=f"{HERE}/aanbod",
    )


@get(HERE + "/{entry_id:uuid}/wijzigen", requires=Permission.PORTFOLIO_KEEP)
async def edit_page(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template:
    """A draft, to change."""
    row = await queries.own_entry(work, entry_id)
    require_editable(row.state, endorsed=row.endorsed_sha256 is not None)
    return await _edit(request, work, entry_id, Form(values=_values(row)))


async def _change(work: Work, entry_id: UUID, new: EditForm) -> None:
    try:
        changed = new.changed(_measure(work, await queries.own_entry(work, entry_id)))
    except ValidationError as error:
        raise Invalid("invalid-input", [("themes", "string-too-long")]) from error
    await service.change_entry(work, entry_id, changed)


@post(HERE + "/{entry_id:uuid}/bewijs/verwijderen", requires=Permission.PORTFOLIO_KEEP, if_match=True)
async def detach(work: WorkDep, entry_id: FromPath[UUID]) -> Redirect:
    """Take the proof away."""
    await service.detach_evidence(work, entry_id)
    return redirect(f"{HERE}/{entry_id}", "proof-removed")


@post(HERE + "/{entry_id:uuid}/verwijderen", requires=Permission.PORTFOLIO_KEEP, if_match=True)
async def delete(work: WorkDep, entry_id: FromPath[UUID]) -> Redirect:
    """Delete the draft."""
    await service.delete_entry(work, entry_id)
    return redirect(HERE, "entry-deleted")


def _measure(work: Work, row: PortfolioEntry) -> Measure:
    return measure_of(work.rules.chosen(row.register_code.value, work.today))


def _valuations(work: Work, row: PortfolioEntry) -> list[Valuation]:
    """How one may have it valued; what a provider reports in advance comes by itself."""
    rules = work.rules.chosen(row.register_code.value, work.today)
    own = [row.valuation] if row.valuation is Valuation.IN_ADVANCE else []
    return [*own, *ways_to_value(rules)]


async def _edit(request: AnyRequest, work: Work, entry_id: UUID, form: Form[Any]) -> Template:
    row = await queries.own_entry(work, entry_id)
    return render(
        request,
        "mine/edit.html",
        work,
        form=form,
        title=row.title,
        unit=_measure(work, row).value,
        valuations=options(_valuations(work, row), "valuation-way"),
        kinds=options(dict.fromkeys([*kinds_of(_measure(work, row)), row.kind]), "entry-kind"),
        categories=category_choices(),
        version=row.version,
        href=f"{HERE}/{row.id}",
        action=f"{HERE}/{row.id}/wijzigen",
    )


def _values(row: PortfolioEntry) -> dict[str, str]:
    """A draft as somebody would type it."""
    hours, contact = hours_of(row.claimed_hundredths), hours_of(row.contact_hundredths)
    study = None if hours is None else hours - (contact or 0)
    given = {
        "kind": row.kind.value,
        "title": row.title,
        "done_on": written(row.done_on),
        "points": row.claimed_points,
        "valuation": row.valuation.value,
        "contact_hours": contact,
        "study_hours": study,
        "longer": "true" if hours is not None and hours > A_DAY else None,
        "category": row.category.value if row.category else None,
        "themes": "\n".join(row.themes),
        "provider": row.provider,
        "description": row.description,
    }
    return {
        name: f"{value:f}".replace(".", ",") if hasattr(value, "quantize") else str(value)
        for name, value in given.items()
        if value is not None
    }


action = Forms(HERE, _offered)
from_offer = action(
    "/aanbod",
    Permission.PORTFOLIO_KEEP,
    OfferForm,
    lambda work, new: service.add_entry(work, new.entry()),
    to=lambda row: redirect(f"{HERE}/{row.id}/wijzigen", "entry-kept"),
)

edit = Forms(HERE + "/{entry_id:uuid}", _edit, if_match=True)(
    "/wijzigen", Permission.PORTFOLIO_KEEP, EditForm, _change, "entry-changed", names=FIELDS
)

HANDLERS = [offered_page, from_offer, edit_page, edit, detach, delete]
