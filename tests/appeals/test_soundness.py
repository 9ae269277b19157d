"""`verify` tells every dispute again, and names what was changed behind the service's back."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from appeals.disputes.models import Contested, Dispute, Seat
from core.decisions import Decision
from core.store.audit import TrailEvent
from core.store.work import TOLD
from register.checks.decisions import findings
from register.notification.models import CaseLetter
from tests.appeals.disputing import a_refusal
from tests.appeals.test_disputes import ON_SQLITE
from tests.appeals.test_upkeep import dismissed
from tests.builders import MEMBERS, House, a_leader
from tests.core.test_audit import behind_the_back
from tests.journeys.disputing import done, object_to, upheld


async def flaws(house: House) -> set[str]:
    """What `verify` says of disputes."""
    async with house.means.database.snapshot() as session:
        return {one.code async for one in findings(house.means, session, Counter()) if "dispute/" in one.where}


async def changed(house: House, model: type[SQLModel], id: UUID, **values: Any) -> set[str]:
    """What is found when a row says something else; afterwards it says what it said."""
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    async with house.means.database.writes.begin() as connection:
        stood = (await connection.execute(sa.select(table).where(table.c.id == id))).mappings().one()
    kept = {name: stood[name] for name in values}
    async with house.means.database.writes.begin() as connection:
        await connection.execute(sa.update(table).where(table.c.id == id).values(values))
    found = await flaws(house)
    async with house.means.database.writes.begin() as connection:
        await connection.execute(sa.update(table).where(table.c.id == id).values(kept))
    return found


async def one(house: House, model: Any, *where: Any) -> Any:
    async with house.means.database.reading() as session:
        return (await session.exec(select(model).where(*where).order_by(model.id))).first()


@ON_SQLITE
async def test_a_dispute_that_does_not_follow_from_its_trail_and_its_days_is_named(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    lodged = await object_to(await house.client("nadia"), refusal.number)
    adviser, path = await house.client("adviseur1"), f"/objections/{lodged['id']}"
    await done(adviser, path, "admissibility", {"advisory": True})
    await done(adviser, path, "seats", {"member_id": str(house.id_of("adviseur2")), "chair": True})
    dispute, contested, seat = await one(house, Dispute), await one(house, Contested), await one(house, Seat)

    assert await flaws(house) == set()
    assert await changed(house, Dispute, dispute.id, state="heard") == {"dispute-state-differs"}
    later = {"decision_due_on": date(2025, 12, 1)}
    assert await changed(house, Dispute, dispute.id, **later) == {"dispute-due-differs", "dispute-agenda-differs"}
    ended = await changed(house, Dispute, dispute.id, ended_on=date(2025, 3, 4))
    assert ended == {"dispute-end-differs", "dispute-agenda-differs"}
    assert await changed(house, Dispute, dispute.id, advisory=False) == {"dispute-due-differs"}
    assert await changed(house, Contested, contested.id, days_late=3) == {"days-late-differ"}
    assert await changed(house, Contested, contested.id, last_day=date(2025, 4, 1)) == {"days-late-differ"}
    involved = house.id_of("secretaris")  # who took part in the refusal
    assert await changed(house, Seat, seat.id, member_id=involved) == {"seat-not-impartial"}
    assert await flaws(house) == set()


@ON_SQLITE
async def test_an_outcome_that_did_not_do_what_it_says_is_named(house: House):
    refusal, known = await upheld(house, "nadia")
    dispute = await one(house, Dispute)
    following = await one(house, Decision, Decision.replaces == UUID(refusal["id"]))

    assert await flaws(house) == set()
    assert await changed(house, Dispute, dispute.id, ruling={"outcome": "dismissed"}) == {"outcome-differs"}
    assert await changed(house, Decision, UUID(refusal["id"]), state="notified") == {"outcome-without-effect"}
    assert await changed(house, Decision, following.id, replaces=None) == {"outcome-without-effect"}
    assert await changed(house, Decision, UUID(known["decision_id"]), kind="none") == {"dispute-without-decision"}


@ON_SQLITE
async def test_verify_finds_anew_who_was_worse_off_for_having_contested(house: House):
    """In the place of a refusal came a grant; what is changed behind the service's back gave more than that."""
    refusal, _ = await upheld(house, "nadia")
    before = UUID(refusal["id"])

    assert await flaws(house) == set()
    for more in ({"due_on": date(2031, 1, 1)}, {"level": "master"}):
        assert await changed(house, Decision, before, **more) == {"worse-than-contested"}


@ON_SQLITE
async def test_verify_finds_anew_what_nobody_was_told(house: House):
    await upheld(house, "nadia")
    letter = await one(house, CaseLetter, CaseLetter.topic == "objection-received")

    assert await flaws(house) == set()
    assert await changed(house, CaseLetter, letter.id, topic="something-else") == {"untold"}
    for topic in ("objection-decided", "objection-draft"):
        event = await one(house, TrailEvent, TrailEvent.action == TOLD, col(TrailEvent.facts).contains(topic))
        here = sa.update(TrailEvent).where(col(TrailEvent.id) == event.id)
        await behind_the_back(house, here.values(action="case:hidden"))
        assert await flaws(house) == {"untold"}
        await behind_the_back(house, here.values(action=TOLD))
    assert await flaws(house) == set()


@ON_SQLITE
async def test_an_appeal_whose_annulled_decision_still_stands_is_named(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = await dismissed(house, refusal.number)
    decision = await one(house, Decision, Decision.kind == "objection")
    assert decision.subject_id == UUID(path.rpartition("/")[2])

    assert await flaws(house) == set()
    assert await changed(house, Decision, decision.id, outcome="upheld") == {
        "outcome-differs",
        "decided-not-as-voted",
    }


@ON_SQLITE
async def test_verify_finds_anew_who_decided_on_an_objection(house: House):
    """Four members of the right committee, who voted and had no hand in it, or the case is named."""
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    await dismissed(house, refusal.number)
    decision, row = await one(house, Decision, Decision.kind == "objection"), await one(house, Dispute)
    by = decision.facts["decided_by"]
    member = await one(house, Seat, Seat.member_id == UUID(by["members"][0]))

    async def told(**other: Any) -> set[str]:
        return await changed(house, Decision, decision.id, facts={**decision.facts, "decided_by": {**by, **other}})

    adviser, outsider = str(house.id_of("adviseur1")), str(house.id_of(MEMBERS[0]))
    assert await flaws(house) == set()
    assert await told(members=[]) == {"decided-by-nobody"}
    assert await told(members=by["members"][:3]) == {"decided-without-quorum"}
    assert await told(members=by["members"][:1], alone=True) == {"decided-without-quorum"}
    assert await told(members=[*by["members"], adviser]) == {"decider-not-entitled", "decider-not-seated"}
    assert await told(members=[*by["members"], outsider]) == {"decider-not-seated"}
    assert await told(body="accreditation") == {"decided-by-another-body"}
    assert await changed(house, Dispute, row.id, body="accreditation") == {"decided-by-another-body"}
    assert await changed(house, Seat, member.id, advises=True) == {"decider-not-seated"}
    assert await changed(house, Seat, member.id, vote="upheld") == set()  # three of four still want it
    involved = await changed(house, Seat, member.id, member_id=house.id_of("secretaris"), involved=True)
    assert "seat-not-impartial" in involved  # there were enough others
    assert await changed(house, Decision, decision.id, facts={}) == {"decided-by-nobody"}
