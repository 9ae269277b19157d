"""DUO's files as they come: odd bytes, odd quotes, broken lines."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from register.schools import extract
from register.schools.duo.reading import read
from register.schools.duo.rows import REPAIRS, Kind, Source
from tests.register.schools.files import PO_HEADER, VO_HEADER, history_file, past, po_file, po_line, programmes_file


def only(content: bytes):
    reading = read(content)
    assert not reading.refused
    ((_, row),) = reading.rows
    return row


def refusals(content: bytes) -> list[tuple[int, str, str | None]]:
    return [(refused.line, refused.code, refused.column) for refused in read(content).refused]


def test_quotes_and_accents_of_the_primary_list_survive():
    row = only(po_file(po_line(name="Dalton Kindcentrum ’t Kompas – Fryslân")))

    assert row.name == "Dalton Kindcentrum ’t Kompas – Fryslân"
    assert (row.source, row.kind) == (Source.PO_LIST, Kind.BO)


def test_codes_stay_text_postcodes_are_written_one_way_and_a_blank_is_nothing():
    row = only(po_file(po_line(board="00008", postcode="9514 ca")))

    assert row.board_number == "00008"
    assert row.postcode == "9514CA"
    assert row.site is None
    assert row.town == "GASSELTERNIJVEEN"
    assert row.house_number == "3-A"


def test_a_doubled_quote_inside_a_quoted_name_is_one_quote():
    assert only(po_file(po_line(name='"Basisschool ""De Maasparel"""'))).name == 'Basisschool "De Maasparel"'


def test_the_header_tells_the_file_and_not_its_name_nor_the_order_of_its_columns():
    line = "00AH00;00AH;41804;Kottenpark;Lyceumlaan;;30;7522GK;ENSCHEDE;0153;ENSCHEDE;Overijssel;Openbaar;;VBO/MAVO"

    row = only(f"{VO_HEADER}\n{line}\n".encode())

    assert (row.source, row.kind, row.code, row.structure) == (Source.VO_LIST, Kind.VO, "00AH00", "VBO/MAVO")


def test_each_bad_line_is_refused_by_its_number_and_the_others_stand():
    content = po_file(
        po_line("05OC00"),
        po_line("05oc01"),
        po_line("05OC02", board="320730"),
        po_line("05OC03", postcode="12"),
        po_line("05OC04", name=" "),
        "too;few",
        po_line("05OC00"),
        po_line("05OC05", name="half a \x00 name"),
        po_line("05OC06", name="x" * 256),
        po_line("05OC07").replace(";05OC;", ";05OD;"),
        po_line("05OC08"),
    )

    assert refusals(content) == [
        (3, "bad-location-code", "VESTIGINGSCODE"),
        (4, "bad-board-number", "BEVOEGD GEZAG NUMMER"),
        (5, "bad-postcode", "POSTCODE"),
        (6, "missing-value", "VESTIGINGSNAAM"),
        (7, "wrong-number-of-cells", None),
        (8, "duplicate", None),
        (9, "control-character", "VESTIGINGSNAAM"),
        (10, "too-long", "VESTIGINGSNAAM"),
        (11, "brin-differs", "VESTIGINGSCODE"),
    ]
    assert [(line, row.code) for line, row in read(content).rows] == [(2, "05OC00"), (12, "05OC08")]


def test_a_stray_quote_costs_its_own_line_only():
    content = po_file(po_line("05OC00", name='"De Brug'), po_line("05OC01"))

    assert refusals(content) == [(2, "unreadable-line", None)]
    assert [row.code for _, row in read(content).rows] == ["05OC01"]


def test_a_broken_byte_costs_its_own_line_only():
    good, bad = po_line("05OC00").encode(), po_line("05OC01", name="Br?g").encode().replace(b"?", b"\x81")
    history = history_file(past("1", "1", "1", "1")).replace(b"Maasparel", b"Maasp\xe2rel")

    assert refusals(b"\n".join([PO_HEADER.encode(), good, bad])) == [(3, "not-cp1252", None)]
    assert refusals(history) == [(2, "not-utf-8", None)]


def test_the_primary_list_reads_in_either_encoding():
    """Fryslân is never stored as FryslÃ¢n."""
    text = f"{PO_HEADER}\n{po_line(name='Fryslân')}\n{po_line('05OC01')}\n"

    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        assert [row.name for _, row in read(text.encode(encoding)).rows] == ["Fryslân", "De Brug"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\xef\xbb\xbf\r\n", "empty-file"),
        (b"PK\x03\x04\x00\xff", "unreadable-workbook"),
        (b"name;town\nDe Brug;Sneek\n", "unknown-header"),
        (PO_HEADER.replace("POSTCODE", "ZIP").encode(), "unknown-header"),
    ],
)
def test_a_file_without_a_header_of_ours_is_refused_whole(content, code):
    with pytest.raises(Invalid) as refused:
        read(content)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("pupils", "opened", "closed"),
    [
        (("31", "35", "77", "91"), None, None),  # there from before the series to its end
        (("31", "35", "0", "0"), None, date(1998, 8, 1)),  # the last pupils were those of 1997-1998
        (("0", "<5", "12", "14"), date(1997, 8, 1), None),  # fewer than five are pupils
        (("0", "31", "0", "14"), date(1997, 8, 1), None),  # a missed count is no closure
        (("0", "0", "9", "0"), date(1998, 8, 1), date(1999, 8, 1)),
        (("0", "0", "0", "0"), None, None),
    ],
)
def test_the_years_with_pupils_tell_when_a_location_opened_and_closed(pupils, opened, closed):
    row = only(history_file(past(*pupils)))

    assert (row.opened_on, row.closed_on) == (opened, closed)


def test_the_history_leaves_zeros_out_that_belong_to_the_code():
    row = only(history_file(past("1", "1", "1", "1", board="0")))

    assert row.municipality_code == "0285"
    assert row.board_number is None


def test_a_count_that_is_no_number_is_refused():
    assert refusals(history_file(past("1", "many", "1", "1"))) == [(2, "bad-count", "LEERLINGEN_1997")]


def test_quotes_that_nobody_doubled_are_read_as_meant():
    row = only(programmes_file("1001O4366"))

    assert row.board_name == 'Stichting "De Kempel"'
    assert row.name == "Opleiding, tot leraar"
    assert (row.croho_code, row.credits, row.degree) == ("04808", 240, "associate-degree")
    assert row.begins_on == date(2027, 9, 1)


@pytest.mark.parametrize("day", ["2027-02-30", "2027-9-1", "0001-01-01", "9999-12-31", "01-09-2027"])
def test_a_day_that_is_none_is_refused(day):
    assert refusals(programmes_file("1001O4366", BEGINDATUM=day)) == [(2, "bad-date", "BEGINDATUM")]


@given(st.binary(max_size=300))
def test_whatever_stands_below_a_header_each_line_is_read_or_refused(rubbish):
    lines = [n for n, line in enumerate(re.split(rb"\r\n|\r|\n", rubbish), 2) if line.strip()]

    reading = read(PO_HEADER.encode() + b"\r\n" + rubbish)

    told = sorted([line for line, _ in reading.rows] + [refused.line for refused in reading.refused])
    assert set(told) <= set(lines)
    assert len(set(told)) == len(told)
    if b'"' not in rubbish and b";" not in rubbish and rubbish.isascii() and rubbish.isalnum():
        assert told == lines
    assert {refused.code for refused in reading.refused} <= set(REPAIRS)


def test_the_extract_holds_every_row_of_the_published_files():
    found = {reading.source: reading for reading in extract.read_extract()}

    assert {source: len(reading.rows) for source, reading in found.items()} == {
        Source.PO_LIST: 6122,
        Source.VO_LIST: 1620,
        Source.MBO_LIST: 55,
        Source.BOARDS: 1120,
        Source.HISTORY: 9737,
        Source.MAP: 8717,
        Source.PROGRAMMES: 6827,
    }
    assert not any(reading.refused for reading in found.values())
    assert len({row.code for _, row in found[Source.MAP].rows}) == 8622
    assert sum(row.closed_on is not None for _, row in found[Source.HISTORY].rows) == 2783


def test_the_same_files_make_the_same_extract():
    small = dict([extract.reduce(po_file(po_line())), extract.reduce(history_file(past("1", "0", "0", "0")))])

    assert extract.pack(small) == extract.pack(dict(reversed(small.items())))
    assert b"TELEFOONNUMMER" not in small["po-vestigingen.csv"]
    assert read(small["po-vestigingen.csv"]).rows == read(po_file(po_line())).rows
