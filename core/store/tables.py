"""Reads a list that somebody hands over: text of any encoding, line ending and separator, or a workbook (XLSX).

What spreadsheets leave behind is no data: hints (`sep=;`), empty rows and columns, titles above the header, hidden
sheets, cells as numbers or days. A row that cannot be read is refused by its line in the file, and the others stand.
Nothing is ever guessed at: a byte or quote that could be read in two ways costs its row.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from core import signs
from core.errors import Invalid
from core.store import bounded, workbooks

ARCHIVE = b"PK\x03\x04"
SEPARATORS = ";\t|,"
"""In the order in which they win when a file could be read with two of them."""
SAMPLE = 30
HEADER_WITHIN = 10
LONGEST_CELL = 30
"""Lines that a quoted cell may have."""
_LINE = re.compile(rb"\r\n|\r|\n")
_TEXT_LINE = re.compile(r"\r\n|\r|\n")
_HINT = re.compile(r'"?sep=(.)"?[;,\t|]*', re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OTHER_FILES = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_LOOSE = {mark: re.compile(rf'"(.*?)"(?:{re.escape(mark)}|$)|([^{re.escape(mark)}"]*)(?:{re.escape(mark)}|$)')
          for mark in SEPARATORS}  # fmt: skip
"""A cell whose closing quote is the one before the separator, whatever stands inside."""
_QUOTED = re.compile(r'="([^"]*)"|\'([0-9=+@-].*)', re.DOTALL)
_WHOLE = re.compile(r"([0-9]{5,})[.,]0+")
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(?::00(?:\.0+)?)?")

Row = tuple[int, list[str]]
"""The number of its line, as an editor or a spreadsheet shows it, and its cells."""


class Shape(msgspec.Struct, frozen=True):
    """What a door expects of a list."""

    known: Sequence[str] = ()
    """Names that columns may have, as `plain` writes them; by them a header is told from a row."""
    headed: bool = False
    """There is a header always, known or not."""
    ragged: bool = False
    """A row may have fewer cells than the header, and another separator: typed by hand."""
    most_rows: int = 10_000
    most_bytes: int = 5 * 2**20
    most_unpacked: int = 60 * 2**20


class Table(msgspec.Struct):
    """`header` is empty where there is none; each of `rows` has as many cells as it; `refused` by line and code."""

    header: list[str] = []
    rows: list[Row] = []
    refused: list[tuple[int, str]] = []


async def read(content: bytes, shape: Shape, *, seconds: int = 20, memory: int = 1024) -> Table:
    """A list from a stranger, read in a bounded process; await it outside a transaction.

    Invalid: `list-too-long`, `list-unreadable`, `unreadable-workbook`, `unsafe-workbook`, `file-too-heavy`. An empty
    file is an empty table.
    """
    if len(content) > shape.most_bytes and not _empty(content):
        raise Invalid("list-too-long")
    given = msgspec.to_builtins(shape)
    found = await bounded.run(_parsed, content, given, seconds=seconds, memory=memory, code="list-unreadable")
    return msgspec.convert(found, Table)


def _parsed(content: bytes, shape: Mapping[str, object]) -> object:
    return msgspec.to_builtins(parsed(content, msgspec.convert(shape, Shape)))


def parsed(content: bytes, shape: Shape) -> Table:
    """The same for a file of our own, here and now."""
    if _empty(content):
        return Table()
    if content.startswith(ARCHIVE):
        sheets = workbooks.sheets_of(content, shape.most_unpacked, shape.most_rows + HEADER_WITHIN)
        tables = [_table(sheet, shape, padded=True) for sheet in sheets]
        headed = [table for table in tables if table.header and _recognised(table.header, shape.known)]
        return next(iter([*headed, *(table for table in tables if table.rows or table.header)]), Table())
    return _table(list(_of_text(content, shape)), shape, padded=shape.ragged)


def plain(name: str) -> str:
    """The name of a column as it is compared: small letters, blanks as underscores."""
    return "_".join(tidy(name).lower().split())


def tidy(cell: str) -> str:
    """A cell as it was meant: without what spreadsheets put around it."""
    text = signs.line(cell).strip()
    if found := _QUOTED.fullmatch(text):
        text = (found[1] if found[1] is not None else found[2]).strip()
    if found := _WHOLE.fullmatch(text) or _MIDNIGHT.fullmatch(text):
        text = found[1]
    return text


def _empty(content: bytes) -> bool:
    """Nothing but byte order marks, blanks, line ends and separators."""
    return not content.strip(b'\xef\xbb\xbf\xff\xfe\0 \t\r\n;,|"\x1a\x0b\x0c')


def _table(lines: Iterable[tuple[int, list[str] | str]], shape: Shape, *, padded: bool) -> Table:
    """The header and the rows under it; a line that is a code could not be read."""
    table = Table()
    rows: list[tuple[int, list[str], int]] = []
    for number, line in lines:
        if isinstance(line, str):
            table.refused.append((number, line))
        elif any(cells := [tidy(cell) for cell in line]):
            rows.append((number, cells, len(line)))
    at = next((n for n, row in enumerate(rows[:HEADER_WITHIN]) if _recognised(row[1], shape.known)), None)
    if at is None and shape.headed and rows:
        at = 0
    body = rows if at is None else rows[at + 1 :]
    if len(body) + len(table.refused) > shape.most_rows:
        raise Invalid("list-too-long")
    if at is None:
        table.rows = [(number, _trimmed(cells)) for number, cells, _ in _without_margin(body)]
        return table
    named = _trimmed(rows[at][1])
    columns = [place for place, name in enumerate(named) if name]
    table.header = [named[place] for place in columns]
    table.refused = [each for each in table.refused if each[0] > rows[at][0]]
    for number, cells, width in body:
        beside = any(cell and (place >= len(named) or not named[place]) for place, cell in enumerate(cells))
        if beside or (width < len(named) and not padded):
            table.refused.append((number, "wrong-number-of-cells"))
        else:
            table.rows.append((number, [cells[place] if place < len(cells) else "" for place in columns]))
    table.refused.sort()
    return table


def _trimmed(cells: Sequence[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return list(cells[:end])


def _without_margin(rows: Sequence[tuple[int, list[str], int]]) -> Iterator[tuple[int, list[str], int]]:
    """Without the columns on the left in which nothing stands."""
    firsts = (next(place for place, cell in enumerate(cells) if cell) for _, cells, _ in rows)
    margin = min(firsts, default=0)
    return ((number, cells[margin:], width) for number, cells, width in rows)


def _recognised(cells: Sequence[str], known: Collection[str]) -> bool:
    """Most of what stands there are names of columns."""
    filled = [plain(cell) for cell in cells if cell]
    return bool(filled) and 2 * sum(name in known for name in filled) >= len(filled)


def _of_text(content: bytes, shape: Shape) -> Iterator[tuple[int, list[str] | str]]:
    """Each line of text with its number: its cells, or the code for which it is refused."""
    lines = [(number, line, code) for number, (line, code) in enumerate(_lines(content), 1)]
    first = next((at for at, (_, line, code) in enumerate(lines) if code or line.strip()), 0)
    hint = _HINT.fullmatch(lines[first][1].strip(" \ufeff"))
    if hint:
        lines = lines[first + 1 :]
    told = hint[1] if hint and hint[1] in SEPARATORS else ""
    mark = told or _separator([line for _, line, code in lines if not code], shape)
    wanted = 0
    at = 0
    while at < len(lines):
        number, line, code = lines[at]
        at += 1
        if code:
            yield number, code
            continue
        if not line.strip():
            continue
        following = (more for _, more, _ in islice(lines, at, at + LONGEST_CELL))
        cells, used = _cells(line, following, mark, wanted)
        at += used
        if cells is None:
            yield number, "unreadable-line"
            continue
        wanted = wanted or len(cells)
        if shape.ragged and len(cells) == 1:
            cells = _otherwise(line, mark) or cells
        yield number, cells


def _lines(content: bytes) -> Iterator[tuple[str, str]]:
    """Each line as text, or with the code for which it is none."""
    if content.startswith(_OTHER_FILES):
        raise Invalid("list-unreadable")
    bom, encoding = next(((bom, name) for bom, name in _BOMS if content.startswith(bom)), (b"", ""))
    bare = content[len(bom) :]
    if encoding.startswith("utf-16"):
        try:
            text = bare.decode(encoding).rstrip("\x1a")
        except UnicodeDecodeError:
            raise Invalid("list-unreadable") from None
        found: Iterable[tuple[str, str]] = ((line, "") for line in _TEXT_LINE.split(text))
    else:
        pieces = _LINE.split(bare.rstrip(b"\x1a"))
        encoding = encoding or ("utf-8" if _is_utf8(bare) or any(_composed(line) for line in pieces) else "cp1252")
        found = (_decoded(line, encoding) for line in pieces)
    begun = False
    for line, code in found:
        if not begun and "\0" in line:
            raise Invalid("list-unreadable")
        begun = begun or bool(line.strip())
        yield line, code


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _composed(line: bytes) -> bool:
    """Accented text that is whole UTF-8 does not happen by chance."""
    return not line.isascii() and _is_utf8(line)


def _decoded(line: bytes, encoding: str) -> tuple[str, str]:
    try:
        return line.decode(encoding), ""
    except UnicodeDecodeError:
        return "", f"not-{encoding}"


def _separator(lines: Sequence[str], shape: Shape) -> str:
    """By which the header is known best, and then most lines have as many cells as each other, and the most of them."""
    sample = [line for line in lines if line.strip()][:SAMPLE]

    def fitness(mark: str) -> tuple[int, int, int, int]:
        split = [_split(line, mark) or [line] for line in sample]
        known = max((sum(plain(cell) in shape.known for cell in cells) for cells in split[:HEADER_WITHIN]), default=0)
        widths = [len(cells) for cells in split if len(cells) > 1]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return known, widths.count(usual), usual, -SEPARATORS.index(mark)

    return max(SEPARATORS, key=fitness)


def _split(line: str, mark: str) -> list[str] | None:
    try:
        return next(csv.reader([line], delimiter=mark, strict=True), [])
    except csv.Error:
        return None


def _cells(line: str, following: Iterator[str], mark: str, wanted: int) -> tuple[list[str] | None, int]:
    """The cells of a line, and how many of the next ones belong to a quoted cell of it."""
    try:
        return next(csv.reader([line], delimiter=mark, strict=True), []), 0
    except csv.Error as error:
        if "unexpected end" not in str(error):
            return _loosely(line, mark), 0
    whole = line
    for used, more in enumerate(following, 1):
        whole = f"{whole}\n{more}"
        try:
            cells = next(csv.reader([whole], delimiter=mark, strict=True), [])
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue
            break
        if wanted in {0, len(cells)}:
            return cells, used
        break
    return _loosely(line, mark), 0


def _loosely(line: str, mark: str) -> list[str] | None:
    """RIO publishes `"Stichting "De Kempel"",`: quotes inside a cell that nobody doubled."""
    cells: list[str] = []
    at = 0
    while at < len(line):
        cell = _LOOSE[mark].match(line, at)
        if cell is None:
            return None
        cells.append(cell[1] if cell[1] is not None else cell[2])
        at = cell.end()
    return [*cells, ""] if line.endswith(mark) else cells


def _otherwise(line: str, mark: str) -> list[str] | None:
    """A line that was typed with another separator than the rest."""
    found = [_split(line, other) or [] for other in SEPARATORS if other != mark]
    return next((cells for cells in found if len(cells) > 1), None)
