"""A fact that is absent is unknown, not false."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.rules.assessment.assess import assess
from register.rules.rulesets import shipped
from tests.register.assessment.requests import (
    EVERY,
    activities,
    activity,
    hours,
    in_training,
    postponement,
    programme,
    registration,
    renewal,
    teacher,
)

SETS = shipped()


@pytest.mark.parametrize(
    ("request_for", "missing"),
    [
        (registration(programme(ects=None)), ["proofs[0].ects"]),
        (registration(programme(issued_on=None)), ["proofs[0].issued_on"]),
        (
            registration(programme(accredited_from=None, accredited_until=None)),
            ["proofs[0].accredited_from", "proofs[0].accredited_until"],
        ),
        (registration({"kind": "prior-learning"}), ["proofs[0].recognised"]),
        (registration({"kind": "diploma-valuation"}), ["proofs[0].level"]),
        (registration(proofs=None), ["proofs"]),
        (registration(programme(), statutory_director=True), ["employer_responsibility"]),
        (registration(programme(), decided_on=None), ["decided_on"]),
        (registration(programme(ects=15, issued_on="2019-01-01"), decided_on="2019-06-01", role=None), ["role"]),
        (in_training(role=None), ["role"]),
        (in_training(appointed_on=None), ["appointed_on"]),
        (renewal(due_on=None), ["due_on"]),
        (renewal(activities=None), ["activities"]),
        (renewal(activities=[activity(60, done_on=None)]), ["activities[0].done_on"]),
        (renewal(activities=[activity(60), activity(0) | {"points": None}]), ["activities[1].points"]),
        (renewal(activities=[activity(50, valuation="assessor")]), []),
        (renewal(activities=[activity(60, valuation="assessor")]), ["activities[0].themes"]),
        (postponement(ground=None), ["ground"]),
        (
            postponement(ground=None, registered_on=None, due_on="2018-05-01", decided_on="2018-03-01"),
            ["registered_on", "ground"],
        ),
        (postponement(requested_months=None), ["requested_months"]),
        (teacher(hours(100, "PEDAGOGIC"), hours(60, "SCHOOL_DEVELOPMENT"), sector=None), ["sector"]),
        (teacher(hours(160, "SUBJECT"), qualifications=None), ["qualifications"]),
        (teacher(hours(160, "SUBJECT"), qualifications=[{"name": "x"}]), ["qualifications[0].work_hours"]),
        (teacher(hours(160, "SUBJECT") | {"category": None}), ["activities[0].category"]),
        (teacher(hours(160, "SUBJECT") | {"hours": None}), ["activities[0].hours"]),
        (teacher(hours(160, "SUBJECT"), registered_on=None, due_on=None), ["registered_on", "due_on"]),
    ],
)
def test_what_decides_stands_in_missing(answer, request_for, missing):
    found = answer(request_for)

    assert sorted(found["missing"]) == sorted(missing)
    assert found["outcome"] == "refused"
    assert (found["grounds"] == ["facts-missing"]) == bool(missing)


@pytest.mark.parametrize(
    ("request_for", "outcome"),
    [
        (registration({"kind": "programme", "ects": 14}), "refused"),  # too small whenever it was issued
        (registration(programme(), role=None), "granted"),
        (renewal(level=None), "granted"),
        (renewal(100, registered_on=None), "granted"),  # no period is shorter than three years
        (renewal(activities=[*activities(175), activity(10, done_on=None)]), "granted"),
        (renewal(activities=[activity(40), activity(15, done_on=None)]), "refused"),
        (renewal(activities=[activity(100, valuation=None)]), "granted"),
        (teacher(hours(160, "SUBJECT"), sector=None), "granted"),
        (teacher(hours(160, "SUBJECT"), registered_on=None), "granted"),
        (teacher(hours(0, "SUBJECT") | {"hours": None, "contact_hours": 160}), "granted"),
        (in_training(role=None, decided_on="2023-05-01", appointed_on="2023-03-01"), "granted"),
    ],
)
def test_what_does_not_decide_is_not_missing(answer, request_for, outcome):
    found = answer(request_for)

    assert (found["missing"], found["outcome"]) == ([], outcome)


@pytest.mark.parametrize("request_for", EVERY)
def test_complete_requests_miss_nothing(answer, request_for):
    found = answer(request_for)

    assert found["outcome"].startswith("granted")
    assert found["missing"] == []


def paths(item, path=()):
    """Every fact inside a request that may be left out."""
    pairs = item.items() if isinstance(item, dict) else enumerate(item)
    for key, value in pairs:
        here = (*path, key)
        if isinstance(value, dict | list):
            yield from paths(value, here)
        if not isinstance(item, list) and key not in {"register", "kind", "name"}:
            yield here


def without(item, gone):
    lesser = deepcopy(item)
    for *above, key in sorted(gone, key=len, reverse=True):
        inner = lesser
        for step in above:
            inner = inner[step]
        inner.pop(key)
    return lesser


@given(st.sampled_from(EVERY), st.data())
def test_unknown_never_beats_known(request_for, data):
    gone = data.draw(st.sets(st.sampled_from(sorted(paths(request_for), key=str)), max_size=4))

    lesser, full = assess(without(request_for, gone), SETS), assess(request_for, SETS)

    if lesser["outcome"] == "refused":
        assert lesser["missing"]
    else:
        assert (lesser["outcome"], lesser["due_on"]) == (full["outcome"], full["due_on"])


@given(st.sampled_from(EVERY), st.data())
def test_stating_what_was_missing_is_enough(request_for, data):
    gone = data.draw(st.sets(st.sampled_from(sorted(paths(request_for), key=str)), max_size=4))
    lesser = without(request_for, gone)

    for _ in range(len(gone) + 1):
        missing = assess(lesser, SETS)["missing"]
        gone = {path for path in gone if spelled(path) not in missing}
        lesser = without(request_for, gone)

    assert assess(lesser, SETS)["outcome"] == assess(request_for, SETS)["outcome"]


def spelled(path):
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).strip(".")
