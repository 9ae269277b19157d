"""What several sources together say about a place; whether a school and a board that somebody names are right."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from core import names
from register.schools.duo.rows import Kind, LocationRow, Source

RANK = {Source.HISTORY: 1, Source.MAP: 2, Source.VO_LIST: 3, Source.PO_LIST: 3, Source.MBO_LIST: 3}
"""Who is believed about name and address: a list of today before the map, the map before the history."""

LIST_OF = {Kind.BO: Source.PO_LIST, Kind.VO: Source.VO_LIST, Kind.MBO: Source.MBO_LIST}
"""The list that names every open place of a kind; special education has none."""

BESIDE = "99"
"""The location of an institution for vocational education of which a secondary school has the main code (00)."""

WHOLE_LIST = 0.9
"""A list that names fewer of the places that it named before is a fragment, from which no absence follows."""

TOLD_BY_BEST = (
    "name",
    "street",
    "house_number",
    "postcode",
    "town",
    "municipality",
    "province",
    "denomination",
    "site",
    "structure",
)
TOLD_BY_DUO = ("board_number", "municipality_code")
"""The map, which is not DUO's own, has neither."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A location (vestiging) as it stands, put together from every source that told of it."""

    code: str
    brin: str
    kind: Kind
    name: str
    source: Source
    """Who told its name and address."""
    listed: bool | None = None
    """Whether it stands on the newest list of its kind; None when it never did."""
    board_number: str | None = None
    street: str | None = None
    house_number: str | None = None
    postcode: str | None = None
    town: str | None = None
    municipality_code: str | None = None
    municipality: str | None = None
    province: str | None = None
    denomination: str | None = None
    site: str | None = None
    structure: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    opened_on: date | None = None
    counted_until: int | None = None
    closed_on: date | None = None

    @property
    def on_list(self) -> bool:
        return RANK[self.source] == RANK[Source.PO_LIST]


def told(place: Place | None, row: LocationRow) -> Place | None:
    """The place after a source spoke; the order in which sources speak makes no difference, but for one thing.

    The map alone makes no place of a kind that has a list of its own, nor does a history without pupils: both are
    about places that nobody can work at.
    """
    if place is None:
        if row.source is Source.MAP and row.kind in LIST_OF:
            return None
        if row.source is Source.HISTORY and row.counted_until is None:
            return None
        place = Place(code=row.code, brin=row.brin, kind=row.kind, name=row.name, source=row.source)
    if place.kind is Kind.MBO and row.source is not Source.MBO_LIST:
        return place  # another school under the same code, which is not the institution
    if row.source is Source.HISTORY and place.kind is Kind.VO and place.on_list:
        return place  # what was counted there was a special school that used the same code
    facts: dict[str, object] = {}
    if RANK[row.source] >= RANK[place.source]:
        facts |= {name: getattr(row, name) for name in TOLD_BY_BEST} | {"source": row.source}
    if row.source in LIST_OF.values():
        facts |= {name: getattr(row, name) for name in TOLD_BY_DUO} | {"kind": row.kind, "listed": True}
        if row.kind is Kind.VO:
            facts |= {"opened_on": None, "counted_until": None}
    elif row.source is Source.HISTORY and row.counted_until is not None:
        facts |= {"opened_on": row.opened_on, "counted_until": row.counted_until}
        if not place.on_list:
            facts |= {name: getattr(row, name) for name in TOLD_BY_DUO} | {"kind": row.kind}
    elif row.source is Source.MAP:
        facts |= {"longitude": row.longitude, "latitude": row.latitude}
    return replace(place, **facts)


def places_after(
    before: Mapping[str, Place], source: Source, rows: Iterable[LocationRow], *, whole: bool, today: date
) -> dict[str, Place]:
    """Every place after a source spoke; `whole`: every line of it could be read, so what it leaves out is absent."""
    places = dict(before)
    spoken: set[str] = set()
    for row in rows:
        if row.code in spoken:
            continue  # the map has a line for each address; the first is the place
        spoken.add(row.code)
        if place := told(places.get(row.code), row):
            places[row.code] = place
    if whole and source in LIST_OF.values():
        places |= {place.code: replace(place, listed=False) for place in unlisted(places, source, spoken)}
    newest_count = max((place.counted_until or 0 for place in places.values()), default=0)
    lists = {place.source for place in places.values() if place.listed is not None}
    for code, place in places.items():
        closed_on = closing_day(place, newest_count, lists, today)
        if closed_on != place.closed_on:
            places[code] = replace(place, closed_on=closed_on)
    return places


def beside(places: Mapping[str, Place], source: Source, rows: Sequence[LocationRow]) -> list[LocationRow]:
    """Give an institution for vocational education a code of its own where a secondary school of its BRIN has it."""
    if source is not Source.MBO_LIST:
        return list(rows)
    taken = {code for code, place in places.items() if place.kind is not Kind.MBO}
    return [replace(row, code=row.brin + BESIDE) if row.code in taken else row for row in rows]


def unlisted(places: Mapping[str, Place], source: Source, named: Collection[str]) -> list[Place]:
    """The places that a list named before and names no longer; none when the list is a fragment."""
    before = [place for place in places.values() if place.listed and place.source is source]
    gone = [place for place in before if place.code not in named]
    return gone if len(before) - len(gone) >= WHOLE_LIST * len(before) else []


def closing_day(place: Place, newest_count: int, lists: Collection[Source], today: date) -> date | None:
    """The first day on which a place is no longer open; None while it is.

    A place on a list is open, whatever the history says. Else it closed on 1 August after the last school year in which
    it had pupils, when the count went on without it or its kind has a list on which it does not stand. A place that
    fell off its list closed on the day on which we saw that, until the history knows better.
    """
    if place.listed:
        return None
    if place.counted_until is not None:
        after = date(place.counted_until + 1, 8, 1)
        missing = place.listed is None and LIST_OF.get(place.kind) in lists
        if place.counted_until < newest_count or missing:
            return after
    if place.listed is False:
        return place.closed_on or today
    return place.closed_on


class Known(msgspec.Struct, frozen=True):
    """What must be known of a location to check who names it."""

    board_number: str | None
    closed_on: date | None

    def open_on(self, day: date) -> bool:
        return self.closed_on is None or day < self.closed_on


class Places(msgspec.Struct, frozen=True):
    """The places and boards against which a number is checked: not by its shape, but by what there is."""

    locations: Mapping[str, Known]
    institutions: Mapping[str, Collection[str]]
    """The location codes of each BRIN."""
    boards: Collection[str]

    def problem(self, code: str, day: date, board_number: str | None = None) -> str | None:
        """What is wrong with a BRIN or location code, and with the board that goes with it; None when nothing is.

        `unknown-brin`, `closed-location`, `unknown-board`, `location-not-of-board`. A BRIN is open while one of its
        locations is. Whether it had opened is not checked: a director is appointed before the first pupil comes.
        """
        codes = self.institutions.get(code, ()) if len(code) == len("00AH") else (code,)
        found = [self.locations[one] for one in codes if one in self.locations]
        if not found:
            return "unknown-brin"
        open_ones = [one for one in found if one.open_on(day)]
        if not open_ones:
            return "closed-location"
        if board_number is None:
            return None
        if board_number not in self.boards:
            return "unknown-board"
        if all(one.board_number not in {None, board_number} for one in open_ones):
            return "location-not-of-board"
        return None


search_key = names.place_key
