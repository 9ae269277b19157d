"""The seeded world shows each route to registration under way, with somebody at the other end of it."""

import sqlite3
from pathlib import Path

import pytest

from tests.seeding import seeded_in

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("route", "applicant", "owner", "name"),
    [
        ("assessment", "roos.dekker", "karel.kompas", "Bureau Kompas"),
        ("prior-learning", "omid.karimi", "vera.vallei", "EVC-centrum Vallei"),
    ],
)
def test_a_bureau_has_an_account_and_somebody_applies_on_its_certificate(
    tmp_path: Path, route: str, applicant: str, owner: str, name: str
):
    people = {one["email"].partition("@")[0]: one["role"] for one in seeded_in(tmp_path)["people"]}
    with sqlite3.connect(tmp_path / "bekwaam.db") as database:
        under_way = database.execute(
            "SELECT application.state FROM application JOIN account ON account.person_id = application.person_id "
            "WHERE application.route = ? AND account.email LIKE ?",
            (route, f"{applicant}@%"),
        ).fetchall()
        accredited = database.execute(
            "SELECT provider.name FROM provider_member JOIN provider ON provider.id = provider_member.provider_id "
            "JOIN course ON course.provider_id = provider.id "
            "JOIN course_accreditation ON course_accreditation.course_id = course.id "
            "JOIN account ON account.person_id = provider_member.person_id "
            "WHERE course.kind = ? AND account.email LIKE ?",
            (route, f"{owner}@%"),
        ).fetchall()

    assert (people[applicant], people[owner]) == ("professional", "provider")
    assert under_way == [("in-review",)]
    assert accredited == [(name,)]
