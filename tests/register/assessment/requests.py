"""Complete requests, each granted; a test varies one fact."""

from typing import Any

Request = dict[str, Any]


def programme(**changes: Any) -> Request:
    """A diploma of 30 ECTS on the last day of the accreditation."""
    return {
        "kind": "programme",
        "ects": 30,
        "issued_on": "2024-08-31",
        "accredited_from": "2018-09-01",
        "accredited_until": "2024-08-31",
    } | changes


def registration(*proofs: Request, **changes: Any) -> Request:
    return {
        "register": "schoolleiders-po",
        "kind": "registration",
        "decided_on": "2024-09-12",
        "role": "director",
        "proofs": list(proofs),
    } | changes


def activity(points: int, **changes: Any) -> Request:
    return {"kind": "course", "points": points, "valuation": "in-advance", "done_on": "2024-03-01"} | changes


def activities(points: int) -> list[Request]:
    """So many points, in activities of at most 100."""
    return [activity(min(points, 100)), *([activity(points - 100, valuation="peers")] if points > 100 else [])]


def renewal(points: int = 100, **changes: Any) -> Request:
    """A school leader on the ladder, due on 1 October 2025."""
    return {
        "register": "schoolleiders-po",
        "kind": "reregistration",
        "decided_on": "2025-08-01",
        "registered_on": "2020-10-01",
        "due_on": "2025-10-01",
        "level": "niveau-2",
        "activities": activities(points),
    } | changes


def hours(many: float, category: str, **changes: Any) -> Request:
    return {"kind": "course", "hours": many, "category": category, "done_on": "2021-05-01"} | changes


def teacher(*done: Request, **changes: Any) -> Request:
    """A teacher under the rules of 2013, due on 1 August 2024."""
    return {
        "register": "leraren",
        "kind": "reregistration",
        "decided_on": "2024-06-01",
        "registered_on": "2020-08-01",
        "due_on": "2024-08-01",
        "sector": "po",
        "qualifications": [{"name": "groepsleraar", "work_hours": 1328}],
        "activities": list(done),
    } | changes


def in_training(**changes: Any) -> Request:
    """A director in post since 1 March 2016, enrolled in an accredited programme."""
    return (
        registration(
            {"kind": "enrolment", "issued_on": "2016-03-15", "recognised": True},
            decided_on="2016-05-01",
            appointed_on="2016-03-01",
        )
        | changes
    )


def postponement(**changes: Any) -> Request:
    return {
        "register": "schoolleiders-po",
        "kind": "postponement",
        "decided_on": "2025-08-01",
        "registered_on": "2020-10-01",
        "due_on": "2025-10-01",
        "level": "niveau-2",
        "requested_months": 12,
        "ground": "long-illness",
    } | changes


def level_change(**changes: Any) -> Request:
    return {
        "register": "schoolleiders-po",
        "kind": "level-change",
        "decided_on": "2025-03-01",
        "registered_on": "2023-01-15",
        "due_on": "2028-01-15",
        "level": "niveau-2",
        "proofs": [{"kind": "master", "issued_on": "2019-07-01", "recognised": True}],
    } | changes


EVERY = [
    registration(programme()),
    renewal(104),
    renewal(60),
    teacher(hours(100, "SUBJECT"), hours(60, "SCHOOL_DEVELOPMENT")),
    in_training(),
    postponement(),
    level_change(),
]
