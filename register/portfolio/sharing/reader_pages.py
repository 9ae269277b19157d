"""The reader's side on pages: what is shared with whoever asks, and the room of a board."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from auth.permissions import SIGNED_IN, Permission
from core.law.days import add_years
from core.store.work import Work
from core.web.forms import Form
from core.web.http import PAGE, AnyRequest, WorkDep, cursor, place, place_id
from core.web.pages import label, options, render
from core.web.uploads import download
from register.entries.views import found_of
from register.portfolio.page_views import category_in_words, period_in_words
from register.portfolio.sharing import queries, service
from register.portfolio.sharing.schemas import SharedEntryView, SharedPortfolioView, StaffView
from register.portfolio.sharing.views import shared_items, shared_view, staff_views

HERE = "/gedeeld"
BOARD = "/bestuur"
WHICH = ("ends-soon", "unregistered")


@get(HERE, requires=SIGNED_IN)
async def shared(request: AnyRequest, work: WorkDep, na: FromQuery[str | None] = None) -> Template:
    """The portfolios that are shown to whoever asks."""
    rows = await queries.shared_with(work, place_id(na), PAGE + 1)
    return render(
        request,
        "shared/list.html",
        work,
        shared=[
            {
                "href": f"{HERE}/{each.registration_id}",
                "name": each.name,
                "register": each.register_code,
                "until_on": each.until_on,
            }
            for each in await shared_items(work, rows[:PAGE])
        ],
        more=f"{HERE}?na={cursor(str(rows[PAGE - 1].id))}" if len(rows) > PAGE else "",
    )


@get(HERE + "/{registration_id:uuid}", requires=SIGNED_IN)
async def portfolio(request: AnyRequest, work: WorkDep, registration_id: FromPath[UUID]) -> Template:
    """Somebody else's portfolio; its owner sees that it was read."""
    found = await shared_view(work, await service.look(work, registration_id))
    return render(request, "shared/portfolio.html", work, **_portfolio(found))


def _portfolio(found: SharedPortfolioView) -> dict[str, Any]:
    return {
        "name": found.name,
        "register": found.register_code,
        "unit": found.measure,
        "periods": [(period_in_words(one.counts_from, one.due_on), one.points or one.hours) for one in found.periods],
        "norms": [{"label": label(one.name, "norm"), "have": one.have, "need": one.towards} for one in found.norms],
        "entries": [_entry(found, one) for one in sorted(found.entries, key=lambda one: one.done_on, reverse=True)],
    }


def _entry(found: SharedPortfolioView, one: SharedEntryView) -> dict[str, Any]:
    return {
        "title": one.title,
        "kind": label(one.kind, "entry-kind"),
        "done_on": one.done_on,
        "provider": one.provider,
        "category": category_in_words(one.category),
        "description": one.description,
        "amount": one.points if one.points is not None else one.hours,
        "state": one.state,
        "why": label(one.why, "why") if one.why else "",
        "file": one.file.name if one.file else "",
        "file_href": f"{HERE}/{found.registration_id}/{one.id}/bewijs",
    }


@get(HERE + "/{registration_id:uuid}/{entry_id:uuid}/bewijs", requires=SIGNED_IN)
async def evidence(work: WorkDep, registration_id: FromPath[UUID], entry_id: FromPath[UUID]) -> Response[bytes]:
    """The proof behind a shown activity."""
    return download(*await service.look_at_file(work, registration_id, entry_id))


@get(BOARD, requires=Permission.STAFF_READ)
async def staff(
    request: AnyRequest,
    work: WorkDep,
    na: FromQuery[str | None] = None,
    q: FromQuery[str] = "",
    wie: FromQuery[str] = "",
) -> Template:
    """Who works for one's board now, with what everybody may know and what they chose to show."""
    rows = await queries.staff(work, place(na, 3), PAGE + 1, _which(work, q, wie))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    names = await queries.names_of_boards(work, await queries.boards_of(work))
    following = last and cursor(last.name_key, last.register_number, last.register_code)
    return render(
        request,
        "board/staff.html",
        work,
        boards=sorted(names.values()),
        staff=[_staff(each) for each in await staff_views(work, rows[:PAGE])],
        more=f"{BOARD}?{urlencode({'q': q, 'wie': wie, 'na': following})}" if following else "",
        form=Form(values={"q": q, "wie": wie}),
        asked=bool(q or wie),
        which=options(WHICH, "staff"),
    )


def _which(work: Work, text: str, who: str) -> queries.Wanted:
    ends_by = add_years(work.today, 1) if who == "ends-soon" else None
    return queries.Wanted(text=text, ends_by=ends_by, unregistered=who == "unregistered")


def _staff(each: StaffView) -> dict[str, Any]:
    return {
        **found_of(each.entry),
        "href": f"{BOARD}/personen/{each.register_number}",
        "shares": [{"href": f"{HERE}/{one.registration_id}", "until_on": one.until_on} for one in each.shares],
    }


HANDLERS = [shared, portfolio, evidence, staff]
