"""From a DUO file to rows, told by its header; a line that cannot be read is refused, and the others stand."""

from collections.abc import Hashable

from core.errors import Invalid
from core.store import tables
from register.schools.duo.cells import BadCell, Cells
from register.schools.duo.layouts import LAYOUTS, Layout
from register.schools.duo.rows import Reading, RefusedRow, Row

SHAPE = tables.Shape(
    known=tuple({tables.plain(name) for layout in LAYOUTS for name in layout.columns}),
    headed=True,
    most_rows=500_000,
    most_bytes=64 * 2**20,
    most_unpacked=512 * 2**20,
)


def read(content: bytes) -> Reading:
    """Read a file of our own, here and now; Invalid as `opened`."""
    return _reading(tables.parsed(content, SHAPE))


async def read_handed_over(content: bytes) -> Reading:
    """The same for a file from elsewhere, whatever wrote it; Invalid also as tables.read."""
    return _reading(await tables.read(content, SHAPE, seconds=300, memory=3_072))


def _reading(table: tables.Table) -> Reading:
    layout, header = opened(table)
    rows: list[tuple[int, Row]] = []
    refused = [RefusedRow(line, code) for line, code in table.refused]
    seen: set[Hashable] = set()
    for number, cells in table.rows:
        try:
            row = layout.row(Cells(dict(zip(header, cells, strict=True))))
            if layout.key and (key := layout.key(row)) in seen:
                raise BadCell("duplicate")
        except BadCell as bad:
            refused.append(RefusedRow(number, bad.code, bad.column))
        else:
            rows.append((number, row))
            if layout.key:
                seen.add(key)
    return Reading(layout.source, rows, sorted(refused, key=lambda each: each.line))


def opened(table: tables.Table) -> tuple[Layout, list[str]]:
    """The layout and the columns; Invalid("empty-file") or Invalid("unknown-header") when it is none of ours."""
    if not table.header and not table.refused:
        raise Invalid("empty-file")
    header = [name.upper() for name in table.header]
    for layout in LAYOUTS:
        if header and len(set(header)) == len(header) and layout.fits(header):
            return layout, header
    raise Invalid("unknown-header")
