"""What one line of a DUO file says about a place or a board."""

from datetime import date
from enum import StrEnum

import msgspec

from accreditation.programmes.schemas import ProgrammeRow


class Source(StrEnum):
    """A kind of DUO file, told by its header."""

    PO_LIST = "po-vestigingen"
    VO_LIST = "vo-vestigingen"
    MBO_LIST = "mbo-instellingen"
    BOARDS = "besturen"
    BOARD_ADDRESSES = "adressen-bevoegde-gezagen"
    HISTORY = "po-leerlingen-historie"
    MAP = "scholen-kaart"
    PROGRAMMES = "ho-opleidingsoverzicht"


class Kind(StrEnum):
    """The sort of education at a location."""

    BO = "bo"
    SBO = "sbo"
    SO = "so"
    VSO = "vso"
    SO_VSO = "so-vso"
    VO = "vo"
    MBO = "mbo"


class BoardRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A competent authority (bevoegd gezag) by name."""

    number: str
    """Five digits (bestuursnummer)."""
    name: str
    kvk: str | None
    """Eight digits: the trade register."""
    sectors: str | None
    """As DUO writes it: `bo+so`."""


class LocationRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A location (vestiging). Each source fills what it knows.

    Text stays as DUO writes it; postcodes become `9999AA`.
    """

    source: Source
    code: str
    """BRIN and two digits; `00` is the main location."""
    brin: str
    """Two digits and two capitals: the institution."""
    kind: Kind
    name: str
    board_number: str | None = None
    """Five digits. The map has none; the history has none for some closed locations."""
    street: str | None = None
    house_number: str | None = None
    """With its addition, as DUO writes it: `3-A`."""
    postcode: str | None = None
    town: str | None = None
    municipality_code: str | None = None
    """Four digits."""
    municipality: str | None = None
    province: str | None = None
    denomination: str | None = None
    site: str | None = None
    structure: str | None = None
    """The school types of a secondary location: `VBO/MAVO/HAVO/VWO`."""
    longitude: float | None = None
    latitude: float | None = None
    opened_on: date | None = None
    """History: 1 August of the first year with pupils; None when that is where the series begins."""
    counted_until: int | None = None
    """History: the last year with pupils: the calendar year in which that school year began."""
    closed_on: date | None = None
    """History: 1 August after the last school year with pupils; None when the series ends there."""


Row = BoardRow | LocationRow | ProgrammeRow


class RefusedRow(msgspec.Struct, frozen=True, gc=False):
    """A line that cannot be read."""

    line: int
    """In the file as an editor shows it; the header is line 1."""
    code: str
    """See `REPAIRS`."""
    column: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """One file, read: what could be read and what could not, both by line."""

    source: Source
    rows: list[tuple[int, Row]]
    refused: list[RefusedRow]


REPAIRS: dict[str, str] = {
    "unreadable-file": "The file is not there or may not be read. Check its path and its permissions.",
    "empty-file": "The file is empty. Download it again.",
    "unknown-header": "The first line is not a header that we know. Hand over the file as DUO publishes it.",
    "list-too-long": "The file is too large: at most 64 MiB and 500,000 lines. Hand it over in parts.",
    "list-unreadable": "This is no list. Hand over the CSV file that DUO publishes.",
    "file-too-heavy": "This file takes too much time or memory to open. Hand over the CSV file that DUO publishes.",
    "unreadable-workbook": "This workbook cannot be read. Hand over the CSV file that DUO publishes.",
    "unsafe-workbook": "This workbook unpacks to more than is safe, or brings a document type along. Save it as CSV.",
    "not-utf-8": "This line is not UTF-8. Hand over the file as DUO publishes it, not as a spreadsheet saved it.",
    "not-cp1252": "This line is neither UTF-8 nor Windows-1252. Hand over the file as DUO publishes it.",
    "unreadable-line": "The quotes in this line do not match. Close each quote, and double a quote inside a cell.",
    "wrong-number-of-cells": "This line has more or fewer cells than the header. Restore its cells and separators.",
    "control-character": "This cell holds a character that is not text. Remove it.",
    "too-long": "This cell is longer than 255 characters. Shorten it.",
    "missing-value": "This cell is empty and must have a value. Fill it in.",
    "bad-brin": "A BRIN is two digits and two capitals, such as 00AH. Correct it.",
    "bad-location-code": "A location code is a BRIN and two digits, such as 00AH00. Correct it.",
    "brin-differs": "The location code does not begin with the BRIN of the same line. Correct one of the two.",
    "bad-board-number": "A board number is five digits, such as 41804. Restore leading zeros.",
    "bad-postcode": "A postcode is four digits and two letters, such as 7522 GK. Correct it.",
    "bad-municipality-code": "A municipality code is at most four digits. Correct it.",
    "bad-kvk-number": "A trade register number is eight digits. Restore leading zeros.",
    "bad-kind": "This sort of school is not known: use BO, SBO, SO, VSO or SO/VSO.",
    "bad-coordinate": "A coordinate is a number inside the Netherlands. Correct it.",
    "bad-count": "A number of pupils is a whole number or <5. Correct it.",
    "bad-unit-code": "A unit code is four digits, the letter O and four digits, such as 1001O5351. Correct it.",
    "bad-croho-code": "A CROHO code is five digits, such as 44135. Restore leading zeros.",
    "bad-number": "This must be a whole number from 0 to 9999. Correct it.",
    "bad-date": "A date is written as 2026-09-01, in a year from 1900 to 2200. Correct it.",
    "duplicate": "An earlier line of this file is about the same thing. Keep one of the two.",
}
"""What would repair a file or line that was refused, by code."""
