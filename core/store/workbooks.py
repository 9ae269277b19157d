"""The visible sheets of a workbook (XLSX) as rows of text; runs in a bounded process (core.store.bounded)."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from core.errors import Invalid

MOST_MEMBERS = 1_000
MOST_SHEETS = 20
LAST_ROW = 1_048_576
"""No spreadsheet has more."""
PIECE = 2**20
_FIXED = re.compile(r"0+")
_DECLARED = (b"<!DOCTYPE", b"<!ENTITY")


def sheets_of(content: bytes, most_unpacked: int, most_rows: int) -> Iterator[list[tuple[int, list[str] | str]]]:
    """The rows in which something stands, with their numbers, of each sheet that is not hidden.

    Invalid: `unreadable-workbook`, `unsafe-workbook`, `list-too-long`.
    """
    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    try:
        _require_safe(content, most_unpacked)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in [each for each in book.worksheets if each.sheet_state == "visible"][:MOST_SHEETS]:
            sheet.reset_dimensions()  # what a sheet says of its own size may be anything
            yield list(_rows(sheet, most_rows))
    except (Invalid, MemoryError):
        raise
    except Exception as error:  # whatever a broken workbook makes of its reader
        raise Invalid("unreadable-workbook") from error


def _require_safe(content: bytes, most_unpacked: int) -> None:
    """Neither a bomb nor a document that brings entities along: Invalid("unsafe-workbook").

    Measured by what a part holds and not by what the directory says of it.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_MEMBERS or sum(part.file_size for part in parts) > most_unpacked:
            raise Invalid("unsafe-workbook")
        left = most_unpacked
        for part in parts:
            before = b""
            with archive.open(part) as inside:
                while piece := inside.read(PIECE):
                    left -= len(piece)
                    seen = before + piece.replace(b"\0", b"")  # UTF-16 too
                    if left < 0 or any(word in seen for word in _DECLARED):
                        raise Invalid("unsafe-workbook")
                    before = seen[-20:]


def _rows(sheet: Any, most: int) -> Iterator[tuple[int, list[str] | str]]:
    found = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > LAST_ROW:
            raise Invalid("unreadable-workbook")
        cells = [_cell(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            found += 1
            if found > most:
                raise Invalid("list-too-long")
            yield number, cells


def _cell(cell: Any) -> str:
    """A cell as a CSV would have it: days as 2026-05-01, whole numbers without a point, noughts that are shown."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return date(value.year, value.month, value.day).isoformat()  # of no zone: the day that the sheet shows
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return str(value)


def _number(value: float, form: str) -> str:
    if isinstance(value, float) and not value.is_integer():
        return format(value, ".15g")
    whole = str(int(value))
    return whole.zfill(len(form)) if _FIXED.fullmatch(form) else whole
