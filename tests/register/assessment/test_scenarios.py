"""The worked scenarios, by number."""

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


def test_c_01_a_diploma_of_the_last_day_registers_at_level_two_for_five_years(answer):
    found = answer(registration(programme()))

    assert (found["outcome"], found["level"], found["status"]) == ("granted", "niveau-2", "registered")
    assert (found["due_on"], found["rule_set"]) == ("2029-09-12", "schoolleiders-po-2022")


def test_c_02_a_diploma_after_the_accreditation_is_refused(answer):
    found = answer(registration(programme(issued_on="2024-09-05")))

    assert (found["outcome"], found["grounds"]) == ("refused", ["outside-accreditation-period"])
    assert (found["level"], found["status"], found["due_on"], found["missing"]) == (None, "enrolled", None, [])


@pytest.mark.parametrize(("ects", "level"), [(14, None), (15, "niveau-1"), (29, "niveau-1"), (30, "niveau-2")])
def test_c_03_the_size_of_the_programme_makes_the_level(answer, ects, level):
    found = answer(registration(programme(ects=ects)))

    assert found["level"] == level
    assert found["grounds"] == ([] if level else ["too-few-ects"])


def test_c_04_a_selection_assessment_does_not_count(answer):
    found = answer(registration(programme(kind="selection-assessment")))

    assert (found["outcome"], found["grounds"]) == ("refused", ["proof-kind-not-accepted"])


def test_c_05_an_evc_certificate_of_a_recognised_provider_gives_level_two(answer):
    found = answer(registration({"kind": "prior-learning", "issued_on": "2024-05-01", "recognised": True}))

    assert (found["outcome"], found["level"]) == ("granted", "niveau-2")


def test_c_06_who_fits_no_route_is_pointed_to_the_letter_to_the_committee(answer):
    found = answer(registration())

    assert (found["outcome"], found["grounds"], found["missing"]) == ("refused", ["no-qualifying-proof"], [])
    assert "free-form-is-open" in [step["code"] for step in found["explanation"]]


@pytest.mark.parametrize(
    ("points", "outcome", "due_on"),
    [
        (59, "refused", "2025-10-01"),
        (60, "granted-shorter", "2028-10-01"),
        (79, "granted-shorter", "2028-10-01"),
        (80, "granted-shorter", "2029-10-01"),
        (99, "granted-shorter", "2029-10-01"),
        (100, "granted", "2030-10-01"),
        (119, "granted", "2030-10-01"),
        (120, "granted", "2031-10-01"),
        (139, "granted", "2031-10-01"),
        (140, "granted", "2032-10-01"),
        (175, "granted", "2032-10-01"),
    ],
)
def test_c_07_the_ladder_counts_from_the_due_date_that_is_renewed(answer, points, outcome, due_on):
    found = answer(renewal(points))

    assert (found["outcome"], found["due_on"]) == (outcome, due_on)


def test_c_08_a_late_renewal_counts_from_the_old_due_date_and_was_conditional_in_between(answer):
    late = renewal(registered_on="2020-02-01", due_on="2025-02-01", decided_on="2025-06-20")
    late["activities"] = [activity(64), activity(40, done_on="2025-05-10")]

    found = answer(late)

    assert (found["outcome"], found["status"], found["due_on"]) == ("granted", "registered", "2030-02-01")
    [between] = [step for step in found["explanation"] if step["code"] == "conditional"]
    assert (between["from"], between["to"]) == ("2025-02-02", "2025-06-20")


@pytest.mark.parametrize(("issued_on", "usable"), [("2021-05-30", False), ("2021-06-01", False), ("2021-06-02", True)])
def test_c_10_a_vakbekwaam_diploma_renews_and_raises_level_one_when_it_is_later(answer, issued_on, usable):
    request = renewal(
        level="niveau-1",
        registered_on="2021-06-01",
        due_on="2025-06-01",
        decided_on="2025-05-01",
        activities=[],
        proofs=[programme(issued_on=issued_on)],
    )

    found = answer(request)

    expected = ("granted", "niveau-2", "2030-06-01") if usable else ("refused", "niveau-1", "2025-06-01")
    assert (found["outcome"], found["level"], found["due_on"]) == expected
    assert usable or "obtained-before-registration" in found["grounds"]


def test_c_11_a_master_from_before_the_registration_changes_the_predicate_and_not_the_due_date(answer):
    found = answer(level_change())

    assert (found["outcome"], found["level"], found["due_on"]) == ("granted", "master", "2028-01-15")


@pytest.mark.parametrize(
    ("primary", "other", "grounds"),
    [(100, 60, []), (100, 59, ["hours-short"]), (99, 61, ["primary-process-short"])],
)
def test_c_13_a_teacher_in_primary_education_needs_160_hours_with_100_primary(answer, primary, other, grounds):
    found = answer(teacher(hours(primary, "PEDAGOGIC"), hours(other, "SCHOOL_DEVELOPMENT")))

    assert (found["outcome"], found["grounds"]) == ("refused" if grounds else "granted", grounds)
    assert found["due_on"] == ("2024-08-01" if grounds else "2028-08-01")


@pytest.mark.parametrize(("subject", "grounds"), [(39, ["subject-short"]), (40, [])])
def test_c_14_a_teacher_in_secondary_education_needs_40_subject_hours_among_them(answer, subject, grounds):
    found = answer(
        teacher(
            hours(subject, "SUBJECT"), hours(100 - subject, "PEDAGOGIC"), hours(60, "SCHOOL_DEVELOPMENT"), sector="vo"
        )
    )

    assert (found["outcome"], found["grounds"]) == ("refused" if grounds else "granted", grounds)


@pytest.mark.parametrize(("role", "until"), [("director", "2019-03-01"), ("deputy", "2018-03-01")])
def test_first_leader_in_training(answer, role, until):
    found = answer(in_training(role=role))

    assert (found["outcome"], found["level"], found["status"]) == ("granted", "in-opleiding", "in-training")
    assert (found["due_on"], found["rule_set"]) == (until, "schoolleiders-po-2014")


def test_first_leader_in_training_appointed_too_early_is_refused(answer):
    found = answer(in_training(appointed_on="2015-12-31"))

    assert (found["outcome"], found["grounds"]) == ("refused", ["appointed-too-early"])


def test_first_leader_in_training_is_registered_on_the_diploma(answer):
    diploma = programme(issued_on="2018-11-30", accredited_from="2014-09-01", accredited_until="2020-08-31")
    request = registration(
        diploma, decided_on="2018-12-13", level="in-opleiding", due_on="2019-03-01", appointed_on="2016-03-01"
    )

    found = answer(request)

    assert (found["level"], found["status"], found["due_on"]) == ("niveau-2", "registered", "2022-12-13")


def test_late_renewal_under_the_four_year_set(answer):
    themes = [
        {"kind": "course", "themes": ["a", "b"], "done_on": "2017-01-10"},
        {"kind": "congress", "themes": ["b", "c"], "done_on": "2019-11-02"},
    ]
    request = renewal(registered_on="2015-09-01", due_on="2019-09-01", decided_on="2020-01-15", activities=themes)

    found = answer(request)

    assert (found["outcome"], found["due_on"]) == ("granted", "2023-09-01")
    assert found["rule_set"] == "schoolleiders-po-2014"
    [between] = [step for step in found["explanation"] if step["code"] == "conditional"]
    assert (between["from"], between["to"]) == ("2019-09-02", "2020-01-15")


def test_postponement_in_part(answer):
    request = postponement(
        registered_on="2014-05-01", due_on="2018-05-01", decided_on="2018-03-01", requested_months=30, ground=None
    )

    found = answer(request)

    assert (found["outcome"], found["status"]) == ("partly-granted", "postponed")
    assert (found["due_on"], found["grounds"]) == ("2020-05-01", ["months-above-maximum"])
