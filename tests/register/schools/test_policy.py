"""What several sources together say about a place, and who may be named."""

from datetime import date
from itertools import permutations

import pytest
from msgspec.structs import replace

from register.schools.duo.rows import Kind, LocationRow, Source
from register.schools.policy import Known, Places, places_after, search_key

TODAY = date(2026, 11, 22)


def row(source: Source, code: str = "00AR00", kind: Kind = Kind.BO, **facts: object) -> LocationRow:
    return LocationRow(source=source, code=code, brin=code[:4], kind=kind, name=f"named by {source}", **facts)


LISTED = row(Source.PO_LIST, board_number="41797", town="STEVENSWEERT")
MAPPED = row(Source.MAP, town="Stevensweert", longitude=5.8, latitude=51.1)
COUNTED = row(Source.HISTORY, board_number="40000", opened_on=date(1999, 8, 1), counted_until=2025)
OTHERS = [row(Source.PO_LIST, f"01AA{n:02}", board_number="41797") for n in range(20)]


def after(*tellings, before=None, whole=True, today=TODAY):
    places = before or {}
    for rows in tellings:
        places = places_after(places, rows[0].source, rows, whole=whole, today=today)
    return places


def test_the_list_of_today_is_believed_before_the_map_and_the_map_before_the_history():
    place = after([LISTED], [COUNTED], [MAPPED])["00AR00"]

    assert (place.name, place.town, place.board_number) == ("named by po-vestigingen", "STEVENSWEERT", "41797")
    assert (place.opened_on, place.longitude, place.closed_on) == (date(1999, 8, 1), 5.8, None)


@pytest.mark.parametrize("kind", [Kind.BO, Kind.VO, Kind.SBO])
def test_the_order_in_which_list_and_history_speak_makes_no_difference(kind):
    told = [[replace(COUNTED, kind=Kind.SBO if kind is Kind.SBO else Kind.BO, counted_until=2012)]]
    if kind is not Kind.SBO:
        told.append([replace(LISTED, kind=kind, source=Source.VO_LIST if kind is Kind.VO else Source.PO_LIST)])
    told.append([row(Source.HISTORY, "01AA00", board_number="41797", counted_until=2025)])

    outcomes = [after(*order)["00AR00"] for order in permutations(told)]

    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert (outcomes[0].closed_on is None) == (kind is not Kind.SBO)


def test_a_source_that_repeats_itself_changes_nothing():
    once = after([LISTED], [COUNTED], [MAPPED], [*OTHERS, LISTED])

    assert after([LISTED], [COUNTED], [MAPPED], [*OTHERS, LISTED], before=once) == once


def test_a_place_on_a_list_is_open_whatever_the_history_says():
    stopped = replace(COUNTED, counted_until=2012)

    assert after([stopped], [replace(COUNTED, code="01AA00", counted_until=2025)])["00AR00"].closed_on == date(
        2013, 8, 1
    )
    assert after([stopped], [LISTED])["00AR00"].closed_on is None


def test_a_place_of_a_kind_with_a_list_that_is_not_on_it_closed_after_its_last_count():
    assert after([COUNTED])["00AR00"].closed_on is None
    assert after([COUNTED], OTHERS)["00AR00"].closed_on == date(2026, 8, 1)
    assert after([replace(COUNTED, kind=Kind.SO)], OTHERS)["00AR00"].closed_on is None  # special education has no list


def test_a_place_that_falls_off_its_list_closed_when_we_saw_it_and_opens_again_when_it_is_back():
    full = after([*OTHERS, LISTED])

    gone = after(OTHERS, before=full)
    later = after(OTHERS, before=gone, today=date(2027, 1, 1))

    assert gone["00AR00"].closed_on == TODAY
    assert later == gone
    assert after([*OTHERS, LISTED], before=gone) == full


def test_a_fragment_of_a_list_or_one_with_broken_lines_closes_nothing():
    full = after([*OTHERS, LISTED])

    assert after(OTHERS[:3], before=full) == full
    assert after(OTHERS, before=full, whole=False) == full


def test_what_a_special_school_counted_is_not_the_history_of_the_secondary_school_with_its_code():
    secondary = row(Source.VO_LIST, kind=Kind.VO, board_number="41804")
    special = replace(COUNTED, kind=Kind.VSO, counted_until=1999)

    assert after([special], [secondary])["00AR00"] == after([secondary], [special])["00AR00"]
    assert after([special], [secondary])["00AR00"].counted_until is None


def test_a_place_of_which_only_the_map_or_an_empty_history_speaks_is_none():
    assert not after([MAPPED])
    assert not after([replace(COUNTED, counted_until=None, opened_on=None)])
    assert after([replace(MAPPED, kind=Kind.SO)])


PLACES = Places(
    locations={
        "00AH00": Known("41804", None),
        "00AH01": Known("41804", date(2020, 8, 1)),
        "01AB00": Known(None, date(2013, 8, 1)),
    },
    institutions={"00AH": ["00AH00", "00AH01"], "01AB": ["01AB00"]},
    boards={"41804", "41805"},
)


@pytest.mark.parametrize(
    ("code", "day", "board", "problem"),
    [
        ("00AH00", TODAY, "41804", None),
        ("00AH", TODAY, "41804", None),
        ("00AH00", TODAY, None, None),
        ("06XY", TODAY, None, "unknown-brin"),  # well formed, and there is none
        ("06XY00", TODAY, "41804", "unknown-brin"),
        ("00AH99", TODAY, None, "unknown-brin"),
        ("00AH01", date(2020, 7, 31), "41804", None),  # the last day
        ("00AH01", date(2020, 8, 1), "41804", "closed-location"),
        ("01AB", TODAY, None, "closed-location"),
        ("01AB00", date(2010, 1, 1), "41805", None),  # whose it was is no longer known
        ("00AH00", TODAY, "99999", "unknown-board"),
        ("00AH00", TODAY, "41805", "location-not-of-board"),
        ("00AH", TODAY, "41805", "location-not-of-board"),
    ],
)
def test_a_number_is_held_against_what_there_is_on_the_day(code, day, board, problem):
    assert PLACES.problem(code, day, board) == problem


def test_names_are_compared_without_capitals_accents_and_typographic_quotes():
    assert search_key("  Fryslân –  ’t  KOMPAS ") == search_key("fryslan - 't kompas")
    assert search_key(None) == ""
