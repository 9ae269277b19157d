"""What is kept of a person: told whole, given to themselves alone, and nothing that is kept back from them."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from register.migrations import tables
from register.office.personal_data.policy import KEPT, LEFT_OUT
from tests.appeals.disputing import a_refusal
from tests.builders import PDF, House, a_leader
from tests.journeys.disputing import object_to
from tests.pages import signed_in

ROOT = Path(__file__).parents[3]


def test_every_table_about_a_person_is_given_or_left_out_with_a_reason():
    assert tables.ROOMS  # which brings in the tables of every room
    about = {table.name for table in SQLModel.metadata.tables.values() if "person_id" in table.c}
    given = {kept.table for tables in KEPT.values() for kept in tables} - {"person"}

    assert about == given | LEFT_OUT.keys()
    assert not given & LEFT_OUT.keys()


def test_no_secret_is_among_what_is_given():
    given = {column for tables in KEPT.values() for kept in tables for column in kept.columns}

    assert not {
        column for column in given if any(word in column for word in ("hash", "secret", "salt", "token", "seal"))
    }


@pytest.mark.thorough
def test_the_running_service_knows_every_table_that_is_given():
    asked = "import register.service.app; from register.office.personal_data import policy, queries"
    asked += "; [queries._table(kept) for tables in policy.KEPT.values() for kept in tables]"

    assert subprocess.run([sys.executable, "-c", asked], check=False, cwd=ROOT).returncode == 0


async def test_one_takes_out_what_is_kept_without_what_is_kept_back(house: House):
    await a_leader(house.world, "nadia", family="Haddad")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    nadia, adviser = await house.client("nadia"), await house.client("adviseur1")
    path = f"/objections/{(await object_to(nadia, refusal.number))['id']}"
    for name, ground in (("brief.pdf", ""), ("intern.pdf", "business")):
        files = {"file": (name, PDF, "application/pdf")}
        assert (await adviser.post(f"{path}/pieces", files=files, data={"kept_ground": ground})).status_code == 201

    told = (await nadia.get("/profile/kept")).json()
    package = await nadia.get("/profile/package")

    assert {one["subject"] for one in told["subjects"]} >= {"identity", "posts", "decisions", "disputes", "files"}
    assert [(one["years"], one["until_on"]) for one in told["terms"]] == [(5, None)]
    data = package.json()["data"]
    assert data["identity"]["person"][0]["family_name"] == "Haddad"
    assert [one["number"] for one in data["decisions"]["decision"]] == [refusal.number]
    names = [one["name"] for one in data["files"]["stored_file"]]
    assert [name for name in names if name in {"brief.pdf", "intern.pdf"}] == ["brief.pdf"]
    assert "intern" not in package.text


async def test_the_office_sees_how_much_and_not_what_and_tells_that_it_is_ready(house: House):
    await a_leader(house.world, "nadia", family="Haddad")
    office = await signed_in(house, "bureau")
    await office.open(f"/kantoor/personen/{house.id_of('nadia')}")
    await office.press("Wat wij bewaren")
    assert "Dit bewaren wij van Leo Haddad" in office.text, office.text

    await office.send("/inzage")

    assert "krijgt een mail" in office.text, office.text
    nadia = await signed_in(house, "nadia")
    await nadia.open("/mijn/bewaard")
    taken = await nadia.open("/mijn/bewaard/gegevens")
    assert taken.headers["content-disposition"].startswith("attachment")
    other = await signed_in(house, "bestuur")
    assert (await other.open(f"/kantoor/personen/{house.id_of('nadia')}/inzage")).status_code == 403
