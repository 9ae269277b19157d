"""The term calculator as a stranger meets it: JSON in, days and their explanation out."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.calculator import calculate, calculate_all, run
from appeals.schemas import QUESTION, SENTENCES
from core.law.calendar import shipped_calendar

CALENDAR = shipped_calendar()


def ask(kind, **fields):
    """The answer without its explanation; `text` of every answer is JSON."""
    answer = calculate({"kind": kind, **fields}, CALENDAR)
    assert "errors" not in answer, answer
    json.dumps(answer)
    assert all(set(step) == {"rule", "from", "to", "why"} for step in answer.pop("steps"))
    assert all(set(warning) == {"code", "detail"} for warning in answer.pop("warnings"))
    return answer


def errors(item):
    return [(each["field"], each["code"]) for each in calculate(item, CALENDAR)["errors"]]


def warnings(kind, **fields):
    return [each["code"] for each in calculate({"kind": kind, **fields}, CALENDAR)["warnings"]]


@pytest.mark.parametrize("kind", ["objection", "appeal"])
@pytest.mark.parametrize(
    ("notified", "last", "post"),
    [
        ("2025-02-13", "2025-03-27", "2025-04-03"),  # plain
        ("2025-03-07", "2025-04-22", "2025-04-29"),  # Good Friday to Easter Monday
        ("2025-03-15", "2025-04-28", "2025-05-06"),  # King's Day on Saturday; 5 May
        ("2025-04-17", "2025-06-02", "2025-06-10"),  # Ascension Day, decree, weekend; Whit Monday
    ],
)
def test_the_last_day_to_object_and_to_appeal_are_counted_alike(kind, notified, last, post):
    assert ask(kind, notified_on=notified) == {"last_day": last, "post_receipt_limit": post}


@pytest.mark.parametrize(
    ("received_at", "timely", "late"),
    [
        ("2025-03-27T23:59:59+01:00", True, 0),  # C-19: the last second of the last day in the Netherlands
        ("2025-03-28T00:00:00+01:00", False, 1),
        ("2025-03-27T22:59:59Z", True, 0),  # winter: an hour behind
        ("2025-03-27T23:00:00Z", False, 1),
        ("2025-03-27T18:59:59-04:00", True, 0),  # sent from elsewhere: the day is that of the Netherlands
        ("2025-03-27T22:59:59.999999999Z", True, 0),
    ],
)
def test_an_electronic_filing_is_in_time_until_the_last_second_of_the_dutch_day(received_at, timely, late):
    answer = ask("objection-timely", notified_on="2025-02-13", channel="web", received_at=received_at)

    assert answer == {"timely": timely, "last_day": "2025-03-27", "days_late": late}


@pytest.mark.parametrize(("received_at", "timely"), [("2025-06-19T21:59:59Z", True), ("2025-06-19T22:00:00Z", False)])
def test_in_summer_the_dutch_day_ends_two_hours_earlier_in_utc(received_at, timely):
    answer = ask("objection-timely", notified_on="2025-05-08", channel="web", received_at=received_at)

    assert (answer["last_day"], answer["timely"]) == ("2025-06-19", timely)


@pytest.mark.parametrize(
    ("fields", "timely", "late"),
    [
        ({"channel": "counter", "received_on": "2025-03-27"}, True, 0),
        ({"channel": "email", "received_on": "2025-03-29"}, False, 2),
        ({"channel": "post", "received_on": "2025-04-03", "posted_on": "2025-03-27"}, True, 0),
        ({"channel": "post", "received_on": "2025-04-04", "posted_on": "2025-03-27"}, False, 8),
        ({"channel": "post", "received_on": "2025-03-31", "posted_on": "2025-03-28"}, False, 4),
        ({"channel": "post", "received_on": "2025-03-27"}, True, 0),
        ({"channel": "post", "received_on": "2025-04-04", "posted_on": None}, False, 8),
        ({"channel": "web", "received_on": "2025-04-20", "received_elsewhere_on": "2025-03-27"}, True, 0),
        ({"channel": "web", "received_on": "2025-04-20", "received_elsewhere_on": "2025-03-28"}, False, 1),
        ({"channel": "web", "received_on": "2025-03-27", "received_at": "2025-03-26T23:30:00Z"}, True, 0),
    ],
)
def test_each_channel_has_its_own_rule_for_being_in_time(fields, timely, late):
    answer = ask("objection-timely", notified_on="2025-02-13", **fields)

    assert answer == {"timely": timely, "last_day": "2025-03-27", "days_late": late}


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"committee": False}, "2025-05-08"),
        ({"committee": True}, "2025-06-19"),
        ({"committee": True, "adjourned": True}, "2025-07-31"),
        ({"committee": True, "suspensions": [("2025-03-31", "2025-04-10")]}, "2025-06-30"),
        ({"committee": True, "suspensions": [("2025-03-31", "2025-04-15")]}, "2025-07-03"),
        ({"committee": True, "suspensions": [("2025-03-24", "2025-04-03")]}, "2025-06-25"),
        (
            {"committee": True, "suspensions": [("2025-03-31", "2025-04-10"), ("2025-04-02", "2025-04-09")]},
            "2025-06-30",
        ),
        ({"committee": True, "consented_until": "2025-09-06"}, "2025-09-06"),  # agreed: a Saturday stays
        ({"committee": True, "consented_until": None, "suspensions": []}, "2025-06-19"),
        ({"committee": True, "suspensions": [("1900-01-01", "2200-12-31")]}, "2201-03-24"),  # 30 December 2200 + 84
    ],
)
def test_the_decision_on_objection_is_due_as_in_the_worked_examples(fields, due):
    spans = [{"asked_on": asked, "ended_on": ended} for asked, ended in fields.get("suspensions", [])]

    answer = ask("objection-decision", notified_on="2025-02-13", **(fields | {"suspensions": spans}))

    assert answer == {"last_day": due}


def test_the_decision_on_appeal_is_due_after_sixteen_weeks():
    assert ask("appeal-decision", notified_on="2024-11-18", adjourned=False) == {"last_day": "2025-04-21"}
    assert ask("appeal-decision", notified_on="2024-11-18", adjourned=True) == {"last_day": "2025-06-30"}


@pytest.mark.parametrize(
    ("register", "due"),
    [("schoolleiders-po", "2025-04-28"), ("schoolleiders-vo", "2025-04-28"), ("leraren", "2025-05-12")],
)
def test_each_register_decides_on_an_application_in_its_own_weeks(register, due):
    assert ask("application-decision", received_on="2025-03-03", register=register) == {"last_day": due}


def test_an_incomplete_application_stands_still_until_it_is_completed():
    spans = [{"asked_on": "2025-03-10", "ended_on": "2025-03-18"}]

    answer = ask("application-decision", received_on="2025-03-03", register="schoolleiders-po", suspensions=spans)

    assert answer == {"last_day": "2025-05-06"}  # 28 April and 7 days; 5 May is a holiday


@pytest.mark.parametrize(
    ("start", "length", "unit", "last"),
    [
        ("2026-04-18", 12, "weeks", "2026-07-13"),
        ("2026-04-19", 13, "weeks", "2026-07-19"),
        ("2025-12-24", 3, "days", "2025-12-30"),
        ("2025-01-31", 1, "months", "2025-02-28"),
        ("2024-02-29", 1, "years", "2025-02-28"),
    ],
)
def test_a_plain_term_ends_as_the_act_says(start, length, unit, last):
    assert ask("plain", start_on=start, length=length, unit=unit) == {"last_day": last}


def test_before_a_hearing_the_days_are_counted_back():
    assert ask("hearing", hearing_on="2025-05-15") == {
        "documents_until": "2025-05-04",
        "inspection_from": "2025-05-08",
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"made_known_on": "2025-08-15"}, (True, "2025-07-15", 31, 947)),
        ({"made_known_on": None, "on": "2025-08-15"}, (True, "2025-07-15", 31, 947)),  # the day itself is not counted
        ({"made_known_on": "2025-08-15", "on": "2025-12-01"}, (True, "2025-07-15", 31, 947)),
        ({"made_known_on": None, "on": "2026-01-01"}, (True, "2025-07-15", 42, 1442)),
        ({"made_known_on": "2025-07-10"}, (True, "2025-07-15", 0, 0)),
        ({"made_known_on": "2025-08-15", "notice_received_on": "2025-06-19"}, (False, None, 0, 0)),  # premature
    ],
)
def test_the_penalty_is_that_of_the_worked_example(fields, expected):
    answer = ask("penalty", **({"due_on": "2025-06-19", "notice_received_on": "2025-06-30"} | fields))

    assert answer == dict(zip(("notice_valid", "first_day", "days", "amount_eur"), expected, strict=True))


def test_the_steps_name_the_article_of_each_thing_that_moved_the_day():
    answer = calculate({"kind": "objection", "notified_on": "2025-03-07"}, CALENDAR)

    assert answer["steps"][:2] == [
        {
            "rule": "Awb 6:7", "from": "2025-03-08", "to": "2025-04-18",
            "why": "6 weeks, counted from the day after",
        },
        {
            "rule": "Atw 3(2)", "from": "2025-04-18", "to": "2025-04-19",
            "why": "the term does not end on a holiday: Good Friday",
        },
    ]  # fmt: skip


def test_what_an_answer_is_not_sure_of_stands_in_its_warnings():
    assert warnings("objection", notified_on="2025-02-13") == []
    assert warnings("objection", notified_on="2029-02-13") == ["designated-days-unknown"]
    assert warnings("plain", start_on="2029-02-13", length=16, unit="weeks") == []

    known = {"notified_on": "2025-02-13", "channel": "post", "received_on": "2025-03-26"}
    assert warnings("objection-timely", **known, posted_on="2025-03-27") == ["posted-after-receipt"]
    assert warnings("objection-timely", **(known | {"channel": "web"}), posted_on="2025-03-25") == ["posting-ignored"]

    decision = {"notified_on": "2025-02-13", "committee": True}
    late = [{"asked_on": "2025-06-20", "ended_on": "2025-06-30"}]
    assert warnings("objection-decision", **decision, consented_until="2025-06-18") == ["consent-without-effect"]
    assert warnings("objection-decision", **decision, suspensions=late) == ["suspended-after-the-end"]
    assert warnings("objection-decision", **decision, suspensions=late, adjourned=True) == []


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (None, [("", "not-an-object")]),
        (3, [("", "not-an-object")]),
        ([], [("", "not-an-object")]),
        ({}, [("kind", "required")]),
        ({"kind": "bezwaar"}, [("kind", "unknown-kind")]),
        ({"kind": ["objection"]}, [("kind", "unknown-kind")]),
        ({"kind": "objection"}, [("notified_on", "required")]),
        ({"kind": "objection", "notified_on": None}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": 20250307}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": "20250307"}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": "2025-W10-5"}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": "2025-3-7"}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": "2025-02-29"}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": "2025-03-07T00:00:00Z"}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": "2025-03-07\n"}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": "٢٠٢٥-03-07"}, [("notified_on", "not-a-day")]),
        ({"kind": "objection", "notified_on": "1899-12-31"}, [("notified_on", "day-out-of-range")]),
        ({"kind": "objection", "notified_on": "2201-01-01"}, [("notified_on", "day-out-of-range")]),
        ({"kind": "objection", "notified_on": "0000-00-00"}, [("notified_on", "not-a-day")]),
        ({"kind": "hearing", "hearing_on": "2025-05-15", "room": 1}, [("room", "unknown-field")]),
        ({"kind": "hearing", "hearing_on": "2025-05-15", "\ud800": 1}, [("", "bad-text")]),
        ({"kind": "appeal-decision", "notified_on": "2025-02-13", "adjourned": 1}, [("adjourned", "not-a-boolean")]),
        ({"kind": "appeal-decision", "notified_on": "2025-02-13", "adjourned": "no"}, [("adjourned", "not-a-boolean")]),
        ({"kind": "objection-decision", "notified_on": "2025-02-13"}, [("committee", "required")]),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_answers_where_and_why(item, expected):
    assert errors(item) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"length": 0}, [("length", "out-of-range")]),
        ({"length": -1}, [("length", "out-of-range")]),
        ({"length": 2**70}, [("length", "out-of-range")]),
        ({"length": True}, [("length", "not-an-integer")]),
        ({"length": "6"}, [("length", "not-an-integer")]),
        ({"length": 6.0}, [("length", "not-an-integer")]),
        ({"length": float("inf")}, [("length", "not-an-integer")]),
        ({"length": 1_000_000}, [("length", "day-out-of-range")]),  # a day in the year 4700
        ({"unit": "hours"}, [("unit", "unknown-value")]),
        ({"unit": "weeks", "length": None, "start_on": 1}, [("start_on", "not-a-day"), ("length", "not-an-integer")]),
    ],
)
def test_all_that_is_wrong_with_a_plain_term_is_told_at_once(fields, expected):
    item = {"kind": "plain", "start_on": "2025-01-01", "length": 6, "unit": "days"}

    assert errors(item | fields) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [("received_on", "required")]),
        ({"received_at": "2025-03-27T23:59:59"}, [("received_at", "no-offset")]),
        ({"received_at": "2025-03-27"}, [("received_at", "not-an-instant")]),
        ({"received_at": "2025-03-27T24:00:00Z"}, [("received_at", "not-an-instant")]),
        ({"received_at": "2025-03-27T23:59:60Z"}, [("received_at", "not-an-instant")]),
        ({"received_at": "2025-02-30T12:00:00Z"}, [("received_at", "not-a-day")]),
        ({"received_at": "9999-12-31T23:59:59-12:00"}, [("received_at", "day-out-of-range")]),
        ({"received_at": 1743116399}, [("received_at", "not-an-instant")]),
        ({"received_on": "2025-03-27", "channel": "fax"}, [("channel", "unknown-value")]),
        ({"received_on": "2025-04-01", "channel": "post"}, [("posted_on", "posted-on-required")]),
        ({"received_on": "2025-03-27", "received_at": "2025-03-27T23:00:00Z"}, [("received_on", "contradiction")]),
    ],
)
def test_a_filing_without_a_clear_day_of_receipt_is_not_judged(fields, expected):
    assert errors({"kind": "objection-timely", "notified_on": "2025-02-13", "channel": "web"} | fields) == expected


@pytest.mark.parametrize(
    ("suspensions", "expected"),
    [
        (None, [("suspensions", "not-a-list")]),
        ([3], [("suspensions.0", "not-an-object")]),
        ([{"asked_on": "2025-04-01"}], [("suspensions.0.ended_on", "required")]),
        ([{"asked_on": "2025-04-02", "ended_on": "2025-04-01"}], [("suspensions.0.ended_on", "ended-before-asked")]),
        ([{"asked_on": "x", "ended_on": "2025-04-01"}], [("suspensions.0.asked_on", "not-a-day")]),
        ([{"asked_on": "2025-04-01", "ended_on": "2025-04-01"}] * 101, [("suspensions", "too-many")]),
    ],
)
def test_a_suspension_that_cannot_be_read_is_pointed_at(suspensions, expected):
    item = {"kind": "objection-decision", "notified_on": "2025-02-13", "committee": True, "suspensions": suspensions}

    assert errors(item) == expected


def test_a_penalty_needs_the_day_up_to_which_it_counts():
    item = {"kind": "penalty", "due_on": "2025-06-19", "notice_received_on": "2025-06-30", "made_known_on": None}

    assert errors(item) == [("on", "required")]


GOOD, BAD = {"kind": "hearing", "hearing_on": "2025-05-15"}, {"kind": "hearing"}


@pytest.mark.parametrize(
    ("value", "code"),
    [(GOOD, 0), ([GOOD, GOOD], 0), ([], 0), ([GOOD, BAD], 1), ([BAD, 7], 2), (BAD, 2), ("text", 2), (None, 2)],
)
def test_the_exit_code_says_whether_all_some_or_nothing_could_be_read(value, code):
    answer, found = calculate_all(value, CALENDAR)

    assert found == code
    assert isinstance(answer, list) == isinstance(value, list)


def test_an_array_is_answered_in_its_own_order_with_errors_in_their_place():
    answers, _ = calculate_all([BAD, GOOD, None], CALENDAR)

    assert ["errors" in answer for answer in answers] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-json"),
        ("{", "not-json"),
        ("{'kind': 'objection'}", "not-json"),
        ("NaN", "not-json"),
        ('{"kind": "plain", "start_on": "2025-01-01", "length": -Infinity, "unit": "days"}', "not-json"),
        ("[" * 100_000, "too-deep"),
        ('{"a":' * 100_000, "too-deep"),
        ("[" * 900 + "]" * 900, None),  # readable JSON, and no question
        ("1" * 5_000, "number-too-large"),
        ('"\\ud800"', "not-an-object"),
        ('{"kind": "\\ud800"}', "unknown-kind"),
        ("\x00", "not-json"),
    ],
)
def test_text_that_holds_no_question_answers_an_error_and_exit_code_two(text, code):
    answer, exit_code = run(text, CALENDAR)

    found = json.loads(answer)
    assert exit_code == 2
    assert code is None or [each["code"] for each in found["errors"]] == [code]


def test_text_in_gives_the_same_answer_as_text_out():
    answer, exit_code = run("\ufeff" + json.dumps([GOOD, BAD]), CALENDAR)

    assert (json.loads(answer), exit_code) == calculate_all([GOOD, BAD], CALENDAR)


WORDS = (
    st.text("a0-T:Z.+\x00é\ud800", max_size=6)
    | st.dates().map(str)
    | st.sampled_from(["post", "web", "days", "leraren"])
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
KINDS = (
    "objection", "appeal", "objection-timely", "objection-decision", "appeal-decision", "application-decision",
    "plain", "hearing", "penalty",
)  # fmt: skip
FIELDS = (
    "notified_on", "channel", "received_at", "received_on", "posted_on", "received_elsewhere_on", "committee",
    "adjourned", "suspensions", "consented_until", "register", "start_on", "length", "unit", "due_on", "on",
)  # fmt: skip


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6))
def test_whatever_is_asked_the_answer_is_days_or_errors_with_a_known_code(kind, fields):
    answer = calculate({"kind": kind, **fields}, CALENDAR)

    json.dumps(answer, allow_nan=False).encode("ascii")
    json.dumps(answer, ensure_ascii=False).encode("utf-8")
    assert "errors" in answer or {"steps", "warnings"} <= set(answer)
    assert all(each["code"] in SENTENCES and each["detail"] for each in answer.get("errors", []))


@given(st.sampled_from(KINDS[:2] + KINDS[3:5]), st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.booleans())
def test_every_day_that_is_taken_in_can_be_answered(kind, notified_on, yes):
    fields = {"objection-decision": {"committee": yes, "adjourned": yes}, "appeal-decision": {"adjourned": yes}}

    answer = ask(kind, notified_on=notified_on.isoformat(), **fields.get(kind, {}))

    assert date.fromisoformat(answer["last_day"]) >= notified_on + timedelta(days=42)


def test_the_questions_have_a_json_schema_for_the_api_document():
    schema = QUESTION.json_schema()

    assert set(schema["discriminator"]["mapping"]) == set(KINDS)
    assert schema["$defs"]["ApplicationDecision"]["properties"]["register"]["enum"][-1] == "leraren"
