"""What nobody sees goes; what Word leaves becomes a break or a bullet; what nobody can read is told by its word."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from core import signs, texts
from core.fields import Email, Identifier, NeededLine, NeededName, NeededText, Postcode, Telephone, Text, address_key
from core.web import forms

SAID = texts.load()


class Form(BaseModel):
    line: NeededLine = "x"
    name: NeededName = "x"
    text: NeededText = "x"
    long: Text = ""
    code: Identifier = ""
    email: Email = "a@b.nl"
    postcode: Postcode = "8011AA"
    telephone: Telephone = "038 1234567"


@given(st.text(max_size=60))
def test_whatever_is_typed_a_line_holds_nothing_that_is_not_seen(typed):
    try:
        kept = Form(line=typed).line
    except ValidationError as refused:
        code = refused.errors()[0]["type"]
        assume(code not in {"field-missing", "unprintable-text", "one-line-only", "string_unicode"})
        raise

    assert kept == kept.strip()
    assert kept != ""
    assert not [char for char in kept if unicodedata.category(char) in {"Cf", "Cc", "Co", "Cn", "Cs", "Zl", "Zp"}]


@pytest.mark.parametrize("unseen", ["\u200b", "\u200e\u202a", "\u2066\u2069", "\u00ad", "\ufeff", "\u3164", "\u00a0 "])
@pytest.mark.parametrize("field", ["line", "name", "text"])
def test_what_looks_empty_is_empty(unseen, field):
    with pytest.raises(ValidationError) as refused:
        Form(**{field: unseen})

    assert refused.value.errors()[0]["type"] == "field-missing"


def test_a_field_of_a_form_that_looks_empty_counts_as_not_given():
    form = forms.read(Form, {"line": "\u200b", "code": "\ufeff"}, SAID)

    assert form.value is not None
    assert (form.value.line, form.value.code) == ("x", "")


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name", "Jan\u200bsen", "Jansen"),
        ("name", "\u202aJansen\u202c", "Jansen"),
        ("name", "van\u00a0der\u2009Berg", "van der Berg"),
        ("name", "Çağlar-Öztürk", "Çağlar-Öztürk"),
        ("name", "’t Hart", "’t Hart"),
        ("name", "N\u0303un\u0303ez", "Ñuñez"),
        ("line", "Dorps\u00adstraat\t1", "Dorpsstraat 1"),
        ("line", "Regel\u2028twee", "Regel twee"),
        ("code", "B2026\u200e-7KQ4MX", "B2026-7KQ4MX"),
        ("postcode", "8011\u00a0aa\u200b", "8011AA"),
        ("telephone", "038\u202f1234567", "038 1234567"),
        ("email", "\u200bNaam@Voorbeeld.NL\ufeff", "naam@voorbeeld.nl"),
        ("email", "jan@bücher.example", "jan@xn--bcher-kva.example"),
        ("email", "jan@STRASSE.example", "jan@strasse.example"),
        ("email", "jan@straße.example", "jan@xn--strae-oqa.example"),
        ("text", "een\x0btwee\x0cdrie\u2028vier\u2029vijf", "een\ntwee\ndrie\nvier\nvijf"),
        ("text", "\uf0b7 eerst\n\uf0a7\tdan", "• eerst\n•\tdan"),
        ("text", "een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        ("text", "👩\u200d🏫", "👩\u200d🏫"),
    ],
)
def test_what_was_meant_is_kept(field, typed, kept):
    assert getattr(Form(**{field: typed}), field) == kept


@pytest.mark.parametrize("name", ["Иванова", "山田", "محمد", "Παπαδοπούλου", "Jan Иванов"])
def test_a_name_in_another_script_is_asked_for_as_in_the_passport(name):
    form = forms.read(Form, {"name": name}, SAID)

    assert form.value is None
    assert "paspoort" in form.errors["name"]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\ue000", "\u0378", "\U000f0001"])
def test_what_is_unreadable_is_told_with_the_word_in_which_it_stands(sign):
    form = forms.read(Form, {"text": f"De cursus ging over reken{sign}en in groep 3."}, SAID)

    assert form.value is None
    assert "reken\ufffden" in form.errors["text"]


@pytest.mark.parametrize(
    "address", ["jan@b\u2024nl", "jan@-bücher-.example", "jan\x00@b.nl", "jan@bü cher.nl", "@bücher.nl"]
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValidationError) as refused:
        Form(email=address)

    assert refused.value.errors()[0]["type"] == "email"


def test_an_address_is_found_by_whatever_way_it_is_typed():
    assert (
        address_key(" Jan@Bücher.example\u200b")
        == address_key("jan@xn--bcher-kva.example")
        == Form(email="JAN@BÜCHER.example").email
    )


def test_a_page_without_mistakes_costs_nothing():
    assert signs.unreadable("Een gewone zin.\nEn nog een.") is None
