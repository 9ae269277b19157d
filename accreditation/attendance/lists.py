"""Reads a list that was pasted or uploaded, as CSV or as the first sheet of an XLSX file, into rows of text.

A file from strangers is bounded before it is opened: members, bytes after unpacking, cells; and its XML has no DTD.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from xml.parsers import expat

from accreditation.attendance.policy import MOST_ROWS
from accreditation.attendance.schemas import NewRow
from core.errors import Invalid

MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 60 * 2**20
MOST_MEMBERS = 200
COLUMNS = ("register_number", "name", "meeting", "ended_on")
# What people write above their columns.
HEADERS = {
    "registernummer": "register_number",
    "nummer": "register_number",
    "register_number": "register_number",
    "naam": "name",
    "name": "name",
    "bijeenkomst": "meeting",
    "meeting": "meeting",
    "datum": "ended_on",
    "ended_on": "ended_on",
}
_CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")


def rows_of(name: str, content: bytes, run_id: str) -> list[NewRow]:
    """The rows of a file or of pasted text for one run; Invalid: `list-unreadable`, `list-empty`, `list-too-long`."""
    if len(content) > MOST_BYTES:
        raise Invalid("list-too-long", [("file", "list-too-long")])
    table = _sheet(content) if content[:2] == b"PK" or name.lower().endswith(".xlsx") else _text(content)
    lines = [line for line in table if any(cell.strip() for cell in line)]
    columns = _columns(lines[0]) if lines else None
    if columns is not None:
        lines = lines[1:]
    if not lines:
        raise Invalid("list-empty", [("rows", "list-empty")])
    if len(lines) > MOST_ROWS:
        raise Invalid("list-too-long", [("rows", "list-too-long")])
    return [_row(line, columns or COLUMNS, run_id) for line in lines]


def _row(line: Sequence[str], columns: Sequence[str], run_id: str) -> NewRow:
    named = {column: cell.strip()[:4_000] for column, cell in zip(columns, line, strict=False) if column}
    return NewRow(**{"register_number": "", **named, "run_id": run_id})


def _columns(line: Sequence[str]) -> list[str] | None:
    named = [HEADERS.get(cell.strip().lower(), "") for cell in line]
    return named if "register_number" in named else None


def _text(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("list-unreadable", [("file", "list-unreadable")]) from error
    head = text.split("\n", 1)[0]
    mark = max(";\t,", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=mark))
    except csv.Error as error:
        raise Invalid("list-unreadable", [("file", "list-unreadable")]) from error


def _sheet(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            members = file.infolist()
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
                raise Invalid("list-too-long", [("file", "list-too-long")])
            names = {one.filename for one in members}
            shared = _Strings()
            if "xl/sharedStrings.xml" in names:
                _parse(_unpacked(file, "xl/sharedStrings.xml"), shared.begin, shared.end, shared.text)
            sheet = _Cells(shared.found)
            _parse(_unpacked(file, "xl/worksheets/sheet1.xml"), sheet.begin, sheet.end, sheet.text)
            return sheet.rows
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, expat.ExpatError) as error:
        raise Invalid("list-unreadable", [("file", "list-unreadable")]) from error


def _unpacked(file: zipfile.ZipFile, name: str) -> bytes:
    """What a member really holds: its header may lie about it."""
    with file.open(name) as member:
        content = member.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise Invalid("list-too-long", [("file", "list-too-long")])
    return content


def _parse(xml: bytes, begin: Callable[..., None], end: Callable[[str], None], text: Callable[[str], None]) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)


def _refuse(*_declared: object) -> int:
    raise Invalid("list-unreadable", [("file", "list-unreadable")])


class _Strings:
    """The texts that cells refer to."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []

    def begin(self, name: str, _attributes: object) -> None:
        if name == "si":
            self._parts = []

    def text(self, data: str) -> None:
        self._parts.append(data)

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append("".join(self._parts))


class _Cells:
    """The cells of a sheet, as far as our columns reach."""

    def __init__(self, shared: Sequence[str]) -> None:
        self.rows: list[list[str]] = []
        self._shared = shared
        self._row: list[str] = []
        self._at, self._kind = 0, ""
        self._parts: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = [""] * 8
            if len(self.rows) > MOST_ROWS + 1:
                raise Invalid("list-too-long", [("file", "list-too-long")])
        elif name == "c":
            found = _CELL.fullmatch(attributes.get("r", ""))
            self._at = ord(found[1]) - ord("A") if found and len(found[1]) == 1 else 99
            self._kind, self._parts = attributes.get("t", ""), []
        elif name in {"v", "t"}:
            self._parts = []

    def text(self, data: str) -> None:
        self._parts.append(data)

    def end(self, name: str) -> None:
        if name in {"v", "t"} and self._at < 8:
            said = "".join(self._parts)
            if self._kind == "s":
                at = int(said) if said.isascii() and said.isdigit() else -1
                said = self._shared[at] if 0 <= at < len(self._shared) else ""
            self._row[self._at] = said
        elif name == "row":
            self.rows.append(self._row)
