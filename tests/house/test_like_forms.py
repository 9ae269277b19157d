"""A page with several like forms brings back only the one that was sent, and its summary leads there."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
OF_A_LINE = re.compile(r'<form[^>]*action="\{\{ one\.\w+ \}\}.*?</form>', re.DOTALL)
FOR = re.compile(r"{%-? for ")
FILLED = re.compile(r"m\.\w+\(form, .*?\)")


def in_a_loop(html: str) -> list[str]:
    """The forms of a template that are shown once for each line of a list."""
    found = [(html[: match.start()], match[0]) for match in OF_A_LINE.finditer(html)]
    return [form for before, form in found if len(FOR.findall(before)) > before.count("endfor %}")]


def test_a_form_that_a_page_shows_for_each_line_is_filled_with_its_own_values():
    rooms = ("auth", "accreditation", "appeals", "register")
    templates = [path for room in rooms for path in (HOUSE / room).rglob("*.html")]
    forms = [(path.name, form) for path in templates for form in in_a_loop(path.read_text())]

    assert len(forms) > 10
    assert [(name, shared) for name, form in forms for shared in FILLED.findall(form)] == []  # use form.of(address)


def test_a_choice_that_may_be_left_out_offers_to_leave_it_out():
    """Without an empty option a browser sends the first one, of which nobody chose anything."""
    templates = [path for path in HOUSE.rglob("*.html") if ".venv" not in path.parts]
    chosen = [
        (path.name, call) for path in templates for call in re.findall(r"m\.select\(.*?\) ?\}\}", path.read_text())
    ]

    assert len(chosen) > 50
    assert [(name, call) for name, call in chosen if "required=false" in call and 'blank=""' in call] == []
