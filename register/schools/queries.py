"""Reads of boards and schools, which are public; and the check of a BRIN and a board against what there is."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from core.errors import Invalid, NotFound
from core.store.work import Work
from register.rules.assessment.facts import Sector
from register.schools.duo.rows import Kind
from register.schools.models import Board, Location
from register.schools.naming import board_in_words, place_in_words, town_in_words
from register.schools.policy import Known, Places, search_key

LONGEST_SEARCH = 100
SECTORS = {
    Kind.BO: Sector.PO,
    Kind.SBO: Sector.PO,
    Kind.SO: Sector.PO,
    Kind.VO: Sector.VO,
    Kind.MBO: Sector.MBO,
}


async def school(work: Work, code: str) -> Location:
    """A location by its code, open or closed; NotFound("no-such-school")."""
    found = await work.session.get(Location, code)
    if found is None:
        raise NotFound("no-such-school")
    return found


async def sectors_at(work: Work, codes: Collection[str]) -> set[Sector]:
    """The sectors of these locations, as far as their kind says it: special secondary education may be either."""
    kinds = await work.session.exec(select(Location.kind).where(col(Location.code).in_(list(codes))))
    return {SECTORS[Kind(kind)] for kind in kinds if kind in SECTORS}


async def schools(
    work: Work,
    *,
    open_on: date,
    limit: int,
    name: str | None = None,
    town: str | None = None,
    board_number: str | None = None,
    after: Sequence[str] | None = None,
) -> Sequence[Location]:
    """Locations that were not closed on a day, by name.

    `name` also takes the beginning of a code; `after` is a place in the list: `name_key` and `code`.
    """
    wanted = select(Location).where(sa.or_(col(Location.closed_on).is_(None), col(Location.closed_on) > open_on))
    if name:
        code = col(Location.code).startswith(_searched(name).upper(), autoescape=True)
        wanted = wanted.where(sa.or_(_has_words(col(Location.name_key), name), code))
    if town:
        wanted = wanted.where(_has_words(col(Location.town_key), town))
    if board_number:
        wanted = wanted.where(Location.board_number == board_number)
    if after:
        wanted = wanted.where(
            sa.tuple_(col(Location.name_key), col(Location.code)) > sa.tuple_(*map(sa.literal, after))
        )
    found = await work.session.exec(wanted.order_by(col(Location.name_key), col(Location.code)).limit(limit))
    return found.all()


async def found_places(work: Work, words: str, *, open_on: date, limit: int, skip: int = 0) -> Sequence[Location]:
    """Locations of which each word stands in name or town, those named so first, then those in a town named so."""
    wanted = select(Location).where(sa.or_(col(Location.closed_on).is_(None), col(Location.closed_on) > open_on))
    name, town = col(Location.name_key), col(Location.town_key)
    for word in _searched(words).split():
        wanted = wanted.where(sa.or_(name.contains(word, autoescape=True), town.contains(word, autoescape=True)))
    by_town = sa.case((_has_words(name, words), 0), else_=1)
    return (await work.session.exec(wanted.order_by(by_town, name, col(Location.code)).offset(skip).limit(limit))).all()


async def chosen_place(work: Work, code: str) -> str:
    """A school that was chosen, in words: name, town and board; "" for none."""
    where = await work.session.get(Location, code if len(code) > len("00AH") else f"{code}00")
    if where is None:
        return ""
    its_board = await work.session.get(Board, where.board_number) if where.board_number else None
    named = board_in_words(its_board.name or its_board.number) if its_board else ""
    return ", ".join(
        part for part in (where.name, town_in_words(where.town or where.municipality or ""), named) if part
    )


async def board(work: Work, number: str) -> Board:
    """A board by its number; NotFound("no-such-board")."""
    found = await work.session.get(Board, number)
    if found is None:
        raise NotFound("no-such-board")
    return found


async def boards(
    work: Work, *, limit: int, name: str | None = None, after: Sequence[str] | None = None
) -> Sequence[Board]:
    """Boards by number; `name` also takes the beginning of a number."""
    wanted = select(Board)
    if name:
        number = col(Board.number).startswith(_searched(name), autoescape=True)
        wanted = wanted.where(sa.or_(_has_words(col(Board.name_key), name), number))
    if after:
        wanted = wanted.where(col(Board.number) > after[0])
    return (await work.session.exec(wanted.order_by(col(Board.number)).limit(limit))).all()


async def found_boards(work: Work, words: str, *, limit: int, skip: int = 0) -> Sequence[Board]:
    """Boards of which each word stands in their name, or in name or town of one school; those named so first."""
    name, place, town = col(Board.name_key), col(Location.name_key), col(Location.town_key)
    known = _has_words(name, words)
    at_school = [
        sa.or_(place.contains(word, autoescape=True), town.contains(word, autoescape=True))
        for word in _searched(words).split()
    ]
    its_school = sa.exists().where(col(Location.board_number) == col(Board.number), *at_school)
    wanted = select(Board).where(sa.or_(known, its_school)).order_by(sa.case((known, 0), else_=1), name)
    return (await work.session.exec(wanted.order_by(col(Board.number)).offset(skip).limit(limit))).all()


async def a_school_of(work: Work, numbers: Collection[str]) -> dict[str, str]:
    """Name and town of one school of each of a few boards, by which people know it."""
    first = sa.select(sa.func.min(col(Location.code))).where(col(Location.board_number).in_(list(numbers)))
    found = await work.session.exec(
        select(Location).where(col(Location.code).in_(first.group_by(col(Location.board_number))))
    )
    rows = [(row.board_number, place_in_words(row.name, row.town or row.municipality or "")) for row in found]
    return {number: said for number, said in rows if number}


async def board_name(work: Work, number: str) -> str:
    """A board that was chosen, in words; "" for none."""
    found = await work.session.get(Board, number) if number else None
    return board_in_words(found.name or found.number) if found else ""


async def boards_by_number(work: Work, numbers: Collection[str]) -> dict[str, Board]:
    """A few boards, by number."""
    found = await work.session.exec(select(Board).where(col(Board.number).in_(list(numbers))))
    return {board.number: board for board in found}


async def locations_by_code(work: Work, codes: Collection[str]) -> dict[str, Location]:
    """A few locations, by code, open or closed."""
    found = await work.session.exec(select(Location).where(col(Location.code).in_(list(codes))))
    return {location.code: location for location in found}


async def names_of_places(work: Work, codes: Collection[str | None]) -> dict[str, str]:
    """Name and town of a few locations, by code."""
    found = await locations_by_code(work, {code for code in codes if code})
    return {code: place_in_words(row.name, row.town or row.municipality or "") for code, row in found.items()}


async def require_place(work: Work, code: str, on: date, board_number: str | None = None) -> None:
    """Hold a BRIN or location code, and a board, against the tables on a day.

    Invalid with `unknown-brin`, `closed-location`, `unknown-board` or `location-not-of-board`; see `Places.problem`.
    """
    named = sa.or_(col(Location.code) == code, col(Location.brin) == code)
    known = await _places(work, named, col(Board.number) == board_number)
    if problem := known.problem(code, on, board_number):
        raise Invalid(problem, [("board_number" if "board" in problem else "brin", problem)])


async def all_places(work: Work) -> Places:
    """Everything to check many rows against, in two queries."""
    return await _places(work, sa.true(), sa.true())


async def _places(work: Work, which: sa.ColumnElement[bool], of: sa.ColumnElement[bool]) -> Places:
    columns = (col(Location.code), col(Location.brin), col(Location.board_number), col(Location.closed_on))
    rows = await (await work.session.connection()).execute(sa.select(*columns).where(which))
    locations: dict[str, Known] = {}
    institutions: dict[str, list[str]] = {}
    for code, brin, board_number, closed_on in rows:
        locations[code] = Known(board_number, closed_on)
        institutions.setdefault(brin, []).append(code)
    numbers = await work.session.exec(select(Board.number).where(of))
    return Places(locations, institutions, frozenset(numbers))


def _searched(text: str) -> str:
    return search_key(text)[:LONGEST_SEARCH]


def _has_words(column: Any, text: str) -> sa.ColumnElement[bool]:
    return sa.and_(sa.true(), *(column.contains(word, autoescape=True) for word in _searched(text).split()))
