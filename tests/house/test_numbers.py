"""Nobody types the number of a school or a board: it is chosen by name, and goes along unseen."""

import re
from pathlib import Path

import pytest

from core import texts

ROOT = Path(texts.__file__).parents[1]
NUMBERS = r"(brin|board_number|location_code|scope)"
"""What the numbers of schools and boards are called in forms; the scope of a role is a board."""
TYPED = (
    re.compile(rf'm\.(field|textarea|date|date_parts)\([^"\n]*"{NUMBERS}"'),
    re.compile(rf'<input(?![^>]*type="hidden")[^>]*name="{NUMBERS}"'),
    re.compile(rf'<textarea[^>]*name="{NUMBERS}"'),
    re.compile(r"m\.(field|textarea)\([^\n]*_\('[^']*(Bestuursnummer|BRIN|ocatiecode)"),
)
TEMPLATES = [path for room in texts.ROOMS for path in sorted((ROOT / room / "templates").rglob("*.html"))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_field_of_a_page_asks_for_the_number_of_a_school_or_a_board(path: Path):
    found = [match.group() for pattern in TYPED for match in pattern.finditer(path.read_text())]
    assert not found


def test_a_field_for_a_number_is_found():
    asks = """{{ m.field(form, "board_number", _('Bestuursnummer')) }}<input id="brin" name="brin">"""
    assert [bool(pattern.search(asks)) for pattern in TYPED] == [True, True, False, True]
