"""What changed for a board: in what everybody may know of its people, and who came or left; the latest first, by pages.

Two streams, lines of histories and turns of posts, each read from where a page begins and as far as it can reach; a
line that changes nothing that everybody may know is read past.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import UUID

from core.clock import AMSTERDAM, legal_day
from core.errors import Invalid
from core.store.work import Work
from core.web.http import place
from register.employers.board import queries
from register.employers.board.schemas import ChangeView
from register.entries.entry import standing
from register.entries.models import EntryVersion
from register.entries.policy import Register, Status
from register.portfolio.sharing import queries as sharing


class Place(NamedTuple):
    """Where a change stands among all: its moment, the id of its row, and which of the two turns of a post it is."""

    at: datetime
    id: UUID
    turn: str = ""


class Change(NamedTuple):
    """One change, and where it stands."""

    place: Place
    view: ChangeView


async def since(work: Work, day: date, after: Place | None, most: int) -> list[Change]:
    """At most so many changes since a day, from a place on, the latest first. Invalid("day-to-come")."""
    if day > work.today:
        raise Invalid("day-to-come", [("sinds", "day-to-come")], today=work.today)
    boards = await sharing.boards_of(work)
    start = _midnight(day)
    found = [change async for change in _standings(work, boards, start, after, most)]
    found += await _turns(work, boards, day, after, most)
    return sorted(found, key=lambda one: one.place, reverse=True)[:most]


async def _standings(
    work: Work, boards: frozenset[str], start: datetime, after: Place | None, most: int
) -> AsyncIterator[Change]:
    told = 0
    while True:
        rows = await queries.lines_of_staff(work, boards, start, after and (after.at, after.id), most)
        for line, earlier, register, number, name in rows:
            before, now = _standing(register, earlier), _standing(register, line)
            if now != before:
                yield Change(Place(line.recorded_at, line.id), _change(line, register, number, name, before, now))
                told += 1
            if told == most:
                return
            after = Place(line.recorded_at, line.id)
        if len(rows) < most:
            return


Standing = tuple[str, date | None]
"""Status and last day, as everybody may know them."""


def _standing(register: Register, line: EntryVersion | None) -> Standing | None:
    says = standing(register, line) if line is not None else None
    if says is None:
        return None
    teacher = register is Register.TEACHERS
    status = "not-registered" if teacher and says["status"] is not Status.REGISTERED else says["status"].value
    return status, says["valid_until"]


def _change(
    line: EntryVersion, register: Register, number: str, name: str, before: Standing | None, now: Standing | None
) -> ChangeView:
    return ChangeView(
        recorded_on=legal_day(line.recorded_at),
        holds_from=line.holds_from,
        what="standing",
        register_number=number,
        name=name,
        register_code=register.value,
        before=before[0] if before else None,
        status=now[0] if now else None,
        valid_until=now[1] if now else None,
    )


async def _turns(work: Work, boards: frozenset[str], since: date, after: Place | None, most: int) -> Sequence[Change]:
    until: queries.Turn | None = None
    if after is not None:
        day = legal_day(after.at)
        begun = _midnight(day) < after.at  # what was recorded in the course of a day comes before its turns
        until = (day, None, "") if begun else (day, after.id, after.turn)
    return [
        Change(Place(_midnight(on), id, turn), ChangeView(on, on, turn, number, name, None, None, None, None))
        for id, turn, on, number, name in await queries.turns_since(work, boards, since, until, most)
    ]


def key_of(change: Change) -> list[str]:
    """Where the next page starts."""
    return [change.place.at.isoformat(), str(change.place.id), change.place.turn]


def place_of(cursor: str | None) -> Place | None:
    """The place in a cursor; Invalid("cursor") for one that we did not give."""
    keys = place(cursor, 3)
    if keys is None:
        return None
    try:
        at = datetime.fromisoformat(keys[0])
        return Place(at.astimezone(UTC), UUID(keys[1]), keys[2])
    except (ValueError, OverflowError) as error:
        raise Invalid("cursor", [("cursor", "cursor")]) from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)
