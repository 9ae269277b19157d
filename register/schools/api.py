"""Boards and schools as JSON, for everybody."""

from datetime import date

import msgspec
from litestar import Response, Router, get
from litestar.params import FromPath, FromQuery

from auth.permissions import PUBLIC
from core.web.http import AnyRequest, Page, WorkDep, listed, page_size, place, versioned
from register.schools import queries
from register.schools.models import Board, Location
from register.schools.policy import search_key


class SchoolView(msgspec.Struct, frozen=True):
    """A location of a school; names and addresses are as DUO writes them."""

    code: str
    """BRIN and two digits; `00` is the main location, `99` an mbo institution beside a secondary school of its BRIN."""
    brin: str
    kind: str
    """`bo`, `sbo`, `so`, `vso`, `so-vso`, `vo` or `mbo`."""
    name: str
    board_number: str | None
    street: str | None
    house_number: str | None
    postcode: str | None
    town: str | None
    municipality: str | None
    province: str | None
    denomination: str | None
    site: str | None
    structure: str | None
    """The school types of a secondary school."""
    longitude: float | None
    latitude: float | None
    opened_on: date | None
    """Null when it is not known, or before 1997."""
    closed_on: date | None
    """The first day on which it is no longer open."""


class BoardView(msgspec.Struct, frozen=True):
    """A competent authority (bevoegd gezag)."""

    number: str
    name: str | None
    """Null when only its number is known."""
    kvk: str | None
    sectors: str | None


def school_view(row: Location) -> SchoolView:
    """As everybody may see it."""
    return SchoolView(**{name: getattr(row, name) for name in SchoolView.__struct_fields__})


def board_view(row: Board) -> BoardView:
    """As everybody may see it."""
    return BoardView(row.number, row.name, row.kvk, row.sectors)


@get("/schools", requires=PUBLIC, tags=["schools"])
async def schools(
    request: AnyRequest,
    work: WorkDep,
    name: FromQuery[str | None] = None,
    town: FromQuery[str | None] = None,
    boardNumber: FromQuery[str | None] = None,
    openOn: FromQuery[date | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """School locations by name; those that are open today, or were on `openOn`."""
    size = page_size(pageSize)
    rows = await queries.schools(
        work,
        open_on=openOn or work.today,
        limit=size + 1,
        name=name,
        town=town,
        board_number=boardNumber,
        after=place(cursor, 2),
    )
    return listed(request, [school_view(row) for row in rows], size, lambda row: [search_key(row.name), row.code])


@get("/schools/{code:str}", requires=PUBLIC, tags=["schools"])
async def school(work: WorkDep, code: FromPath[str]) -> Response[SchoolView]:
    """One school location, open or closed."""
    row = await queries.school(work, code)
    return versioned(school_view(row), row.version)


@get("/boards", requires=PUBLIC, tags=["schools"])
async def boards(
    request: AnyRequest,
    work: WorkDep,
    name: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    pageSize: FromQuery[int | None] = None,
) -> Response[Page]:
    """School boards by number."""
    size = page_size(pageSize)
    rows = await queries.boards(work, limit=size + 1, name=name, after=place(cursor, 1))
    return listed(request, [board_view(row) for row in rows], size, lambda row: [row.number])


@get("/boards/{number:str}", requires=PUBLIC, tags=["schools"])
async def board(work: WorkDep, number: FromPath[str]) -> Response[BoardView]:
    """One school board."""
    row = await queries.board(work, number)
    return versioned(board_view(row), row.version)


ROUTES = Router("/", route_handlers=[schools, school, boards, board])
