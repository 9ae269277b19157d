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


WORKINGS = {"core/law/rulefiles.py", "register/entries/completeness.py", "register/portfolio/courses.py"}
"""Keys and rules of the house, which nobody reads as a sentence."""
ENGLISH = {"appeals/calculator.py", "register/office/affected.py", "register/rules/assessment/registration.py"}
"""Commands, whose words are English and whose days are ISO by contract."""
SEEDED = {"register/seed/steps.py"}


def bare_days(code: str) -> list[int]:
    """The lines of an f-string that show a day as the machine writes it, without `core.texts.day`."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.FormattedValue):
            continue
        shown = node.value
        name = shown.attr if isinstance(shown, ast.Attribute) else shown.id if isinstance(shown, ast.Name) else ""
        by_machine = isinstance(shown, ast.Call) and ast.unparse(shown.func).endswith(".isoformat")
        if by_machine or name.endswith(("_on", "_until")):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("f'tot en met {row.due_on}'", [1]),
        ("f'{due_on}'", [1]),
        ("f'{row.at.isoformat()}'", [1]),
        ("f'tot {day(row.due_on)}'", []),
    ],
)
def test_a_bare_day_in_a_sentence_is_seen(code: str, lines: list[int]):
    assert bare_days(code) == lines


def test_every_day_in_a_sentence_is_told_in_words():
    strange = [
        f"{path.relative_to(HOUSE)}:{line}"
        for room in ROOMS
        for path in (HOUSE / room).rglob("*.py")
        if str(path.relative_to(HOUSE)) not in WORKINGS | ENGLISH | SEEDED and "migrations" not in path.parts
        for line in bare_days(path.read_text(encoding="utf-8"))
    ]

    assert strange == []
