"""What cannot be read is refused by its place, all of it at once."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.rules.assessment.assess import assess, run
from register.rules.rulesets import shipped
from tests.register.assessment.requests import activity, postponement, programme, registration, renewal

SETS = shipped()


def errors(item):
    return [(each["field"], each["code"]) for each in assess(item, SETS)["errors"]]


@pytest.mark.parametrize(
    ("request_for", "expected"),
    [
        (None, [("", "not-an-object")]),
        ({}, [("register", "required"), ("kind", "required")]),
        (registration(register="artsen"), [("register", "unknown-value")]),
        (registration(decided_on="20240912"), [("decided_on", "not-a-day")]),
        (registration(decided_on="2024-02-30"), [("decided_on", "not-a-day")]),
        (registration(decided_on="1899-12-31"), [("decided_on", "day-out-of-range")]),
        (registration(decided_on="2201-01-01"), [("decided_on", "day-out-of-range")]),
        (registration(decided_on=20240912), [("decided_on", "not-a-day")]),
        (registration(statutory_director="yes"), [("statutory_director", "not-a-boolean")]),
        (registration(proofs={}), [("proofs", "not-a-list")]),
        (registration(3), [("proofs[0]", "not-an-object")]),
        (registration(programme(ects=-1)), [("proofs[0].ects", "out-of-range")]),
        (
            registration(programme(accredited_until="2018-08-31")),
            [("proofs[0].accredited_until", "ends-before-it-begins")],
        ),
        (registration(programme(diploma=1)), [("proofs[0].diploma", "unknown-field")]),
        (registration(rule_set="schoolleiders-po-2099"), [("rule_set", "unknown-rule-set")]),
        (registration(rule_set="leraren-2013"), [("rule_set", "rule-set-of-another-register")]),
        (registration(rule_set="a\0b"), [("rule_set", "bad-text")]),
        (registration(**{"\ud800": 1}), [("", "unknown-field")]),
        (renewal(due_on="2020-10-01"), [("due_on", "not-after-registration")]),
        (renewal(activities=[activity(2**63)]), [("activities[0].points", "out-of-range")]),
        (renewal(activities=[activity(10**5000)]), [("activities[0].points", "out-of-range")]),
        (renewal(activities=[activity(float("inf"))]), [("activities[0].points", "out-of-range")]),
        (renewal(activities=[activity(True)]), [("activities[0].points", "not-a-number")]),
        (renewal(activities=[activity(1.5)]), [("activities[0].points", "not-an-integer")]),
        (renewal(activities=[{"hours": 1.005}]), [("activities[0].hours", "too-many-decimals")]),
        (renewal(activities=[{"hours": 1, "contact_hours": 2}]), [("activities[0].contact_hours", "more-than-hours")]),
        (renewal(activities=[{"themes": ["a", None]}]), [("activities[0].themes[1]", "not-text")]),
        (renewal(activities=[{}] * 201), [("activities", "too-many")]),
        (postponement(requested_months=0), [("requested_months", "out-of-range")]),
        (
            registration(programme(issued_on="2199-01-01", accredited_until="2200-01-01"), decided_on="2200-01-01"),
            [("", "day-out-of-range")],
        ),
    ],
)
def test_each_mistake_has_a_place_and_a_code(request_for, expected):
    assert errors(request_for) == expected


def test_all_mistakes_are_said_at_once_with_what_repairs_them():
    found = assess(registration(programme(ects="30"), kind="x", level="y", extra=1), SETS)["errors"]

    assert {each["field"] for each in found} == {"kind", "level", "proofs[0].ects", "extra"}
    assert all(each["detail"] for each in found)


def test_an_array_is_answered_in_place_and_the_exit_code_says_how_much_was_read():
    good, bad = registration(programme()), {"register": "leraren"}

    for items, code in (([good, good], 0), ([good, bad], 1), ([bad], 2), ([], 0)):
        text, found = run(json.dumps(items), SETS)

        assert found == code
        assert ["errors" in each for each in json.loads(text)] == [each is bad for each in items]


def test_one_object_is_answered_by_one():
    text, code = run("\ufeff" + json.dumps(registration(programme())), SETS)

    assert (json.loads(text)["outcome"], code) == ("granted", 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-json"),
        ("{", "not-json"),
        ('{"a": NaN}', "not-json"),
        ("[" * 100_000, "too-deep"),
        ("null", "not-an-object"),
        ('{"decided_on": ' + "9" * 5000 + "}", "required"),
        ('{"requested_months": 1e999999999}', "required"),
        ('{"requested_months": 1e99999999999999999999}', "required"),  # an exponent that no decimal holds
        ('{"requested_months": 1e-99999999999999999999}', "required"),
    ],
)
def test_text_that_cannot_be_read_is_refused_and_never_breaks(text, code):
    answer, exit_code = run(text, SETS)

    assert code in [each["code"] for each in json.loads(answer)["errors"]]
    assert exit_code == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters()), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["decided_on", "proofs", "activities", "level", "ground", "qualifications", "requested_months", "rule_set"]


@given(st.sampled_from([registration(programme()), renewal(), postponement()]), st.sampled_from(FIELDS), JSON)
def test_whatever_stands_in_a_field_there_is_an_answer(request_for, field, value):
    found = assess(request_for | {field: value}, SETS)

    assert ("errors" in found) != ("outcome" in found)
    json.dumps(found).encode()
