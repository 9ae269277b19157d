"""What people type is read as they mean it, and what cannot be read is left for the schema to refuse."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from core import texts
from core.typed import TypedDay, TypedNumber

DAY = TypeAdapter(TypedDay)
NUMBER = TypeAdapter(TypedNumber)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(["nl", "en"]))
def test_a_day_can_be_typed_as_we_write_it(day, language):
    assert DAY.validate_python(texts.day(day, language)) == day
    assert DAY.validate_python(f" {day.day}-{day.month}-{day.year} ") == day
    assert DAY.validate_python(day.isoformat()) == day


@pytest.mark.parametrize("typed", ["31/08/2026", "31.8.2026", "31 aug. 2026", "31 AUGUSTUS 2026", "31 8 2026"])
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
