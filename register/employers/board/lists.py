"""A list of people that a board pastes or uploads, as lines with a number and perhaps a family name."""

from collections.abc import Sequence

from auth.numbers import bare, is_bsn, is_register_number
from core.errors import Invalid
from core.store import tables
from register.employers.board.policy import MOST_LINES, MOST_SHOWN, MOST_UPLOADED, Line

SHAPE = tables.Shape(
    known=("registernummer", "nummer", "register_number", "number", "naam", "achternaam", "name", "family_name"),
    ragged=True,
    most_rows=10 * MOST_LINES,
    most_bytes=MOST_UPLOADED,
)


def lines_of(table: tables.Table) -> Sequence[Line]:
    """The lines of a list: a number, and perhaps a family name.

    Invalid: `no-lines`, `too-many-lines`, `list-has-bsn`.
    """
    found = [Line(line, "") for line, _code in table.refused]
    for at, cells in table.rows:
        numbers = [number for number in (bare(cell) for cell in cells) if number.isdigit()]
        number = next((each for each in numbers if is_register_number(each)), next(iter(numbers), ""))
        words = [cell for cell in cells if cell and not any(character.isdigit() for character in cell)]
        if not number and not found and len(cells) > 1:
            continue  # the heading of a file
        if is_bsn(number):
            raise Invalid("list-has-bsn", [("list", "list-has-bsn")], line=at)
        name = words[0] if words else ""
        typed = "; ".join(cell for cell in cells if cell)[:MOST_SHOWN]
        found.append(Line(at, number, name) if is_register_number(number) else Line(at, "", name, typed))
    if not found:
        raise Invalid("no-lines", [("list", "no-lines")])
    if len(found) > MOST_LINES:
        raise Invalid("too-many-lines", [("list", "too-many-lines")], most=MOST_LINES)
    return sorted(found, key=lambda line: line.at)
