"""The lines of a file of another system by the names of our columns; what cannot be read is refused by its line."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.errors import Invalid
from core.store import tables
from register.office.imports.columns import BSN, Column, recognised
from register.schools.duo.rows import RefusedRow


@dataclass
class Lines:
    """Each line with its number as its cells by column name, and those that could not be read."""

    lines: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def shape_of(columns: Sequence[Column]) -> tables.Shape:
    """Large files, with a header always."""
    known = [*(name for each in columns for name in (each.name, each.dutch)), *BSN]
    return tables.Shape(known=known, headed=True, most_rows=500_000, most_bytes=64 * 2**20, most_unpacked=512 * 2**20)


async def lines_of(content: bytes, columns: Sequence[Column]) -> Lines:
    """The lines of a file, told by its header. Invalid: `empty-file`, and as tables.read and columns.recognised."""
    return named(await tables.read(content, shape_of(columns), seconds=300, memory=3_072), columns)


def named(table: tables.Table, columns: Sequence[Column]) -> Lines:
    """A table by the names of its columns."""
    if not table.header:
        raise Invalid("empty-file")
    header = recognised(table.header, columns)
    found = Lines(refused=[RefusedRow(line, code) for line, code in table.refused])
    for line, cells in table.rows:
        filled = (cell.zfill(column.digits) if cell else "" for column, cell in zip(header, cells, strict=True))
        found.lines.append((line, dict(zip((column.name for column in header), filled, strict=True))))
    return found
