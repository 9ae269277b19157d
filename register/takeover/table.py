"""From the bytes of a CSV or XLSX file to lines of cells; a line that cannot be read is refused, and the others stand.

In a CSV each line is one row: no line breaks inside quotes, so a stray quote or a broken byte costs its own line only.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.errors import Invalid
from register.schools.duo.cells import BadCell
from register.schools.duo.rows import RefusedRow
from register.takeover.columns import Column, recognised

MOST_BYTES = 64 * 2**20
MOST_UNPACKED = 512 * 2**20
MOST_ROWS = 500_000
DELIMITERS = ";,\t"
ARCHIVE = b"PK\x03\x04"


@dataclass
class Table:
    """The lines of a file with their numbers, each as its cells by column name, and those that could not be read."""

    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)

    def add(self, number: int, columns: Sequence[Column], cells: Sequence[str]) -> None:
        if len(cells) != len(columns):
            raise BadCell("wrong-number-of-cells")
        filled = (
            cell.zfill(column.digits) if cell.strip() else "" for column, cell in zip(columns, cells, strict=True)
        )
        self.lines.append((number, dict(zip((column.name for column in columns), filled, strict=True))))


def read(content: bytes, columns: Sequence[Column]) -> Table:
    """The lines of a file, told by its header.

    Invalid: `empty-file`, `file-too-large`, `unreadable-workbook`, `unsafe-workbook`, and as columns.recognised.
    """
    if len(content) > MOST_BYTES:
        raise Invalid("file-too-large", most=MOST_BYTES // 2**20)
    return _workbook(content, columns) if content.startswith(ARCHIVE) else _text(content, columns)


def _text(content: bytes, columns: Sequence[Column]) -> Table:
    marked = content.startswith(codecs.BOM_UTF8)
    lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")
    if not lines[0].strip():
        raise Invalid("empty-file")
    encoding = "utf-8" if marked or any(_composed(line) for line in lines) else "cp1252"
    header, delimiter = _header(lines[0].decode(encoding, errors="replace").rstrip("\r"), columns)
    table = Table()
    for number, line in enumerate(lines[1:], 2):
        if not line.strip(b" \r\t;,"):
            continue
        try:
            table.add(number, header, _cells(line.rstrip(b"\r"), encoding, delimiter))
        except BadCell as bad:
            table.refused.append(RefusedRow(number, bad.code, bad.column))
    return table


def _composed(line: bytes) -> bool:
    """Accented text that is whole UTF-8 does not happen by chance."""
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _header(line: str, columns: Sequence[Column]) -> tuple[list[Column], str]:
    """By the delimiter that occurs most; Invalid as columns.recognised."""
    delimiter = max(DELIMITERS, key=line.count)
    return recognised(next(csv.reader([line], delimiter=delimiter), []), columns), delimiter


def _cells(line: bytes, encoding: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.decode(encoding)], delimiter=delimiter, strict=True), [])
    except UnicodeDecodeError:
        raise BadCell(f"not-{encoding}") from None
    except csv.Error:
        raise BadCell("unreadable-line") from None


def _workbook(content: bytes, columns: Sequence[Column]) -> Table:
    """The first sheet of a workbook, its values and not its formulas."""
    rows = _rows(content)
    first = next(rows, None)
    if first is None or not any(first):
        raise Invalid("empty-file")
    while first and not first[-1]:
        first.pop()
    header = recognised(first, columns)
    table = Table()
    for number, cells in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise Invalid("file-too-large", most=MOST_BYTES // 2**20)
        if not any(cells):
            continue
        kept, beyond = cells[: len(header)], cells[len(header) :]
        try:
            if any(beyond):
                raise BadCell("wrong-number-of-cells")
            table.add(number, header, kept + [""] * (len(header) - len(kept)))
        except BadCell as bad:
            table.refused.append(RefusedRow(number, bad.code, bad.column))
    return table


def _rows(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        _require_safe(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says of its own size may be anything
        yield from (_plain(row) for row in sheet.iter_rows(values_only=True))
    except Invalid:
        raise
    except Exception as error:  # whatever a broken workbook makes of its reader
        raise Invalid("unreadable-workbook") from error


def _require_safe(content: bytes) -> None:
    """Neither a bomb nor a document that brings entities along: Invalid("unsafe-workbook")."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Invalid("unsafe-workbook")
        for part in parts:
            inside = archive.read(part).replace(b"\0", b"")
            if b"<!DOCTYPE" in inside or b"<!ENTITY" in inside:
                raise Invalid("unsafe-workbook")


def _plain(row: Iterable[Any]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: Any) -> str:
    """A cell as a CSV would have it: days as 2026-05-01, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
