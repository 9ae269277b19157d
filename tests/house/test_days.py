"""The legal day: only `core.clock` says on which day an instant falls, in the Netherlands and not at Greenwich."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ("core", "auth", "accreditation", "appeals", "register")
THE_CLOCK = HOUSE / "core" / "clock.py"


def days_taken(code: str) -> list[int]:
    """The lines that take the day of an instant by themselves: `at.date()`, or the day of the database."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date":
            of_the_database = ast.unparse(node.func.value).endswith("func")
            if of_the_database or not (node.args or node.keywords):
                found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    ("code", "lines"),
    [("day = row.at.date()", [1]), ("sa.func.date(row.at)", [1]), ("legal_day(row.at)", []), ("date(2026, 1, 1)", [])],
)
def test_a_day_that_is_taken_elsewhere_is_seen(code: str, lines: list[int]):
    assert days_taken(code) == lines


def test_only_the_clock_takes_the_day_of_an_instant():
    strange = [
        f"{path.relative_to(HOUSE)}:{line}"
        for room in ROOMS
        for path in (HOUSE / room).rglob("*.py")
        if path != THE_CLOCK
        for line in days_taken(path.read_text(encoding="utf-8"))
    ]

    assert strange == []
