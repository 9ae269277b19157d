"""What was true on a day, and what we said on a day: for any history the answer is that of a naive replay."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from register.entries.history.policy import as_of, require_past, stretches

START = date(2024, 1, 1)
DAYS = [START + timedelta(days=n) for n in range(12)]


@dataclass(frozen=True)
class Line:
    seq: int
    holds_from: date
    recorded_at: datetime
    says: int


@st.composite
def histories(draw):
    """Lines in the order of writing; some work back, and the clock may stand still between two."""
    moments, lines = datetime(2024, 1, 1, 12, tzinfo=UTC), []
    for seq in range(1, draw(st.integers(0, 8)) + 1):
        moments += timedelta(hours=draw(st.integers(0, 40)))
        lines.append(Line(seq, draw(st.sampled_from(DAYS)), moments, draw(st.integers(0, 3))))
    return lines


def replay(lines, recorded_by):
    """Day by day, overwritten in the order of writing."""
    calendar = {}
    for line in lines:
        if line.recorded_at <= recorded_by:
            calendar.update({day: line.says for day in DAYS if day >= line.holds_from})
    return calendar


@given(histories(), st.sampled_from(DAYS), st.integers(0, 400))
def test_as_of_any_day_and_instant_equals_a_naive_replay(lines, on, hours):
    recorded_by = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)

    found = as_of(reversed(lines), on, recorded_by)

    assert (found.says if found else None) == replay(lines, recorded_by).get(on)


@given(histories(), st.integers(0, 400))
def test_stretches_follow_each_other_without_gap_or_overlap_and_say_what_as_of_says(lines, hours):
    recorded_by = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)

    found = stretches(lines, recorded_by)

    for one, other in pairwise(found):
        assert one.until_on == other.from_on - timedelta(days=1)
    assert all(each.until_on is None for each in found[-1:])
    for day in DAYS:
        holding = [
            each.line for each in found if each.from_on <= day and (each.until_on is None or day <= each.until_on)
        ]
        assert holding == [line for line in [as_of(lines, day, recorded_by)] if line]


def test_an_upheld_objection_leaves_no_gap_and_what_was_said_before_it_is_not_forgotten():
    """Due 1 February 2025, refused; conditional from 2 February; upheld on 1 July from the old due date on."""
    noon = {name: datetime(2025, month, 1, 12, tzinfo=UTC) for name, month in (("feb", 2), ("jul", 7))}
    registered = Line(1, date(2020, 2, 1), datetime(2020, 2, 1, tzinfo=UTC), 1)
    conditional = Line(2, date(2025, 2, 2), noon["feb"], 2)
    renewed = Line(3, date(2025, 2, 1), noon["jul"], 3)
    lines = [registered, conditional, renewed]

    assert as_of(lines, date(2025, 3, 15)) is renewed
    assert as_of(lines, date(2025, 3, 15), noon["jul"] - timedelta(days=1)) is conditional
    assert [(each.line, each.from_on, each.until_on) for each in stretches(lines)] == [
        (registered, date(2020, 2, 1), date(2025, 1, 31)),
        (renewed, date(2025, 2, 1), None),
    ]


def test_a_day_that_is_still_to_come_is_refused():
    assert require_past(START, START) == START
    with pytest.raises(Invalid):
        require_past(START + timedelta(days=1), START)
