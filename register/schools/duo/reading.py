"""From the bytes of a DUO file to rows; a line that cannot be read is refused, and the others stand.

In these files each line is one row: DUO writes no line breaks inside quotes. So a stray quote or a broken byte costs
its own line and no other.
"""

import codecs
import csv
import re
from collections.abc import Hashable, Iterator

from core.errors import Invalid
from register.schools.duo.cells import BadCell, Cells
from register.schools.duo.layouts import LAYOUTS, Layout
from register.schools.duo.rows import Reading, RefusedRow, Row

DELIMITERS = ";,"
LOOSE_CELL = {mark: re.compile(rf'"(.*?)"(?:{mark}|$)|([^{mark}"]*)(?:{mark}|$)') for mark in DELIMITERS}
"""A cell whose closing quote is the one before the separator, whatever stands inside."""


def read(content: bytes) -> Reading:
    """Read a file, told by its header; Invalid("empty-file") or Invalid("unknown-header") when it is none of ours."""
    layout, header, encoding, lines = opened(content)
    rows: list[tuple[int, Row]] = []
    refused: list[RefusedRow] = []
    seen: set[Hashable] = set()
    for number, line in lines:
        try:
            row = layout.row(Cells(dict(zip(header, cells_of(line, encoding, layout, len(header)), strict=True))))
            if layout.key and (key := layout.key(row)) in seen:
                raise BadCell("duplicate")
        except BadCell as bad:
            refused.append(RefusedRow(number, bad.code, bad.column))
        else:
            rows.append((number, row))
            if layout.key:
                seen.add(key)
    return Reading(layout.source, rows, refused)


def opened(content: bytes) -> tuple[Layout, list[str], str, Iterator[tuple[int, bytes]]]:
    """The layout, the columns, the encoding, and each line that is not blank with its number."""
    marked = content.startswith(codecs.BOM_UTF8)
    lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")
    if not lines[0].strip():
        raise Invalid("empty-file")
    layout, header = _recognised(lines[0])
    encoding = "utf-8" if marked else layout.encoding
    return layout, header, encoding, ((n, line.rstrip(b"\r")) for n, line in enumerate(lines[1:], 2) if line.strip())


def _recognised(first: bytes) -> tuple[Layout, list[str]]:
    for delimiter in DELIMITERS:
        try:
            header = [name.strip().upper() for name in _split(first.decode("ascii").rstrip("\r"), delimiter)]
        except (UnicodeDecodeError, csv.Error):
            continue
        for layout in LAYOUTS:
            if layout.delimiter == delimiter and len(set(header)) == len(header) and layout.fits(header):
                return layout, header
    raise Invalid("unknown-header")


def cells_of(line: bytes, encoding: str, layout: Layout, wanted: int) -> list[str]:
    """The cells of one line; BadCell when it is not text of `encoding` or has not as many as are wanted."""
    text = _decoded(line, encoding)
    try:
        cells = _split(text, layout.delimiter)
    except csv.Error:
        cells = _loosely_split(text, layout.delimiter)
    if len(cells) != wanted:
        raise BadCell("wrong-number-of-cells")
    return cells


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, strict=True), [])


def _loosely_split(line: str, delimiter: str) -> list[str]:
    """RIO publishes `"Stichting "De Kempel"",`: quotes inside a cell that nobody doubled."""
    cells: list[str] = []
    at = 0
    while at < len(line):
        cell = LOOSE_CELL[delimiter].match(line, at)
        if cell is None:
            raise BadCell("unreadable-line")
        cells.append(cell[1] if cell[1] is not None else cell[2])
        at = cell.end()
    return [*cells, ""] if line.endswith(delimiter) else cells


def _decoded(line: bytes, encoding: str) -> str:
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        raise BadCell(f"not-{encoding}") from None
    if encoding == "cp1252" and not line.isascii() and _is_utf8(line):
        # Every byte has a meaning in both; that accented text happens to be whole UTF-8 does not happen by chance.
        raise BadCell("not-cp1252")
    return text


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
