"""What is past its term is erased by the sweep: once, with its ledger, and nothing that a case or a claim needs."""

import asyncio
import os
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from core.store.audit import TrailEvent
from core.store.files import FolderStore, StoredFile
from register.entries.models import Registration
from register.office.retention.models import Erasure
from register.office.retention.policy import OF_A_PERSON, OF_AN_ENTRY, STAYS, kept_until
from register.service.sweep import Swept, sweep
from tests.builders import PDF, House
from tests.faults.files import problems
from tests.faults.server import bekwaam
from tests.journeys.steps import learn
from tests.mailed import mails
from tests.pages import signed_in
from tests.register.measures.test_measures import registered

ACTIVITY = {
    "register_code": "schoolleiders-po",
    "kind": "course",
    "title": "Leiding geven",
    "done_on": "2024-09-20",
    "points": 30,
}
ROOT = Path(__file__).parents[3]
LEFT = date(2024, 10, 1)
LAST = date(2029, 10, 1)
"""Five years after (retention_years, lp-verwijderen); the next day it goes."""


async def gone_away(house: House, who: str = "weg") -> UUID:
    """A registered leader with a valued activity who leaves the register on 1 October 2024; the registration."""
    await registered(house, who)
    house.on(date(2024, 9, 27))
    await learn(house, who, ACTIVITY, 30)
    house.on(LEFT)
    leader = await house.client(who)
    (entry,) = (await leader.get("/registrations")).json()
    left = await leader.move(f"/registrations/{entry['id']}", "deregistration")
    assert left.status_code == 201, left.text
    return UUID(entry["id"])


async def count(house: House, table: str) -> int:
    async with house.means.database.reading() as session:
        return int(
            (await session.exec(sa.select(sa.func.count()).select_from(SQLModel.metadata.tables[table]))).scalar()
        )


async def erased(house: House, on: date) -> tuple[int, int]:
    done = await sweep(house.means, on)
    return done.entries_erased, done.persons_erased


def test_the_last_day_on_which_it_is_kept_is_years_later():
    assert kept_until(LEFT, 5) == LAST
    assert kept_until(date(2024, 2, 29), 5) in {date(2029, 2, 28), date(2029, 3, 1)}


def test_what_goes_and_what_stays_are_tables_and_no_table_is_both():
    goes = [one.table for one in (*OF_AN_ENTRY, *OF_A_PERSON)]

    assert {*goes, *STAYS} <= set(SQLModel.metadata.tables)
    assert not set(goes) & set(STAYS)
    assert all(
        column in SQLModel.metadata.tables[one.table].c for one in (*OF_AN_ENTRY, *OF_A_PERSON) for column in one.blank
    )


async def test_the_sweep_as_a_command_knows_every_table_that_it_erases(house: House):
    await gone_away(house)

    code, said = await asyncio.to_thread(bekwaam, house, "sweep", "--on", "2029-10-02")

    assert code == 0, said
    assert await erased(house, date(2029, 10, 2)) == (0, 0)  # the command left nothing


async def test_avg_5_what_is_past_its_term_is_erased_once_and_noted_without_a_name(house: House):
    entry = await gone_away(house)
    files = await count(house, "stored_file")
    others = await count(house, "account")
    house.on(LAST)
    assert await erased(house, LAST) == (0, 0)
    assert await count(house, "stored_file") == files

    house.on(date(2029, 10, 2))
    assert await erased(house, date(2029, 10, 2)) == (1, 1)
    assert await erased(house, date(2029, 10, 2)) == (0, 0)
    again = await sweep(house.means, date(2029, 10, 3))
    assert again == Swept(**dict.fromkeys(Swept.__struct_fields__, 0))

    for table in ("portfolio_entry", "ledger_line", "portfolio_period", "application_proof", "appointment_claim"):
        assert await count(house, table) == 0, table
    assert await count(house, "account") == others - 1
    (told,) = await mails(house, "retention-erased")
    assert told.address == "weg@voorbeeld.example"
    assert "Dit is het laatste bericht." in told.body
    assert "Facturen bewaren wij zeven jaar." in told.body
    bureau = await signed_in(house, "bureau")
    await bureau.open(f"/kantoor/personen?q={house.number_of('weg')}")
    assert "Gewist" in bureau.text
    assert "weg@voorbeeld.example" not in bureau.page.text
    assert "Leo" not in bureau.text
    await bureau.open("/kantoor")
    await bureau.press("Gewist")
    assert "2 oktober 2029" in bureau.text
    assert "AVG 5(1)(e)" in bureau.text
    ledger = (await (await house.client("bureau")).get("/erasures")).json()
    assert {one["what"]: one["number"] for one in ledger}["portfolio_entry"] == 1
    assert {"erased_on", "what", "number", "article"} == set(ledger[0])
    async with house.means.database.reading() as session:
        row = await session.get_one(Registration, entry)
        assert (row.status.value, row.erased_on) == ("deregistered", date(2029, 10, 2))
        lines = list(await session.exec(select(TrailEvent).where(TrailEvent.action == "retention:erase")))
    assert {one.facts for one in lines} == {"{}"}
    assert all(one.row_digest is None for one in lines if one.object_kind == "portfolio_entry")
    assert await problems(house) == []


async def test_the_bytes_of_a_file_go_unless_they_were_just_put_or_another_file_has_them(house: House):
    await gone_away(house)
    async with house.means.database.reading() as session:
        diploma = (await session.exec(select(StoredFile).where(StoredFile.name == "diploma.pdf"))).first()
        mine = (await session.exec(select(StoredFile).where(StoredFile.name == "certificaat.pdf"))).one()
    assert diploma is not None
    store = house.means.files
    assert isinstance(store, FolderStore)
    await house.client("bureau")
    house.on(date(2029, 10, 2))

    young = await sweep(house.means, date(2029, 10, 2))
    for path in store.folder.rglob("*"):
        os.utime(path, (0, 0))
    old = await sweep(house.means, date(2029, 10, 3))

    assert young.bytes_erased == 0  # they were written within the hour
    assert old.bytes_erased >= 1
    left = {path.parent.name + path.name for path in store.folder.rglob("*") if path.is_file()}
    assert mine.sha256 not in left
    assert await store.put(PDF) in {diploma.sha256}
    async with house.means.database.reading() as session:
        noted = [row.what for row in await session.exec(select(Erasure))]
    assert "stored-bytes" in noted
    assert await problems(house) == []


async def test_avg_17_what_a_running_case_or_a_claim_needs_is_not_erased(house: House):
    """Held by the office for a claim; then by an objection to a decision of long ago, which is not decided yet."""
    await gone_away(house)
    who = house.id_of("weg")
    decision = (await (await house.client("weg")).get("/decisions")).json()["items"][0]
    bureau = await signed_in(house, "bureau")
    await bureau.open(f"/kantoor/personen/{who}/inzage")
    await bureau.send("/langer", reasons="Er loopt een klacht bij de Autoriteit Persoonsgegevens.")
    assert "Van deze persoon wordt niets gewist tot u dat opheft." in bureau.text
    twice = await (await house.client("bureau")).post(f"/people/{who}/retention-hold", {"reasons": "Nog eens."})
    house.on(date(2029, 10, 2))
    assert await erased(house, date(2029, 10, 2)) == (0, 0)
    leader = await house.client("weg")
    kept = (await leader.get("/profile/package")).json()["data"]["identity"]["retention_hold"]
    late = {"decisions": [decision["number"]], "grounds": "Het klopt niet.", "late_reasons": "Ik was ziek."}
    objected = await leader.post("/objections", {name: late[name] for name in ("decisions", "grounds")})
    assert objected.status_code == 201, objected.text
    await bureau.open(f"/kantoor/personen/{who}/inzage")

    bureau = await signed_in(house, "bureau")
    await bureau.open(f"/kantoor/personen/{who}/inzage")
    await bureau.send("/langer/einde")
    none = await (await house.client("bureau")).post(f"/people/{who}/retention-hold/release")

    assert [one["reasons"] for one in kept] == ["Er loopt een klacht bij de Autoriteit Persoonsgegevens."]
    assert (twice.status_code, twice.json()["code"]) == (409, "held-already")
    assert (none.status_code, none.json()["code"]) == (409, "not-held")
    assert await erased(house, date(2029, 10, 3)) == (0, 0)
    gone = await leader.move(f"/objections/{objected.json()['id']}", "withdrawal", {})
    assert gone.status_code == 201, gone.text
    assert await erased(house, date(2029, 10, 4)) == (1, 1)
    assert await problems(house) == []


@pytest.mark.parametrize("role", ["bureau", "secretaris"])
async def test_one_holds_nothing_of_oneself_and_only_the_office_does(house: House, role: str):
    client = await house.client(role)
    answer = await client.post(f"/people/{house.id_of(role)}/retention-hold", {"reasons": "Omdat."})

    assert answer.status_code == 403
