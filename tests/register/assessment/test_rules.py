"""Rules beside the scenarios: eligibility, level by role, activities line by line, postponement, work experience."""

import pytest

from tests.register.assessment.requests import (
    activity,
    hours,
    in_training,
    level_change,
    postponement,
    programme,
    registration,
    renewal,
    teacher,
)


@pytest.mark.parametrize(
    ("statutory", "employer", "outcome"),
    [(True, True, "refused"), (True, False, "granted"), (False, True, "granted"), (None, None, "granted")],
)
@pytest.mark.parametrize("request_for", [registration(programme()), renewal(), postponement(), level_change()])
def test_only_both_circumstances_together_exclude(answer, request_for, statutory, employer, outcome):
    found = answer(request_for | {"statutory_director": statutory, "employer_responsibility": employer})

    assert found["outcome"] == outcome
    assert found["grounds"] == (["not-eligible"] if outcome == "refused" else [])


@pytest.mark.parametrize(("role", "outcome"), [("director", "refused"), ("deputy", "granted")])
def test_before_2022_a_director_needed_level_two(answer, role, outcome):
    small = programme(ects=15, issued_on="2019-01-01")

    found = answer(registration(small, decided_on="2019-06-01", role=role))

    assert found["outcome"] == outcome


def test_a_teacher_is_not_registered_as_a_school_leader(answer):
    assert answer(registration(programme(), role="teacher"))["grounds"] == ["role-not-eligible"]


def test_the_best_of_several_proofs_makes_the_level(answer):
    master = {"kind": "master", "issued_on": "2010-06-30", "recognised": True}

    assert answer(registration(programme(ects=14), programme(), master))["level"] == "master"


def test_a_proof_from_after_the_decision_does_not_count(answer):
    late = programme(issued_on="2024-09-13", accredited_until="2025-08-31")

    assert answer(registration(late))["grounds"] == ["issued-after-decision"]


def test_an_individual_valuation_gives_the_level_it_states(answer):
    assert answer(registration({"kind": "diploma-valuation", "level": "niveau-1"}))["level"] == "niveau-1"


@pytest.mark.parametrize("decided_on", ["2019-03-01", "2019-03-02"])
def test_in_training_ends_three_years_after_the_appointment(answer, decided_on):
    found = answer(in_training(decided_on=decided_on))

    assert (found["outcome"] == "granted") == (decided_on == "2019-03-01")


@pytest.mark.parametrize(
    ("changes", "points", "code"),
    [
        ({"points": 10}, 10, None),
        ({"points": 9}, 0, "points-below-minimum"),
        ({"points": 9, "valuation": "peers"}, 9, None),
        ({"points": 101}, 100, "points-capped"),
        ({"points": 50, "valuation": "assessor", "themes": ["a", "b", "c"]}, 50, None),
        ({"points": 60, "valuation": "assessor", "themes": ["a", "b", "c"]}, 50, "points-capped"),
        ({"points": 60, "valuation": "assessor", "themes": []}, 0, "no-themes"),
        ({"points": 100, "valuation": "assessor", "themes": 8}, 100, None),
        ({"points": 60, "valuation": "validated"}, 0, "valuation-not-accepted"),
        ({"points": 60, "done_on": "2020-09-30"}, 0, "before-period"),
        ({"points": 60, "done_on": "2020-10-01"}, 60, None),
        ({"points": 60, "done_on": "2025-08-01"}, 60, None),
        ({"points": 60, "done_on": "2025-08-02"}, 0, "after-decision"),
        ({"points": 0, "valuation": "peers"}, 0, "counts-for-nothing"),
    ],
)
def test_each_activity_says_what_it_counts_for_and_why_not(answer, changes, points, code):
    [line] = answer(renewal(activities=[activity(0) | changes]))["lines"]

    assert (line["points"], line["code"], line["counts"]) == (points, code, points > 0)


def test_a_longer_period_by_points_goes_with_a_higher_level_by_proof(answer):
    found = answer(renewal(140, level="niveau-1", proofs=[programme()]))

    assert (found["level"], found["due_on"]) == ("niveau-2", "2032-10-01")


def test_a_renewal_whose_next_period_is_over_already_is_refused(answer):
    found = answer(renewal(60, decided_on="2028-10-01"))

    assert (found["outcome"], found["grounds"]) == ("refused", ["next-due-passed"])


def test_who_is_in_training_cannot_renew(answer):
    assert answer(renewal(level="in-opleiding"))["grounds"] == ["still-in-training"]


@pytest.mark.parametrize(
    ("worked", "outcome"),
    [((1328, 1328), "granted"), ((1328, 1327), "partly-granted"), ((0, 1327.5), "refused")],
)
def test_each_qualification_has_its_own_test_of_work_experience(answer, worked, outcome):
    named = [{"name": f"vak {at}", "work_hours": each} for at, each in enumerate(worked)]

    found = answer(teacher(hours(160, "SUBJECT"), qualifications=named))

    assert found["outcome"] == outcome
    assert [each["outcome"] == "granted" for each in found["results"]] == [each >= 1328 for each in worked]


def test_teachers_whose_period_began_in_2026_follow_the_later_norm(answer):
    done = [hours(125, "SUBJECT", done_on="2028-01-01"), hours(75, "SCHOOL_DEVELOPMENT", done_on="2028-01-01")]
    later = {"registered_on": "2026-01-01", "due_on": "2031-01-01", "decided_on": "2030-12-01"}
    worked = [{"name": "x", "work_hours": 1660}]

    found = answer(teacher(*done, qualifications=worked, **later))

    assert (found["outcome"], found["due_on"], found["rule_set"]) == ("granted", "2036-01-01", "leraren-2026")


def test_a_recognised_diploma_registers_a_teacher_without_level(answer):
    request = registration({"kind": "programme", "recognised": True}, register="leraren", role="teacher")

    found = answer(request)

    assert (found["outcome"], found["level"], found["due_on"]) == ("granted", None, "2028-09-12")


@pytest.mark.parametrize(
    ("changes", "outcome", "due_on"),
    [
        ({}, "granted", "2026-10-01"),
        ({"requested_months": 24}, "granted", "2027-10-01"),
        ({"requested_months": 25}, "partly-granted", "2027-10-01"),
        ({"requested_months": 2**62}, "partly-granted", "2027-10-01"),
        ({"ground": "holiday"}, "refused", "2025-10-01"),
        ({"due_on": "2024-08-31", "registered_on": "2019-08-31"}, "granted", "2025-08-31"),
        ({"due_on": "2024-02-29", "registered_on": "2019-03-01", "requested_months": 24}, "granted", "2026-02-28"),
    ],
)
def test_a_postponement_moves_the_due_date(answer, changes, outcome, due_on):
    found = answer(postponement(**changes))

    assert (found["outcome"], found["due_on"]) == (outcome, due_on)


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"level": "niveau-1"}, "no-level-change"),
        ({"level": "master"}, "no-level-change"),
        ({"registered_on": "2019-06-30"}, "obtained-after-registration"),
        ({"decided_on": "2028-01-16"}, "due-date-passed"),
        ({"decided_on": "2021-01-01", "registered_on": "2020-01-15"}, "no-level-change"),
        ({"proofs": []}, "no-qualifying-proof"),
    ],
)
def test_a_change_of_level_is_refused_with_its_ground(answer, changes, ground):
    found = answer(level_change(**changes))

    assert (found["outcome"], found["grounds"]) == ("refused", [ground])


def test_a_named_rule_set_goes_before_the_table(answer):
    found = answer(renewal(99, rule_set="schoolleiders-po-2020"))

    assert (found["outcome"], found["rule_set"]) == ("refused", "schoolleiders-po-2020")


def test_before_the_first_rule_set_nothing_is_granted(answer):
    found = answer(registration(programme(issued_on="2013-01-01"), decided_on="2013-12-31"))

    assert (found["outcome"], found["grounds"], found["rule_set"]) == ("refused", ["no-rule-set"], None)


def test_school_leaders_in_secondary_education_have_no_ladder(answer):
    assert answer(renewal(99, register="schoolleiders-vo"))["outcome"] == "refused"
    assert answer(renewal(175, register="schoolleiders-vo"))["due_on"] == "2030-10-01"
