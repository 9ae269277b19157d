"""The states of an entry, what it needs, and what a valuation may give."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid, Refused
from register.portfolio.policy import (
    COUNTING,
    ENTRY,
    Claim,
    EntryEvent,
    EntryState,
    event_of,
    norms_of,
    require_editable,
    require_fitting,
    require_submittable,
    require_within,
    valuations_of,
)
from register.rules.assessment.facts import Category, Valuation
from register.rules.rulesets import shipped

RULES = shipped()
LEADERS = RULES.named("schoolleiders-po-2022")
TEACHERS = RULES.named("leraren-2026")
TODAY = date(2026, 5, 1)
POINTS = Claim(
    done_on=date(2026, 4, 1),
    points=40,
    hours=None,
    contact_hours=None,
    category=None,
    valuation=Valuation.AFTERWARDS,
    has_evidence=True,
)
HOURS = replace(POINTS, points=None, hours=Decimal("7.5"), category=Category.SUBJECT, valuation=Valuation.NOT_VALIDATED)


def codes(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return list(refused.value.errors)


def test_every_state_is_reached_and_nothing_leaves_a_withdrawn_entry():
    assert ENTRY.reachable() == set(EntryState)
    assert ENTRY.open(EntryState.WITHDRAWN) == []


def test_what_a_renewal_has_used_cannot_be_withdrawn():
    with pytest.raises(Refused, match="wrong-state"):
        ENTRY.after(EntryState.CONSUMED, EntryEvent.WITHDRAW)


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.DRAFT}))
def test_an_entry_is_frozen_from_submission(state):
    with pytest.raises(Refused, match="entry-frozen"):
        require_editable(state)


@pytest.mark.parametrize(
    ("claim", "rules", "wrong"),
    [
        (replace(POINTS, has_evidence=False), LEADERS, ("evidence", "evidence-missing")),
        (replace(POINTS, done_on=date(2026, 5, 2)), LEADERS, ("done_on", "not-done-yet")),
        (replace(HOURS, hours=Decimal(0)), TEACHERS, ("hours", "hours-missing")),
        (replace(HOURS, category=None), TEACHERS, ("category", "category-missing")),
    ],
)
def test_an_entry_that_nobody_could_value_is_not_taken_in(claim, rules, wrong):
    with pytest.raises(Invalid) as refused:
        require_submittable(claim, rules, TODAY)

    assert codes(refused) == [wrong]


@pytest.mark.parametrize(
    ("claim", "rules", "wrong"),
    [
        (replace(POINTS, hours=Decimal(3)), LEADERS, ("hours", "hours-not-counted")),
        (replace(HOURS, points=3), TEACHERS, ("points", "points-not-counted")),
        (replace(HOURS, contact_hours=Decimal(8)), TEACHERS, ("contact_hours", "more-than-hours")),
        (replace(HOURS, valuation=Valuation.PEERS), TEACHERS, ("valuation", "valuation-not-accepted")),
        (replace(POINTS, valuation=Valuation.VALIDATED), LEADERS, ("valuation", "valuation-not-accepted")),
    ],
)
def test_what_the_register_does_not_count_is_said_while_it_can_be_changed(claim, rules, wrong):
    with pytest.raises(Invalid) as refused:
        require_fitting(claim, rules)

    assert codes(refused) == [wrong]


def test_a_sound_entry_is_taken_in():
    for claim, rules in (
        (POINTS, LEADERS),
        (HOURS, TEACHERS),
        (replace(HOURS, contact_hours=Decimal("7.5")), TEACHERS),
    ):
        require_fitting(claim, rules)
        require_submittable(claim, rules, TODAY)


def test_hours_count_whether_validated_or_not():
    assert set(valuations_of(TEACHERS)) == {Valuation.VALIDATED, Valuation.NOT_VALIDATED}


@pytest.mark.parametrize(
    ("valuation", "points", "themes", "code"),
    [
        (Valuation.IN_ADVANCE, 9, 1, "points-out-of-bounds"),  # po-2020: 10 to 100
        (Valuation.IN_ADVANCE, 10, 0, None),
        (Valuation.AFTERWARDS, 1, 0, None),  # po-achteraf: 0 to 100
        (Valuation.AFTERWARDS, 101, 0, "points-out-of-bounds"),
        (Valuation.PEERS, 100, 0, None),
        (Valuation.ASSESSOR, 30, 0, "no-themes"),  # slim-faq: no theme, no points
        (Valuation.ASSESSOR, 30, 3, None),
        (Valuation.ASSESSOR, 50, 3, None),  # three themes, highest level
        (Valuation.ASSESSOR, 60, 3, "points-not-by-theme"),
        (Valuation.ASSESSOR, 35, 3, "points-not-by-theme"),
        (Valuation.ASSESSOR, 100, 8, None),  # eight themes and level six
        (Valuation.ASSESSOR, 100, 10, None),  # the cap
        (Valuation.VALIDATED, 10, 1, "valuation-not-accepted"),
    ],
)
def test_points_stay_within_what_the_way_of_valuing_can_give(valuation, points, themes, code):
    if code is None:
        require_within(points, valuation, themes, LEADERS)
        return

    with pytest.raises(Invalid, match=code):
        require_within(points, valuation, themes, LEADERS)


@given(st.sampled_from(sorted(set(EntryState) - {EntryState.WITHDRAWN})), st.booleans())
def test_a_valuation_that_is_known_leaves_an_entry_counting_only_when_it_gives_something(state, accepted):
    if state in {EntryState.DRAFT, EntryState.SUBMITTED, EntryState.HISTORY}:
        return
    event = event_of(state, accepted=accepted)

    after = ENTRY.after(state, event) if event else state

    assert (after in COUNTING) == accepted


def test_norms_tell_what_is_there_and_what_is_short():
    hours = {Category.SUBJECT: Decimal(30), Category.SCHOOL_DEVELOPMENT: Decimal(20), None: Decimal(1)}

    norms = {norm.name: (norm.have, norm.short) for norm in norms_of(TEACHERS, 0, 0, hours)}

    assert norms == {"hours": (51, 149), "primary-process": (30, 95), "subject": (30, 20)}
    (points,) = norms_of(LEADERS, 59, 0, {})
    assert (points.have, points.need, points.short) == (59, 60, 1)


@pytest.mark.parametrize(
    ("points", "towards"), [(0, 60), (59, 60), (60, 80), (70, 80), (139, 140), (140, 140), (200, 140)]
)
def test_a_ladder_shows_the_step_that_one_is_working_towards(points, towards):
    (norm,) = norms_of(LEADERS, points, 0, {})

    assert (norm.need, norm.towards) == (60, towards)
    (hours, *_) = norms_of(TEACHERS, 0, 0, {Category.SUBJECT: Decimal(210)})
    assert (hours.need, hours.towards) == (200, 200)
