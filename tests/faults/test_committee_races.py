"""Withdrawal against decision, and evidence that is swapped while it is handed in: never both."""

import asyncio

import pytest
from sqlmodel import select

from core.decisions import Decision
from core.store.files import StoredFile
from register.entries.models import Application, ApplicationProof
from tests.builders import PDF, House, a_leader
from tests.faults.files import listed, problems
from tests.journeys.steps import a_diploma, an_application, apply, sit, vote

pytestmark = pytest.mark.differs


async def test_a_file_is_withdrawn_or_decided_and_never_both(house: House):
    secretary, items = await listed(house, 2)
    for n, item in enumerate(items):
        await vote(house, item, "for")
        leader = await house.client(f"aanvrager{n}")
        (mine,) = (await leader.get("/applications")).json()["items"]

        decided, withdrawn = await asyncio.gather(
            secretary.post(f"{item}/decision", {"reasons": "De brief overtuigt.", "level": "niveau-1"}),
            leader.move(f"/applications/{mine['id']}", "withdrawal"),
        )

        assert sorted([decided.status_code == 201, withdrawn.status_code == 201]) == [False, True]
    async with house.means.database.reading() as session:
        states = {row.id: row.state.value for row in await session.exec(select(Application))}
        taken = set(await session.exec(select(Decision.subject_id)))
    assert {id for id, state in states.items() if state == "decided"} == taken
    assert set(states.values()) <= {"decided", "withdrawn"}
    assert await problems(house) == []


async def test_evidence_is_never_swapped_under_a_decision(house: House):
    """What is decided on is what was frozen, whichever of the two comes first."""
    await a_leader(house.world, "wissel")
    leader = await house.client("wissel")
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    (proof,) = (await leader.get(f"/applications/{file}")).json()["proofs"]
    secretary, _, item = await sit(house, file)
    await vote(house, item, "for")

    decided, *swapped = await asyncio.gather(
        secretary.post(f"{item}/decision", {"reasons": "Het diploma telt."}),
        *(leader.upload(f"/applications/{file}/proofs/{proof['id']}/file", f"{n}.pdf", PDF + b"\n") for n in range(3)),
    )

    assert decided.status_code == 201, decided.text
    assert {(each.status_code, each.json()["code"]) for each in swapped} == {(409, "frozen")}
    async with house.means.database.reading() as session:
        (row,) = (await session.exec(select(ApplicationProof))).all()
        stored = await session.get_one(StoredFile, row.file_id)
    assert (row.frozen_sha256, stored.name) == (proof["sha256"], "diploma.pdf")
    assert stored.sha256 == proof["sha256"]
    assert await problems(house) == []


async def test_evidence_is_swapped_before_it_is_handed_in_or_not_at_all(house: House):
    await a_leader(house.world, "wissel")
    leader = await house.client("wissel")
    drawn = (await leader.post("/applications", an_application())).json()
    path = f"/applications/{drawn['id']}"
    proof = (await leader.post(f"{path}/proofs", a_diploma("2024-08-31"))).json()
    await leader.upload(f"{path}/proofs/{proof['id']}/file")

    swapped, handed_in = await asyncio.gather(
        leader.upload(f"{path}/proofs/{proof['id']}/file", "ander.pdf", PDF + b"\n"), leader.move(path, "submission")
    )

    assert handed_in.status_code == 201
    assert swapped.status_code in {201, 409}
    async with house.means.database.reading() as session:
        (row,) = (await session.exec(select(ApplicationProof))).all()
        stored = await session.get_one(StoredFile, row.file_id)
    assert row.frozen_sha256 == stored.sha256
    assert (stored.name == "ander.pdf") == (swapped.status_code == 201)
    assert await problems(house) == []
