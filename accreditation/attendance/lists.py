"""A list of attendance that was pasted or uploaded, as rows of one run with the numbers of their lines."""

from collections.abc import Sequence

from accreditation.attendance.policy import MOST_ROWS
from accreditation.attendance.schemas import NewRow
from core.errors import Invalid
from core.store import tables

COLUMNS = ("register_number", "name", "meeting", "ended_on")
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
"""What people write above their columns."""
SHAPE = tables.Shape(known=tuple(HEADERS), ragged=True, most_rows=MOST_ROWS)
LONGEST = 4_000

Numbered = tuple[int, NewRow]
"""A row with the number of its line."""


async def rows_of(content: bytes, run_id: str) -> tuple[Sequence[Numbered], Sequence[tuple[int, str]]]:
    """The rows for one run, and the lines that cannot be read with their codes.

    Invalid: `list-empty`, and as tables.read.
    """
    table = await tables.read(content, SHAPE)
    if not table.rows and not table.refused:
        raise Invalid("list-empty", [("rows", "list-empty")])
    columns = [HEADERS.get(tables.plain(name), "") for name in table.header] or COLUMNS
    return [(line, _row(cells, columns, run_id)) for line, cells in table.rows], table.refused


def _row(cells: Sequence[str], columns: Sequence[str], run_id: str) -> NewRow:
    named = {column: cell[:LONGEST] for column, cell in zip(columns, cells, strict=False) if column}
    return NewRow(**{"register_number": "", **named, "run_id": run_id})
