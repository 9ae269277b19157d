"""Choosing a school or a board by name or town, for the form that one came from; nobody types a number."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template

from auth.permissions import PUBLIC, SIGNED_IN
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import render
from register.schools import queries
from register.schools.models import Location
from register.schools.naming import board_in_words, town_in_words

PAGE = 20
MOST_PAGES = 500
SCHOOLS, BOARDS = "/inschrijven/scholen", "/besturen/kiezen"
BACK = {"": "/inschrijven", "gegevens": "/mijn/gegevens", "bestuur": "/bestuur/ontbreekt"}
"""The forms for which a school is chosen."""
BOARD_BACK = {"aanbieder": "/aanbieder/nieuw", "rollen": "/beheer/rollen"}
"""The forms for which a board is chosen."""


@get(SCHOOLS, requires=PUBLIC)
async def places(
    request: AnyRequest,
    work: WorkDep,
    q: FromQuery[str | None] = None,
    town: FromQuery[str | None] = None,
    voor: FromQuery[str | None] = None,
    bladzijde: FromQuery[int | None] = None,
) -> Template:
    """Find a school by its name or town, and choose it for the form that one came from."""
    reason = voor if voor and voor in BACK else ""
    words = f"{q or ''} {town or ''}".strip()
    return await places_page(request, work, words, bladzijde, SCHOOLS, BACK[reason], reason)


async def places_page(
    request: AnyRequest, work: Work, words: str, page: int | None, action: str, back: str, reason: str = ""
) -> Template:
    """The search for a school at an address; who chooses one comes `back` with its numbers in the address."""
    found, more = await _paged(page, lambda skip: queries.found_places(work, words, open_on=work.today, **skip), words)
    numbers = {row.board_number for row in found if row.board_number}
    boards = {number: row.name or number for number, row in (await queries.boards_by_number(work, numbers)).items()}
    return render(
        request,
        "public/places.html",
        work,
        form=Form(values={"q": words}),
        action=action,
        searched=bool(words),
        office=work.means.settings.house.email,
        next=_following(action, words, reason, more),
        reason=reason,
        back=back,
        places=[_place(row, boards.get(row.board_number or "", ""), back) for row in found],
    )


@get(BOARDS, requires=SIGNED_IN)
async def boards(
    request: AnyRequest,
    work: WorkDep,
    q: FromQuery[str | None] = None,
    voor: FromQuery[str | None] = None,
    bladzijde: FromQuery[int | None] = None,
) -> Template:
    """Find a board by its name, or by the name or town of one of its schools, and choose it."""
    reason, words = voor if voor and voor in BOARD_BACK else "aanbieder", (q or "").strip()
    back = BOARD_BACK[reason]
    found, more = await _paged(bladzijde, lambda skip: queries.found_boards(work, words, **skip), words)
    schools = await queries.a_school_of(work, [row.number for row in found])
    return render(
        request,
        "public/boards.html",
        work,
        form=Form(values={"q": words}),
        action=BOARDS,
        searched=bool(words),
        office=work.means.settings.house.email,
        next=_following(BOARDS, words, reason, more),
        reason=reason,
        back=back,
        boards=[
            {
                "name": board_in_words(row.name or row.number),
                "school": schools.get(row.number, ""),
                "href": f"{back}?board_number={row.number}",
            }
            for row in found
        ],
    )


async def _paged(page: int | None, find: Any, words: str) -> tuple[Sequence[Any], int]:
    """The rows of a page, and the number of the next one or 0."""
    at = max(1, min(page or 1, MOST_PAGES))
    found = await find({"limit": PAGE + 1, "skip": (at - 1) * PAGE}) if words else []
    return found[:PAGE], at + 1 if len(found) > PAGE else 0


def _following(action: str, words: str, reason: str, page: int) -> str:
    return f"{action}?{urlencode({'q': words, 'voor': reason, 'bladzijde': page})}" if page else ""


def _place(row: Location, board: str, back: str) -> dict[str, str]:
    town = town_in_words(row.town or row.municipality or "")
    return {
        "name": row.name,
        "where": ", ".join(part for part in (row.street, town) if part),
        "board": board_in_words(board) if board else "",
        "href": f"{back}?location_code={row.code}&board_number={row.board_number or ''}",
    }


HANDLERS = [places, boards]
