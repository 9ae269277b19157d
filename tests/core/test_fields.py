"""What comes in is bounded and plain, the same at the edge of both databases."""

import pytest
from pydantic import BaseModel, ValidationError

from core.fields import Day, Email, Identifier, NeededLine, Postcode, Telephone, Text


class Everything(BaseModel):
    line: NeededLine = "x"
    text: Text = ""
    code: Identifier = ""
    email: Email = "a@b.nl"
    postcode: Postcode = "8011AA"
    telephone: Telephone = "038 1234567"
    day: Day = "2026-05-01"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("line", "", "field-missing"),
        ("line", "a\nb", "one-line-only"),
        ("line", "a\x00b", "unprintable-text"),
        ("text", "a\ud800b", "string_unicode"),
        ("code", "111222333", "looks-like-bsn"),
        ("code", "nr 111222333 x", "looks-like-bsn"),
        ("email", "geen adres", "email"),
        ("email", "a@localhost", "email"),
        ("postcode", "0000AA", "postcode"),
        ("telephone", "bel mij", "telephone"),
        ("day", "1-5-2026", "day"),
        ("day", "1899-12-31", "year-out-of-range"),
        ("day", "2201-01-01", "year-out-of-range"),
        ("day", 20260501, "day"),
        ("line", "x" * 161, "string_too_long"),
    ],
)
def test_bad_input_is_refused_with_a_code_of_our_own(field, value, code):
    with pytest.raises(ValidationError) as refusal:
        Everything(**{field: value})

    assert refusal.value.errors()[0]["type"] == code


def test_blanks_quotes_and_accents_survive_as_they_should():
    read = Everything(line="  ‘t  Één ", postcode="8011 aa", email="A@B.NL", text="één\r\ntwee")

    assert (read.line, read.postcode, read.email, read.text) == ("‘t Één", "8011AA", "a@b.nl", "één\ntwee")
