"""Terms of the Awb, worked out by hand, by property and against a slow second opinion."""

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.law.calendar import shipped_calendar
from core.law.terms import (
    Filing,
    Reason,
    Suspension,
    Tariff,
    add_months,
    add_period,
    add_years,
    appeal_decision_due,
    application_due,
    days_between,
    documents_until,
    inspection_from,
    next_day,
    objection_decision_due,
    objection_last_day,
    penalty,
    plain_due,
    post_receipt_limit,
    previous_day,
    suspended_days,
    timeliness,
)
from tests.core import naive_terms

CALENDAR = shipped_calendar()
DAYS = st.dates(date(2022, 1, 1), date(2045, 12, 31))
SPANS = st.lists(
    st.builds(lambda day, n: Suspension(day, day + timedelta(days=n)), DAYS, st.integers(0, 60)), max_size=4
)


def d(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "length", "unit", "last"),
    [
        ("2026-03-20", 6, "weeks", "2026-05-01"),  # an ordinary Friday
        ("2026-04-02", 6, "weeks", "2026-05-18"),  # Ascension Day, designated Friday, weekend
        ("2025-03-24", 6, "weeks", "2025-05-06"),  # Monday 5 May
        ("2024-03-24", 6, "weeks", "2024-05-06"),  # Sunday 5 May
        ("2026-02-20", 6, "weeks", "2026-04-07"),  # Good Friday to Easter Monday
        ("2025-11-20", 6, "weeks", "2026-01-05"),  # New Year's Day, designated Friday 2 January, weekend
        ("2026-04-18", 12, "weeks", "2026-07-13"),  # twelve weeks are not more than twelve weeks: Saturday moves
        ("2026-04-19", 13, "weeks", "2026-07-19"),  # thirteen are: the Sunday stays
        ("2025-12-24", 3, "days", "2025-12-30"),  # Atw 2: Monday 29 and Tuesday 30 December are the two ordinary days
        ("2028-04-26", 7, "days", "2028-05-03"),  # King's Day, a decree and a weekend, and still enough ordinary days
        ("2025-12-24", 2, "days", "2025-12-29"),  # two days: Atw 2 does not help, Boxing Day and the weekend do
        ("2025-01-31", 1, "months", "2025-02-28"),  # the last day of a shorter month, a Friday
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2025-02-28", 1, "months", "2025-03-28"),  # from a last day, not to a last day
        ("2024-11-30", 3, "months", "2025-02-28"),
        ("2025-02-01", 3, "months", "2025-05-01"),  # a Thursday
        ("2025-02-03", 3, "months", "2025-05-06"),  # three months move: Saturday 3, Sunday 4, Monday 5 May
        ("2025-01-03", 4, "months", "2025-05-03"),  # four do not: Saturday
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2024-02-29", 4, "years", "2028-02-29"),
        ("2024-05-05", 1, "years", "2025-05-05"),  # years never move, not even from Liberation Day
        ("2025-03-25", 90, "days", "2025-06-23"),
        ("2025-03-23", 90, "days", "2025-06-23"),  # Saturday 21 June moves
        ("2025-03-22", 91, "days", "2025-06-21"),  # more than ninety days: stays
    ],
)
def test_a_term_ends_on_the_day_the_act_says(start, length, unit, last):
    assert plain_due(d(start), length, unit, CALENDAR).last_day == d(last)


with Path(__file__).with_name("term-vectors.csv").open(encoding="utf-8") as lines:
    VECTORS = list(csv.DictReader(lines, delimiter=";"))


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['bekendmaking']}-{row['termijn'].replace(' ', '-')}")
def test_a_vector_of_the_domain_ends_on_its_day(row):
    length, unit = row["termijn"].split()

    assert plain_due(d(row["bekendmaking"]), int(length), unit, CALENDAR).last_day == d(row["laatste_dag"])
    if row["termijn"] == "6 weeks":
        assert objection_last_day(d(row["bekendmaking"]), CALENDAR).last_day == d(row["laatste_dag"])


def test_the_vectors_of_the_domain_are_all_there():
    assert len(VECTORS) == 10


# Notified, last day, received by post until, decision in 6 weeks, in 12, and 12 adjourned by 6.
WORKED = {
    "A": "2025-02-13 2025-03-27 2025-04-03 2025-05-08 2025-06-19 2025-07-31",  # plain
    "B": "2025-03-07 2025-04-22 2025-04-29 2025-06-03 2025-07-15 2025-08-26",  # Good Friday to Easter Monday
    "C": "2025-03-10 2025-04-22 2025-04-29 2025-06-03 2025-07-15 2025-08-26",  # Easter Monday
    "D": "2025-03-15 2025-04-28 2025-05-06 2025-06-10 2025-07-21 2025-09-01",  # King's Day, 5 May, Whit Monday
    "E": "2025-03-24 2025-05-06 2025-05-13 2025-06-17 2025-07-29 2025-09-09",  # Liberation Day
    "F": "2025-04-17 2025-06-02 2025-06-10 2025-07-14 2025-08-25 2025-10-06",  # Ascension Day, decree, weekend
    "G": "2025-11-13 2025-12-29 2026-01-05 2026-02-09 2026-03-23 2026-05-04",  # Christmas
    "H": "2026-02-20 2026-04-07 2026-04-14 2026-05-19 2026-06-30 2026-08-11",  # Good Friday
    "J": "2026-03-16 2026-04-28 2026-05-06 2026-06-09 2026-07-21 2026-09-01",  # King's Day; 5 May
}


@pytest.mark.parametrize("case", WORKED)
def test_a_worked_objection_has_the_days_that_were_computed_by_hand(case):
    notified, last, post, six, twelve, adjourned = (d(text) for text in WORKED[case].split())

    assert objection_last_day(notified, CALENDAR).last_day == last
    assert post_receipt_limit(last, CALENDAR).last_day == post
    assert objection_decision_due(notified, CALENDAR, committee=False).last_day == six
    assert objection_decision_due(notified, CALENDAR, committee=True).last_day == twelve
    assert objection_decision_due(notified, CALENDAR, committee=True, adjourned=True).last_day == adjourned


@pytest.mark.parametrize(
    ("spans", "days", "due"),
    [
        ("2025-03-31/2025-04-10", 9, "2025-06-30"),  # 1-9 April; 28 June is a Saturday
        ("2025-03-31/2025-04-15", 14, "2025-07-03"),  # unused until 14 April
        ("2025-03-24/2025-04-03", 6, "2025-06-25"),  # asked before the term runs: 28 March-2 April count
        ("2025-03-31/2025-04-10 2025-04-05/2025-04-12", 11, "2025-06-30"),  # overlap once: 1-11 April, Monday 30 June
        ("2025-03-31/2025-04-10 2025-04-02/2025-04-05", 9, "2025-06-30"),  # one inside the other
        ("2025-03-31/2025-04-02 2025-04-01/2025-04-03", 2, "2025-06-23"),  # 1 and 2 April; Saturday moves
        ("2025-03-31/2025-04-01", 0, "2025-06-19"),  # repaired the next day: nothing stood still
        ("2025-03-31/2025-03-31", 0, "2025-06-19"),
        ("2025-03-01/2025-03-20", 0, "2025-06-19"),  # over before the term began
    ],
)
def test_repair_suspends_the_term_to_decide_on_objection(spans, days, due):
    suspensions = [Suspension(*map(d, span.split("/"))) for span in spans.split()]

    assert suspended_days(suspensions, d("2025-03-27")) == days
    found = objection_decision_due(d("2025-02-13"), CALENDAR, committee=True, suspensions=suspensions)
    assert found.last_day == d(due)


def test_consent_sets_a_day_that_does_not_move_and_an_earlier_one_changes_nothing():
    saturday, earlier = d("2025-09-06"), d("2025-05-01")

    assert objection_decision_due(
        d("2025-02-13"), CALENDAR, committee=True, adjourned=True, consented_until=saturday
    ).last_day == saturday  # fmt: skip
    assert objection_decision_due(
        d("2025-02-13"), CALENDAR, committee=True, consented_until=earlier
    ).last_day == d("2025-06-19")  # fmt: skip


@pytest.mark.parametrize(
    ("notified", "due", "adjourned"),
    [
        ("2025-02-13", "2025-07-17", "2025-09-25"),  # 27 March + 112 days; + 70
        ("2024-11-18", "2025-04-21", "2025-06-30"),  # ends on Easter Monday and stays; the ten weeks end on a Monday
        ("2025-03-28", "2025-08-29", "2025-11-07"),  # 9 May + 112
        ("2025-04-24", "2025-09-25", "2025-12-04"),  # 5 June + 112
    ],
)
def test_the_term_to_decide_on_appeal_is_sixteen_weeks_and_does_not_move(notified, due, adjourned):
    assert appeal_decision_due(d(notified), CALENDAR).last_day == d(due)
    assert appeal_decision_due(d(notified), CALENDAR, adjourned=True).last_day == d(adjourned)


@pytest.mark.parametrize(
    ("weeks", "spans", "due"),
    [
        (8, [], "2025-04-28"),  # 3 March + 56
        (10, [], "2025-05-12"),
        (8, [Suspension(d("2025-03-10"), d("2025-03-18"))], "2025-05-06"),  # 7 days: Monday 5 May is a holiday
    ],
)
def test_an_application_is_decided_in_its_weeks_and_stands_still_while_incomplete(weeks, spans, due):
    assert application_due(d("2025-03-03"), weeks, spans, CALENDAR).last_day == d(due)


def test_a_private_term_may_be_told_not_to_move():
    assert application_due(d("2025-03-10"), 8, [], CALENDAR).last_day == d("2025-05-06")
    assert application_due(d("2025-03-10"), 8, [], CALENDAR, moves=False).last_day == d("2025-05-05")


def test_papers_before_a_hearing_are_counted_back_and_do_not_move():
    assert documents_until(d("2025-05-15")) == d("2025-05-04")  # a Sunday
    assert inspection_from(d("2025-05-15")) == d("2025-05-08")


@pytest.mark.parametrize(
    ("filing", "timely", "late"),
    [
        (Filing(d("2025-03-27")), True, 0),
        (Filing(d("2025-03-28")), False, 1),
        (Filing(d("2025-02-01")), True, 0),  # too early is not fatal (Awb 6:10)
        (Filing(d("2025-04-03"), by_post=True, posted_on=d("2025-03-27")), True, 0),
        (Filing(d("2025-04-04"), by_post=True, posted_on=d("2025-03-27")), False, 8),  # a day beyond the week
        (Filing(d("2025-03-28"), by_post=True, posted_on=d("2025-03-28")), False, 1),  # posted too late
        (Filing(d("2025-03-28"), posted_on=d("2025-03-27")), False, 1),  # handed over: posting does not matter
        (Filing(d("2025-04-20"), received_elsewhere_on=d("2025-03-27")), True, 0),
        (Filing(d("2025-04-20"), received_elsewhere_on=d("2025-03-31")), False, 4),
        (Filing(d("2025-04-20"), True, d("2025-03-26"), d("2025-04-02")), True, 0),  # posted in time to the wrong body
        (Filing(d("2025-03-26"), by_post=True), True, 0),  # in before the end: the day of posting does not matter
        (Filing(d("2025-04-04"), by_post=True), False, 8),  # nor after the week
    ],
)
def test_a_filing_is_in_time_by_receipt_or_by_post_within_a_week(filing, timely, late):
    found = timeliness(d("2025-02-13"), filing, CALENDAR)

    assert (found.timely, found.days_late, found.last_day) == (timely, late, d("2025-03-27"))


def test_within_the_week_after_the_end_the_day_of_posting_decides_and_must_be_known():
    with pytest.raises(Refused, match="posted-on-required"):
        timeliness(d("2025-02-13"), Filing(d("2025-04-01"), by_post=True), CALENDAR)


@pytest.mark.parametrize(
    ("notice", "until", "expected"),
    [
        ("2025-06-30", "2025-08-15", ("2025-07-15", 31, 947)),  # 14 x 23 + 14 x 35 + 3 x 45
        ("2025-06-30", "2025-08-26", ("2025-07-15", 42, 1442)),  # 25 August is day 42
        ("2025-06-30", "2026-01-01", ("2025-07-15", 42, 1442)),
        ("2025-06-30", "2025-08-25", ("2025-07-15", 41, 1397)),
        ("2025-06-30", "2025-07-15", ("2025-07-15", 0, 0)),  # decided on the first day
        ("2025-06-30", "2025-07-16", ("2025-07-15", 1, 23)),
        ("2025-06-30", "2025-07-29", ("2025-07-15", 14, 322)),
        ("2025-06-30", "2025-07-30", ("2025-07-15", 15, 357)),
        ("2025-06-30", "2025-07-01", ("2025-07-15", 0, 0)),  # decided within the two weeks
        ("2025-06-20", "2025-07-07", ("2025-07-05", 2, 46)),  # the day after the due day; a Saturday may be the first
        ("2025-12-12", "2026-01-01", ("2025-12-30", 2, 46)),  # the two weeks end on Boxing Day: Monday 29 December
    ],
)
def test_the_penalty_runs_from_two_weeks_after_the_notice(notice, until, expected):
    found = penalty(d("2025-06-19"), d(notice), d(until), CALENDAR)

    assert found.notice_valid
    assert (found.first_day.isoformat(), found.days, found.amount_eur) == expected


@pytest.mark.parametrize("notice", ["2025-06-18", "2025-06-19"])
def test_a_notice_on_or_before_the_due_day_is_premature_and_costs_nothing(notice):
    found = penalty(d("2025-06-19"), d(notice), d("2026-01-01"), CALENDAR)

    assert (found.notice_valid, found.first_day, found.days, found.amount_eur) == (False, None, 0, 0)


@pytest.mark.parametrize(
    ("notice", "most"),
    [("2018-12-31", 1260), ("2019-01-01", 1442)],  # the tariff of the day of the notice, whenever the days fall
)
def test_the_tariff_is_that_of_the_day_of_the_notice(notice, most):
    assert penalty(d("2018-12-01"), d(notice), d("2019-06-01"), CALENDAR).amount_eur == most


def test_the_last_day_of_penalty_follows_from_the_tariffs_of_the_installation():
    """Notice on Monday 30 June 2025: from 15 July, so day 42 is Monday 25 August; of one rate day 14 is 28 July."""
    given = (d("2025-06-19"), d("2025-06-30"), d("2025-08-15"), CALENDAR)

    assert penalty(*given).last_day == d("2025-08-25")
    assert penalty(*given, (Tariff(date.min, (10,)),)).last_day == d("2025-07-28")


def test_each_thing_that_moved_the_day_is_a_step_with_its_article():
    steps = objection_decision_due(
        d("2025-03-07"), CALENDAR, committee=True, suspensions=[Suspension(d("2025-04-30"), d("2025-05-09"))],
        adjourned=True, consented_until=d("2025-10-01"),
    ).steps  # fmt: skip

    assert [(step.rule, step.from_on.isoformat(), step.to_on.isoformat()) for step in steps] == [
        ("Awb 6:7", "2025-03-08", "2025-04-18"),
        ("Atw 3(2)", "2025-04-18", "2025-04-19"),
        ("Atw 1(1)", "2025-04-19", "2025-04-21"),
        ("Atw 3(1)", "2025-04-21", "2025-04-22"),
        ("Awb 7:10(1)", "2025-04-23", "2025-07-15"),
        ("Awb 7:10(2)", "2025-07-15", "2025-07-23"),
        ("Awb 7:10(3)", "2025-07-24", "2025-09-03"),
        ("Awb 7:10(4)", "2025-09-03", "2025-10-01"),
    ]
    assert all(step.why for step in steps)


def test_atw_2_is_a_step_of_its_own_and_a_designated_day_names_its_decree():
    short = plain_due(d("2025-12-24"), 3, "days", CALENDAR).steps
    decreed = plain_due(d("2026-05-14"), 1, "days", CALENDAR).steps

    assert [step.rule for step in short] == ["Atw 1", "Atw 1(1)", "Atw 2"]
    assert [(step.reason, step.rule) for step in decreed[1:]] == [
        (Reason.DESIGNATED, "Atw 3(3)"),
        (Reason.WEEKEND, "Atw 1(1)"),
    ]
    assert "koninklijk besluit" in decreed[1].why


@pytest.mark.parametrize(
    ("start", "length", "unit", "unknown"),
    [
        ("2025-01-06", 6, "weeks", set()),
        ("2020-01-06", 6, "weeks", {2020}),
        ("2028-12-01", 6, "weeks", {2029}),
        ("2028-11-20", 6, "weeks", {2029}),  # rolls from New Year's Day 2029
        ("2021-12-30", 3, "days", {2021}),  # Friday 31 December is one of the two ordinary days of Atw 2
        ("2028-12-01", 13, "weeks", set()),  # does not move, so no table is needed
    ],
)
def test_a_year_whose_designated_days_were_needed_but_are_unknown_is_named(start, length, unit, unknown):
    assert plain_due(d(start), length, unit, CALENDAR).unknown_years == unknown


def test_a_filing_that_was_sent_on_says_so_and_one_of_the_same_day_does_not():
    received, earlier = d("2025-04-01"), d("2025-03-26")

    sent_on = timeliness(d("2025-02-13"), Filing(received, received_elsewhere_on=earlier), CALENDAR)
    same = timeliness(d("2025-02-13"), Filing(received, received_elsewhere_on=received), CALENDAR)

    assert [step.rule for step in sent_on.steps] == ["Awb 6:7", "Awb 6:15"]
    assert (sent_on.steps[-1].from_on, sent_on.steps[-1].to_on) == (received, earlier)
    assert sent_on.steps[-1].reason is Reason.FILED_ELSEWHERE
    assert [step.rule for step in same.steps] == ["Awb 6:7"]


def test_a_letter_within_the_week_tells_both_terms():
    filing = Filing(d("2025-04-02"), by_post=True, posted_on=d("2025-03-27"))

    assert [step.rule for step in timeliness(d("2025-02-13"), filing, CALENDAR).steps] == ["Awb 6:7", "Awb 6:9(2)"]


@pytest.mark.parametrize(
    ("notified", "filing", "unknown"),
    [
        ("2039-03-01", Filing(d("2039-03-02")), {2039}),  # in time, by a day of which the year is not known
        ("2039-03-01", Filing(d("2039-12-01")), {2039}),  # late
        ("2028-11-16", Filing(d("2029-01-03"), True, d("2028-12-28")), {2029}),  # only the week after it is unknown
        ("2025-02-13", Filing(d("2025-04-02"), True, d("2025-03-27")), set()),
    ],
)
def test_being_in_time_names_the_years_that_it_was_not_sure_of(notified, filing, unknown):
    found = timeliness(d(notified), filing, CALENDAR).unknown_years

    assert (unknown <= found) if unknown else found == frozenset()


@pytest.mark.parametrize(("weeks", "rule"), [(7, "Awb 4:13"), (8, "Awb 4:13"), (9, "Awb 4:14"), (10, "Awb 4:14")])
def test_an_application_longer_than_eight_weeks_is_told_and_a_stop_names_its_article(weeks, rule):
    stood = [Suspension(d("2025-03-03"), d("2025-03-10"))]

    plain = application_due(d("2025-02-03"), weeks, [], CALENDAR)
    stopped = application_due(d("2025-02-03"), weeks, stood, CALENDAR)

    assert plain.steps[0].rule == rule
    assert "Awb 4:15(1)" in {step.rule for step in stopped.steps}


def test_a_day_that_was_agreed_on_the_day_itself_adds_no_step():
    due = objection_decision_due(d("2025-02-13"), CALENDAR, committee=False)
    agreed = objection_decision_due(d("2025-02-13"), CALENDAR, committee=False, consented_until=due.last_day)

    assert agreed.steps == due.steps


@given(DAYS)
def test_the_term_to_object_is_six_weeks_and_ends_on_an_ordinary_day(notified):
    last = objection_last_day(notified, CALENDAR).last_day

    assert 42 <= days_between(notified, last) <= 47
    assert CALENDAR.is_ordinary(last)


@given(DAYS, DAYS)
def test_a_later_notification_never_ends_earlier(one, other):
    earlier, later = sorted((one, other))

    assert objection_last_day(earlier, CALENDAR).last_day <= objection_last_day(later, CALENDAR).last_day


@given(DAYS, st.integers(3, 90))
def test_a_term_of_three_days_or_more_contains_two_ordinary_days(start, length):
    last = plain_due(start, length, "days", CALENDAR).last_day

    inside = [start + timedelta(days=n) for n in range(1, days_between(start, last) + 1)]
    assert sum(CALENDAR.is_ordinary(day) for day in inside) >= 2


@given(DAYS, SPANS, st.booleans(), st.booleans())
def test_suspension_and_adjournment_never_bring_the_day_forward(notified, spans, committee, adjourned):
    plain = objection_decision_due(notified, CALENDAR, committee=committee)
    due = objection_decision_due(notified, CALENDAR, committee=committee, suspensions=spans, adjourned=adjourned)

    assert due.last_day >= plain.last_day
    assert due.steps[-1].to_on == due.last_day


@given(DAYS, SPANS)
def test_the_same_suspensions_twice_or_in_another_order_count_once(after, spans):
    assert suspended_days([*spans, *reversed(spans)], after) == suspended_days(spans, after)
    assert suspended_days(spans, after) == naive_terms.suspended([(s.asked_on, s.ended_on) for s in spans], after)


@given(DAYS, DAYS)
def test_the_penalty_grows_by_the_day_to_its_maximum(notice, until):
    today = penalty(previous_day(notice), notice, until, CALENDAR)
    tomorrow = penalty(previous_day(notice), notice, next_day(until), CALENDAR)

    assert 0 <= tomorrow.amount_eur - today.amount_eur <= 45
    assert 0 <= today.amount_eur <= 1442


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(-300, 300))
def test_months_keep_the_day_or_take_the_last_of_a_shorter_month(day, months):
    if not 1900 <= day.year + months // 12 <= 2200:
        return

    found = add_months(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and next_day(found).day == 1)


def test_a_period_is_added_by_its_unit():
    assert add_period(d("2024-02-29"), 1, "days") == d("2024-03-01")
    assert add_period(d("2024-02-29"), 1, "weeks") == d("2024-03-07")
    assert add_period(d("2024-02-29"), -1, "months") == d("2024-01-29")
    assert add_period(d("2024-02-29"), 5, "years") == add_years(d("2024-02-29"), 5) == d("2029-02-28")
    with pytest.raises(ValueError, match="fortnights"):
        add_period(d("2024-02-29"), 1, "fortnights")


@pytest.mark.parametrize(
    ("length", "unit"), [(10**30, "days"), (-(10**30), "years"), (200, "years"), (10**9, "months")]
)
def test_a_day_far_outside_the_centuries_we_know_is_refused(length, unit):
    with pytest.raises(Refused, match="day-out-of-range"):
        add_period(d("2025-01-01"), length, unit)


def _compare(timelines: int, seed: int) -> None:
    """Random timelines, 2022-2045: the engine and the slow second opinion give the same days."""
    dice = Random(seed)
    for _ in range(timelines):
        start = date(2022, 1, 1) + timedelta(days=dice.randrange(365 * 24))
        later = [start + timedelta(days=dice.randrange(160)) for _ in range(dice.randrange(4))]
        pairs = [(day, day + timedelta(days=dice.randrange(40))) for day in later]
        spans = [Suspension(*pair) for pair in pairs]
        committee, adjourned, post = (dice.random() < 0.5 for _ in range(3))
        weeks, unit = dice.choice((8, 10)), dice.choice(("days", "weeks", "months", "years"))
        length = dice.randint(1, {"days": 95, "weeks": 14, "months": 5, "years": 3}[unit])
        received = start + timedelta(days=dice.randint(35, 60))
        posted = received - timedelta(days=dice.randrange(12)) if post else None
        elsewhere = received - timedelta(days=dice.randrange(12)) if dice.random() < 0.3 else None
        due, until = start + timedelta(days=dice.randint(-3, 1)), start + timedelta(days=dice.randrange(80))

        decision = objection_decision_due(
            start, CALENDAR, committee=committee, suspensions=spans, adjourned=adjourned
        )  # fmt: skip
        owed = penalty(due, start, until, CALENDAR)
        found = (
            objection_last_day(start, CALENDAR).last_day,
            decision.last_day,
            appeal_decision_due(start, CALENDAR, adjourned=adjourned).last_day,
            application_due(start, weeks, spans, CALENDAR).last_day,
            plain_due(start, length, unit, CALENDAR).last_day,
            timeliness(start, Filing(received, post, posted, elsewhere), CALENDAR).timely,
            (owed.notice_valid, owed.first_day, owed.days, owed.amount_eur),
        )

        assert found == (
            naive_terms.objection(start),
            naive_terms.objection_decision(start, committee, pairs, adjourned),
            naive_terms.appeal_decision(start, adjourned),
            naive_terms.application_decision(start, weeks, pairs),
            naive_terms.plain(start, length, unit),
            naive_terms.in_time(start, received, posted, elsewhere),
            naive_terms.penalty(due, start, until),
        ), (start, pairs, committee, adjourned, length, unit, received, posted, elsewhere, due, until)


def test_two_thousand_random_timelines_agree_with_the_slow_second_opinion():
    _compare(2_000, seed=417)


@pytest.mark.long
def test_a_hundred_thousand_random_timelines_agree_with_the_slow_second_opinion():
    _compare(100_000, seed=610)
