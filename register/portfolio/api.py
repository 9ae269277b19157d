"""Portfolios, entries and valuations as JSON."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody, QueryParameter

from auth.permissions import SIGNED_IN, Permission
from core.errors import Invalid
from core.store.files import opened
from core.store.work import Work
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place, versioned
from core.web.uploads import Upload, download
from register.entries.policy import Register
from register.portfolio import queries, service
from register.portfolio.models import PortfolioEntry
from register.portfolio.policy import EntryState
from register.portfolio.schemas import ChangedEntry, EntryView, NewEntry, NewValuation, PortfolioView, ValuationView
from register.portfolio.views import entry_view, portfolio_view, queue_item, valuation_view


@get("/portfolio", requires=Permission.PORTFOLIO_READ_OWN, tags=["portfolio"])
async def portfolio(work: WorkDep, register: FromQuery[Register]) -> PortfolioView:
    """One's own portfolio in a register: periods, totals, what counts line by line, and what is short.

    What a renewal would give today stands at `/portfolio/assessment`.
    """
    found = await queries.own_portfolio(work, register)
    return portfolio_view(found, queries.rules_of(work, found))


@get("/portfolio-entries", requires=Permission.PORTFOLIO_READ_OWN, tags=["portfolio"])
async def entries(
    request: AnyRequest,
    work: WorkDep,
    register: FromQuery[Register | None] = None,
    in_state: Annotated[EntryState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """One's own entries, in the order in which they were added."""
    size = page_size(pageSize)
    after = place(cursor, 1)
    rows = await queries.own_entries(work, register, in_state, _id(after[0]) if after else None, size + 1)
    files = await queries.files_of(work, rows)
    views = [entry_view(row, files.get(row.file_id) if row.file_id else None) for row in rows]
    return listed(request, views, size, lambda row: [str(row.id)])


@post("/portfolio-entries", requires=Permission.PORTFOLIO_KEEP, tags=["portfolio"])
async def add(work: WorkDep, data: JSONBody[NewEntry]) -> Response[EntryView]:
    """Start a draft; its evidence follows."""
    row = await service.add_entry(work, data)
    return versioned(entry_view(row, None), row.version, 201, Location=f"/v1/portfolio-entries/{row.id}")


@get("/portfolio-entries/{entry_id:uuid}", requires=SIGNED_IN, tags=["portfolio"])
async def entry(work: WorkDep, entry_id: FromPath[UUID]) -> Response[EntryView]:
    """An entry of one's own, or for an assessor one that waits: that look leaves a trace with its owner."""
    row, own = await service.read_entry(work, entry_id)
    return await _answer(work, row, seen_before=None if own else await queries.seen_before(work, row))


@patch("/portfolio-entries/{entry_id:uuid}", requires=Permission.PORTFOLIO_KEEP, if_match=True, tags=["portfolio"])
async def change(work: WorkDep, entry_id: FromPath[UUID], data: JSONBody[ChangedEntry]) -> Response[EntryView]:
    """Change a draft; what is left out stays."""
    return await _answer(work, await service.change_entry(work, entry_id, data))


@post(
    "/portfolio-entries/{entry_id:uuid}/evidence",
    requires=Permission.PORTFOLIO_KEEP,
    consumes="multipart/form-data",
    tags=["portfolio"],
)
async def attach(work: WorkDep, entry_id: FromPath[UUID], data: MultipartBody[Upload]) -> Response[EntryView]:
    """Put a PDF, PNG or JPEG of 10 MiB at most behind a draft, in place of an earlier one."""
    evidence = await work.outside(opened(data.file.filename, await data.file.read()))
    row = await service.attach_evidence(work, entry_id, evidence)
    return await _answer(work, row, status_code=201)


@delete(
    "/portfolio-entries/{entry_id:uuid}",
    requires=Permission.PORTFOLIO_KEEP,
    if_match=True,
    status_code=204,
    tags=["portfolio"],
)
async def remove(work: WorkDep, entry_id: FromPath[UUID]) -> None:
    """Remove a draft for good; what was handed in can only be withdrawn."""
    await service.delete_entry(work, entry_id)


@delete(
    "/portfolio-entries/{entry_id:uuid}/evidence",
    requires=Permission.PORTFOLIO_KEEP,
    if_match=True,
    status_code=200,
    tags=["portfolio"],
)
async def detach(work: WorkDep, entry_id: FromPath[UUID]) -> Response[EntryView]:
    """Take the file away from a draft."""
    return await _answer(work, await service.detach_evidence(work, entry_id))


@get(
    "/portfolio-entries/{entry_id:uuid}/evidence/file",
    requires=SIGNED_IN,
    produces="application/octet-stream",
    tags=["portfolio"],
)
async def evidence(work: WorkDep, entry_id: FromPath[UUID]) -> Response[bytes]:
    """The file behind an entry that one may see; a look by an assessor leaves a trace with its owner."""
    file, content = await service.evidence(work, entry_id)
    return download(file, content)


@post(
    "/portfolio-entries/{entry_id:uuid}/submission",
    requires=Permission.PORTFOLIO_KEEP,
    if_match=True,
    tags=["portfolio"],
)
async def submit(work: WorkDep, entry_id: FromPath[UUID]) -> Response[EntryView]:
    """Hand an entry in; its evidence is frozen. Hours count at once, points wait for an assessor."""
    return await _answer(work, await service.submit_entry(work, entry_id), status_code=201)


@post(
    "/portfolio-entries/{entry_id:uuid}/withdrawal",
    requires=Permission.PORTFOLIO_KEEP,
    if_match=True,
    tags=["portfolio"],
)
async def withdraw(work: WorkDep, entry_id: FromPath[UUID]) -> Response[EntryView]:
    """Take an entry back, as long as no renewal has used it."""
    return await _answer(work, await service.withdraw_entry(work, entry_id), status_code=201)


@post("/portfolio-entries/{entry_id:uuid}/valuation", requires=Permission.ENTRY_VALUE, tags=["portfolio"])
async def value(work: WorkDep, entry_id: FromPath[UUID], data: JSONBody[NewValuation]) -> Response[ValuationView]:
    """Decide on an entry: a decision with reasons and a last day to object, made known at once."""
    row, decision = await service.value_entry(work, entry_id, data)
    return versioned(valuation_view(row, decision), decision.version, 201, Location=f"/v1/decisions/{decision.id}")


@get("/valuation-queue", requires=Permission.ENTRY_READ, tags=["portfolio"])
async def waiting(
    request: AnyRequest,
    work: WorkDep,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """What waits to be valued, longest first; one's own is not among it."""
    size = page_size(pageSize)
    after = place(cursor, 2)
    rows = await queries.queue(work, (_at(after[0]), _id(after[1])) if after else None, size + 1)
    views = [queue_item(row) for row in rows]
    return listed(request, views, size, lambda row: [str(row.submitted_at), str(row.id)])


async def _answer(
    work: Work, row: PortfolioEntry, *, status_code: int = 200, seen_before: int | None = None
) -> Response[EntryView]:
    await work.flush()
    files = await queries.files_of(work, [row])
    file = files.get(row.file_id) if row.file_id else None
    return versioned(entry_view(row, file, seen_before), row.version, status_code)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid("cursor", [("cursor", "cursor")]) from error


def _at(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("cursor", [("cursor", "cursor")]) from error
    if at.tzinfo is None:
        raise Invalid("cursor", [("cursor", "cursor")])
    return at


ROUTES = Router(
    "/",
    route_handlers=[
        portfolio,
        entries,
        add,
        entry,
        change,
        remove,
        attach,
        detach,
        evidence,
        submit,
        withdraw,
        value,
        waiting,
    ],
)
