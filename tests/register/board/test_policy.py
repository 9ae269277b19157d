"""A list of people as it is typed: what is a line, what is its number, and when a name is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.store.tables import parsed
from register.employers.board import service as lists
from register.employers.board.policy import Answer, Line, answer
from register.employers.board.service import SHAPE

NUMBER, OTHER = "28500943", "60765982"


def lines_of(text: str) -> list[Line]:
    return list(lists.lines_of(parsed(text.encode("utf-8", "surrogatepass"), SHAPE)))


@given(st.text(max_size=300))
def test_any_text_is_a_list_or_is_refused_with_a_code(text):
    found: object = None
    try:
        found = [line.at for line in lines_of(text)]
    except Invalid as error:
        found = error.code

    assert found in ("no-lines", "list-has-bsn", "list-unreadable") or found == sorted(set(found))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{NUMBER}; de Vries", [Line(1, NUMBER, "de Vries")]),
        (f"\ufeffregisternummer;naam\n{NUMBER};Jansen\n\n{OTHER}", [Line(2, NUMBER, "Jansen"), Line(4, OTHER)]),
        (f'"Jansen","{NUMBER}"', [Line(1, NUMBER, "Jansen")]),
        ("285 00 943", [Line(1, NUMBER)]),  # typed in groups
        ("28500944", [Line(1, "", "", "28500944")]),  # its last digit does not belong to the rest
    ],
)
def test_a_line_has_a_number_and_perhaps_a_name(text, lines):
    assert lines_of(text) == lines


def test_a_citizen_service_number_is_refused_and_nothing_is_looked_up():
    with pytest.raises(Invalid, match="list-has-bsn"):
        lines_of(f"{NUMBER}\n111222333")  # passes the eleven-test


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", Answer.FOUND),
        ("de Vries", Answer.FOUND),
        ("VRIES", Answer.FOUND),
        ("Vríes", Answer.FOUND),
        ("Jansen", Answer.NAME_DIFFERS),
        ("Vrie", Answer.NAME_DIFFERS),
    ],
)
def test_a_name_is_the_same_whatever_its_accents_and_prefix(name, said):
    assert answer(Line(1, NUMBER, name), ["vries marijke de"], seen=False) is said
