"""What people type is read as they mean it, and what cannot be read is left for the schema to refuse."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from core import fields, texts
from core.labels import named
from core.typed import TypedDay, TypedNumber, number
from core.web import forms

DAY = TypeAdapter(TypedDay)
NUMBER = TypeAdapter(TypedNumber)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(["nl", "en"]))
def test_a_day_can_be_typed_as_we_write_it(day, language):
    assert DAY.validate_python(texts.day(day, language)) == day
    assert DAY.validate_python(f" {day.day}-{day.month}-{day.year} ") == day
    assert DAY.validate_python(day.isoformat()) == day


@pytest.mark.parametrize(
    "typed",
    [
        "31/08/2026",
        "31.8.2026",
        "31 aug. 2026",
        "31 AUGUSTUS 2026",
        "31 8 2026",
        "31 - 8 - 2026",
        "2026/8/31",
        "2026-8-31",
        "maandag 31 augustus 2026",
        "ma 31-8-2026",
        "31\u00a0augustus\u00a02026",
        "\u200e31-8-2026",
        "Mon. 31 August 2026",
    ],
)
def test_other_ways_to_write_the_last_of_august(typed):
    assert DAY.validate_python(typed) == date(2026, 8, 31)


@pytest.mark.parametrize(
    "typed", ["31-2-2026", "0-1-2026", "1-13-2026", "31-8-26", "2026-8-31-1", "morgen", "1 foo 2026", ""]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValidationError):
        DAY.validate_python(typed)


def test_a_number_may_have_a_comma():
    assert NUMBER.validate_python(" 12,5 ") == Decimal("12.5")
    assert NUMBER.validate_python("12.5") == Decimal("12.5")
    with pytest.raises(ValidationError):
        NUMBER.validate_python("1.234,5")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14 uur", "14"),
        ("14,5 uur", "14.5"),
        ("14,5u", "14.5"),
        ("2 uren", "2"),
        ("€ 270,00", "270"),
        ("€270", "270"),
        ("270 euro", "270"),
        ("270,-", "270"),
        ("1.250,00", "1250"),
        ("€\u00a01.250,00", "1250"),
        ("12 punten", "12"),
        ("30 plaatsen", "30"),
    ],
)
def test_a_number_may_have_its_unit(typed, meant):
    assert NUMBER.validate_python(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["uur", "€", "12 koeien", "1.250", "12 12", "--", "1,2,3", "twee uur", ""])
def test_what_could_be_another_number_is_refused(typed):
    if typed == "1.250":
        assert NUMBER.validate_python(typed) == Decimal("1.25")  # as before: thousands are not separated
        return
    with pytest.raises(ValidationError):
        NUMBER.validate_python(typed)


@pytest.mark.parametrize(
    ("typed", "of", "meant"),
    [
        ("4.000", "eur", "4000"),
        ("€ 1.250", "eur", "1250"),
        ("1,250", "eur", "1,250"),  # an Englishman's thousand or a Dutchman's decimals: it is refused
        ("1.234.567", "eur", "1234567"),
        ("1.250 uur", "contact_hours", "1250"),
        ("12,5", "eur", "12.5"),
        ("0.800", "hours", "0.800"),
        ("1.125", "factor", "1.125"),  # a working-time factor has thousandths
        ("1.250", "", "1.250"),  # in a file or a program it is a number with three decimals
    ],
)
def test_thousands_of_euros_hours_and_points_may_be_set_apart(typed, of, meant):
    assert number(typed, of) == meant


class Sheet(BaseModel):
    """A form with one field of each kind."""

    held_on: fields.Day | None = None
    at: fields.Clock = "10:00"
    hours: Decimal | None = None
    seats: int | None = None
    website: fields.Site = ""
    postcode: fields.Postcode = "8011AA"
    family_name: fields.NeededLine
    kvk_number: str = Field(default="12345678", pattern=r"^[0-9]{8}$")


def sheet(**typed: str) -> forms.Form[Sheet]:
    return forms.read(Sheet, {"family_name": "Jansen", **typed}, texts.load())


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("held_on", "4-2-2027", date(2027, 2, 4)),
        ("held_on", "4 februari 2027", date(2027, 2, 4)),
        ("at", "14.30", "14:30"),
        ("at", "14:30 uur", "14:30"),
        ("at", "9u30", "09:30"),
        ("at", "14 uur", "14:00"),
        ("hours", "14,5 uur", Decimal("14.5")),
        ("seats", "30 plaatsen", 30),
        ("website", "www.debrug.nl", "https://www.debrug.nl"),
        ("website", "http://debrug.nl/a?b=c", "https://debrug.nl/a?b=c"),
        ("website", "", ""),
        ("postcode", "8011aa", "8011AA"),
        ("postcode", "8011 aa", "8011AA"),
    ],
)
def test_every_form_reads_what_is_acceptable_in_speech_by_the_type_of_its_field(field, typed, meant):
    read = sheet(**{field: typed})

    assert read.errors == {}
    assert getattr(read.value, field) == meant


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("held_on", "31-2-2026", "bestaat niet"),
        ("held_on", "31 februari 2026", "bestaat niet"),
        ("held_on", "morgen", "31 augustus 2026"),
        ("at", "25:00", "14:30"),
        ("at", "half drie", "14:30"),
        ("hours", "veel", "getal"),
        ("seats", "12,5", "heel getal"),
        ("website", "de brug", "www."),
        ("kvk_number", "123", "8 cijfers"),
        ("family_name", " \u200b", "Vul “Achternaam” in."),
    ],
)
def test_a_refusal_says_what_would_be_right_there(field, typed, said):
    read = sheet(**{field: typed})

    assert said in named(read.errors[field], texts.load().field)
    assert "voorbeeld bij het veld" not in read.errors[field]


def test_a_program_is_shown_the_day_that_a_program_writes():
    assert "2026-08-31" in texts.load().sentence("day", "nl")


@pytest.mark.parametrize(
    ("field", "said", "read"),
    [
        ("points", "14 uur", "14 uur"),
        ("points", "14 punten", "14"),
        ("points", "14", "14"),
        ("contact_hours", "14,5 uur", "14.5"),
        ("contact_hours", "14 punten", "14 punten"),
        ("fee", "14 uur", "14"),
    ],
)
def test_a_number_with_the_unit_of_something_else_is_left_to_be_refused(field: str, said: str, read: str):
    assert number(said, of=field) == read
