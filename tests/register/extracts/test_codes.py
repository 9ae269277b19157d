"""The code at the foot of an extract, and what has changed since, as plain functions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decisions import ALPHABET
from register.entries.extracts.codes import Reference, code_of, read_code
from register.entries.extracts.policy import Difference, Scope, differences

SECRET = b"0123456789abcdef0123456789abcdef"
A_REFERENCE = Reference(Scope.OWN, "01234567", date(2024, 9, 12), datetime(2026, 3, 2, 12, 30, 1, tzinfo=UTC))
references = st.builds(
    Reference,
    st.sampled_from(Scope),
    st.integers(0, 10**8 - 1).map("{:08d}".format),
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.integers(946_684_800, 7_258_118_400).map(lambda at: datetime.fromtimestamp(at, UTC)),
)


@settings(max_examples=50)
@given(references)
def test_a_code_tells_which_extract_it_belongs_to_however_it_is_typed(reference):
    code = code_of(SECRET, reference)

    assert read_code(SECRET, code) == reference
    assert read_code(SECRET, f" {code.lower().replace('-', ' ')}\n") == reference


@settings(max_examples=50)
@given(st.integers(0, 27), st.sampled_from(ALPHABET))
def test_no_sign_of_a_code_can_be_another(place, sign):
    signs = code_of(SECRET, A_REFERENCE).replace("-", "")
    altered = signs[:place] + sign + signs[place + 1 :]

    if altered != signs:
        assert read_code(SECRET, altered) is None


@pytest.mark.parametrize("typed", ["", "-", "A" * 28, "é" * 28, "7KQ4-MX2B-9TRC", "\udcff" * 28, "2" * 29])
def test_what_is_no_code_of_ours_is_none(typed):
    assert read_code(SECRET, typed) is None


def test_the_code_of_another_installation_is_not_ours():
    assert read_code(b"another secret", code_of(SECRET, A_REFERENCE)) is None


@dataclass(frozen=True)
class Entry:
    register_code: str = "schoolleiders-po"
    status: str = "registered"
    title: str = "RDO"
    level: str | None = "niveau-2"
    valid_until: date | None = date(2029, 9, 12)


def test_what_changed_is_told_fact_by_fact_and_what_stayed_is_not():
    assert differences([Entry()], [Entry()]) == []
    assert differences([Entry()], [Entry(status="conditional", valid_until=None)]) == [
        Difference("schoolleiders-po", "status", "registered", "conditional"),
        Difference("schoolleiders-po", "valid_until", "2029-09-12", None),
    ]
    assert differences([], [Entry(title="", level=None, valid_until=None)]) == [
        Difference("schoolleiders-po", "status", None, "registered")
    ]
