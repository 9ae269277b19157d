"""What holds for every renewal."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from register.rules.assessment.assess import assess
from register.rules.rulesets import shipped
from tests.register.assessment.requests import activity, postponement, renewal

SETS = shipped()
POINTS = st.integers(0, 130)
DAYS = st.dates(date(2019, 1, 1), date(2026, 1, 1)).map(date.isoformat)
DONE = st.builds(
    lambda points, valuation, themes, done_on: activity(points, valuation=valuation, themes=themes, done_on=done_on),
    POINTS,
    st.sampled_from(["in-advance", "peers", "afterwards", "assessor"]),
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    DAYS,
)
SOME = st.lists(DONE, max_size=6)
RULES = st.sampled_from(["schoolleiders-po-2014", "schoolleiders-po-2020", "schoolleiders-po-2022"])


def until(activities, rule_set="schoolleiders-po-2022", **changes):
    found = assess(renewal(activities=activities, rule_set=rule_set, **changes), SETS)
    return found["due_on"]


@given(SOME, RULES, st.data())
def test_more_points_never_give_an_earlier_due_date(some, rules, data):
    more = [each | {"points": each["points"] + data.draw(st.integers(0, 50))} for each in some]

    assert until(more, rules) >= until(some, rules)


@given(SOME, DONE, RULES)
def test_one_more_activity_never_gives_an_earlier_due_date(some, another, rules):
    assert until([*some, another], rules) >= until(some, rules)


@given(SOME, RULES, st.randoms())
def test_the_order_of_activities_does_not_matter(some, rules, random):
    shuffled = random.sample(some, len(some))

    assert until(shuffled, rules) == until(some, rules)


@given(SOME, st.dates(date(2024, 1, 1), date(2026, 3, 1)))
def test_the_day_of_deciding_never_moves_the_next_due_date(some, decided_on):
    on_time = [each | {"done_on": "2023-01-01"} for each in some]

    assert until(on_time, decided_on=decided_on.isoformat()) == until(on_time)


@given(SOME)
def test_points_in_all_are_those_of_the_lines(some):
    found = assess(renewal(activities=some), SETS)

    points = sum(line["points"] for line in found["lines"])
    assert (found["outcome"] == "refused") == (points < 60)
    assert all(line["counts"] or line["code"] for line in found["lines"])


@given(st.integers(1, 60), st.integers(1, 60))
def test_asking_for_more_months_never_gives_fewer(fewer, more):
    low, high = sorted([fewer, more])
    asked = [assess(postponement(requested_months=months), SETS)["due_on"] for months in (low, high)]

    assert asked == sorted(asked)
