"""Imports boards and places: set-based, twice is once, and one line in the trail for a whole file."""

from collections.abc import Sequence
from typing import Any

import msgspec

from core.store import bulk
from core.store.work import Work
from register.schools.duo.rows import BoardRow, LocationRow, Reading, Source
from register.schools.models import Board, Location
from register.schools.policy import Place, beside, places_after, search_key

BOARDS = Board.__table__  # type: ignore[attr-defined]
LOCATIONS = Location.__table__  # type: ignore[attr-defined]


class Stored(msgspec.Struct, frozen=True):
    """What an import did, in lines of its file: `new` + `changed` + `unchanged` is how many could be read."""

    new: int
    changed: int
    unchanged: int
    elsewhere: int = 0
    """Rows that the file does not name and that changed by it: places that closed."""


async def import_places(work: Work, reading: Reading) -> Stored:
    """Store the rows of one file of boards, lists, history or map."""
    rows = [row for _, row in reading.rows]
    if reading.source in {Source.BOARDS, Source.BOARD_ADDRESSES}:
        written = await _import_boards(work, [row for row in rows if isinstance(row, BoardRow)])
        named = {row.number for row in rows if isinstance(row, BoardRow)}
    else:
        stood = await bulk.standing(work.session, LOCATIONS)
        before = {str(code): Place(**{name: values[name] for name in FACTS}) for code, values in stood.items()}
        locations = beside(before, reading.source, [row for row in rows if isinstance(row, LocationRow)])
        named = {row.code for row in locations}
        after = places_after(before, reading.source, locations, whole=not reading.refused, today=work.today)
        written = await _write_locations(work, stood, [one for code, one in after.items() if one != before.get(code)])
    new, changed = len(written.new & named), len(written.changed & named)
    stored = Stored(new, changed, len(rows) - new - changed, len(written.new | written.changed) - new - changed)
    if written:
        work.log(
            "schools:import",
            stream="schools",
            source=reading.source.value,
            rows=len(rows),
            rows_digest=bulk.digest_of_all(rows),
            refused=len(reading.refused),
            new=stored.new,
            changed=stored.changed,
            elsewhere=stored.elsewhere,
            tables={table.name: await bulk.digest_of_table(work.session, table) for table in (BOARDS, LOCATIONS)},
        )
    return stored


async def _import_boards(work: Work, rows: Sequence[BoardRow]) -> bulk.Written:
    stood = await bulk.standing(work.session, BOARDS)
    wanted = []
    for row in rows:
        values = {**msgspec.structs.asdict(row), "name_key": search_key(row.name)}
        if row.number in stood:  # a file that does not say leaves what another said
            values = {name: stood[row.number][name] if value is None else value for name, value in values.items()}
        wanted.append(values)
    return await bulk.write(work.session, BOARDS, stood, wanted)


async def _write_locations(work: Work, stood: Any, different: Sequence[Place]) -> bulk.Written:
    await _name_boards(work, {place.board_number for place in different if place.board_number})
    return await bulk.write(work.session, LOCATIONS, stood, [_values(place) for place in different])


FACTS = Place.__struct_fields__


def _values(place: Place) -> bulk.Values:
    return {
        **msgspec.structs.asdict(place),
        "name_key": search_key(place.name),
        "town_key": search_key(place.town or place.municipality),
    }


async def _name_boards(work: Work, numbers: set[str]) -> None:
    stood = await bulk.standing(work.session, BOARDS)
    missing = [{"number": number, "name_key": ""} for number in sorted(numbers - {str(key) for key in stood})]
    await bulk.write(work.session, BOARDS, stood, missing)
