"""One actor, one moment, one transaction: what belongs together happens together, and once."""

import asyncio
from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from accreditation.offer.models import AccreditedOffer
from auth.actor import SYSTEM
from core.errors import Busy, Refused
from core.store.audit import Trace, TrailEvent, Untraced
from core.store.db import must_retry
from core.store.outbox import OutboxMessage
from core.store.work import IdempotencyRecord, Work
from register.entries.models import Application
from tests.builders import PLACES, House, a_leader
from tests.journeys.steps import an_application

pytestmark = pytest.mark.differs

AT_ONCE = 20


def an_offer(code: str = "TEST-1") -> AccreditedOffer:
    return AccreditedOffer(
        code=code,
        register_code="schoolleiders-po",
        kind="programme",
        name="Proef",
        provider="Academie",
        accredited_from=date(2024, 1, 1),
        accredited_until=date(2027, 12, 31),
    )


async def count(house: House, *models: type) -> list[int]:
    async with house.means.database.reading() as session:
        return [(await session.exec(sa.select(sa.func.count()).select_from(model))).scalar_one() for model in models]


KEPT = (AccreditedOffer, TrailEvent, OutboxMessage)


async def offer_and_tell(work: Work) -> None:
    row = an_offer()
    work.add(row)
    await work.flush()
    work.log("offer:accredit", row)
    work.send("offer", address="a@voorbeeld.example", subject="Aanbod", body="Er is nieuw aanbod.\n")


async def test_row_trail_and_message_commit_together(house):
    before = await count(house, *KEPT)

    await house.means.do(SYSTEM, offer_and_tell)

    assert await count(house, *KEPT) == [number + 1 for number in before]


async def test_a_deed_that_is_refused_in_the_end_leaves_nothing(house):
    before = await count(house, *KEPT)

    async def refused(work: Work) -> None:
        await offer_and_tell(work)
        await work.flush()
        raise Refused("wrong-state")

    with pytest.raises(Refused):
        await house.means.do(SYSTEM, refused)

    assert await count(house, *KEPT) == before


@pytest.mark.parametrize("how", ["added", "changed", "removed"])
async def test_a_row_that_changes_without_a_line_in_the_trail_is_not_stored(house, how):
    await house.means.do(SYSTEM, offer_and_tell)
    before = await count(house, *KEPT)

    async def silent(work: Work) -> None:
        row = (await work.session.exec(sa.select(AccreditedOffer).where(AccreditedOffer.code == "TEST-1"))).scalar_one()
        if how == "added":
            work.add(an_offer("TEST-2"))
        elif how == "changed":
            row.name = "Anders"
        else:
            await work.session.delete(row)

    with pytest.raises(Untraced):
        await house.means.do(SYSTEM, silent)

    assert await count(house, *KEPT) == before


async def test_a_deed_runs_again_from_its_beginning_while_the_database_asks_for_it(house):
    seen: list[Work] = []

    class Serialization(Exception):
        sqlstate = "40001"

    async def deed(work: Work) -> None:
        seen.append(work)
        await offer_and_tell(work)
        await work.flush()
        if len(seen) < 3:
            raise DBAPIError("COMMIT", {}, Serialization())

    before = await count(house, *KEPT)
    await house.means.do(SYSTEM, deed)

    assert len(set(map(id, seen))) == 3
    assert await count(house, *KEPT) == [number + 1 for number in before]


async def test_of_two_works_that_changed_the_same_row_one_is_told_and_nothing_is_lost(house):
    await house.means.do(SYSTEM, offer_and_tell)
    running = asyncio.Barrier(2)
    first = True

    async def rename(work: Work, name: str) -> None:
        nonlocal first
        wanted = sa.select(AccreditedOffer).where(AccreditedOffer.code == "TEST-1")
        row = (await work.session.exec(wanted)).scalar_one()
        if first and not house.means.database.sqlite:  # one writer at a time is all that SQLite has
            await running.wait()
            first = False
        row.name = f"{row.name} {name}"
        work.log("offer:rename", row)

    await asyncio.gather(*(house.means.do(SYSTEM, lambda work, name=name: rename(work, name)) for name in "ab"))

    async with house.means.database.reading() as session:
        row = (await session.exec(sa.select(AccreditedOffer).where(AccreditedOffer.code == "TEST-1"))).scalar_one()
    assert row.name in {"Proef a b", "Proef b a"}
    assert row.version == 3


async def test_the_policy_is_asked_again_when_a_request_runs_again(house):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")

    answers = await asyncio.gather(*(leader.post("/applications", an_application()) for _ in range(8)))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 7}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"draft-open-already"}
    assert await count(house, Application) == [1]


async def test_the_same_key_gives_the_same_answer_and_one_effect(house):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")
    keyed = {"Idempotency-Key": "one-click"}

    answers = await asyncio.gather(
        *(leader.post("/applications", an_application(), headers=keyed) for _ in range(AT_ONCE))
    )

    assert {(answer.status_code, answer.content, answer.headers["etag"]) for answer in answers} == {
        (201, answers[0].content, '"1"')
    }
    assert await count(house, Application, IdempotencyRecord) == [1, 1]


async def test_a_key_is_for_one_body_one_route_and_one_person(house):
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "vera")
    nadia, vera = await house.client("nadia"), await house.client("vera")
    keyed = {"Idempotency-Key": "one-click"}
    drawn = await nadia.post("/applications", an_application(), headers=keyed)

    other = await nadia.post("/applications", an_application(statement="Anders."), headers=keyed)
    hers = await vera.post("/applications", an_application(), headers=keyed)
    elsewhere = await nadia.post(
        f"/applications/{drawn.json()['id']}/proofs", {"kind": "master", "issued_on": "2020-01-01"}, headers=keyed
    )

    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert hers.status_code == elsewhere.status_code == 201
    assert hers.json()["id"] != drawn.json()["id"]


async def test_a_refused_request_keeps_no_answer(house):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")
    keyed = {"Idempotency-Key": "again-later"}
    bad = {**an_application(), "route": "none"}

    assert (await leader.post("/applications", bad, headers=keyed)).status_code == 400
    assert (await leader.post("/applications", an_application(), headers=keyed)).status_code == 201


async def test_a_change_names_the_version_that_it_read(house):
    await a_leader(house.world, "nadia")
    leader = await house.client("nadia")
    letter = an_application(route="free-form", statement="Ik leid al jaren een school.")
    drawn = await leader.post("/applications", letter)
    path = f"/applications/{drawn.json()['id']}/submission"

    blind = await leader.post(path)
    stale = await leader.post(path, headers={"If-Match": '"7"'})
    strange = await leader.post(path, headers={"If-Match": "whatever"})
    right = await leader.post(path, headers={"If-Match": drawn.headers["etag"]})
    twice = await leader.post(path, headers={"If-Match": drawn.headers["etag"]})

    assert (blind.status_code, blind.json()["code"]) == (428, "if-match-required")
    assert (stale.status_code, stale.json()["code"]) == (412, "changed-meanwhile")
    assert strange.status_code == 412
    assert right.status_code == 201
    assert right.headers["etag"] != drawn.headers["etag"]
    assert twice.status_code in {409, 412}


async def test_a_text_that_is_longer_than_its_column_is_refused_on_both_databases(house):
    enrolment = {
        "given_name": "M" * 100, "prefix": "van der " * 10, "family_name": "Vries", "address": "\u0958" * 160,
        "postcode": "8011 aa", "town": "Zwolle", "email": "marijke@voorbeeld.example", "telephone": "038 1234567",
        "password": "een fiets in de regen", "register_code": "schoolleiders-po", "role": "director",
        "board_number": PLACES[7].board_number, "location_code": PLACES[7].code, "appointed_on": "2022-08-01",
    }  # fmt: skip

    answer = await house.http.post("/v1/enrolments", json=enrolment)

    assert answer.status_code == 400
    assert {"given_name", "prefix", "address"} <= {error["field"] for error in answer.json()["errors"]}


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
async def test_of_two_works_on_one_chain_the_second_is_asked_for_again(house):
    """What keeps one person's writes apart without SERIALIZABLE: each moves the head of the person's chain."""
    one, other = (house.means.begin(SYSTEM, skews=False) for _ in range(2))
    for work in (one, other):
        assert (await work.session.exec(sa.select(sa.func.count()).select_from(TrailEvent))).scalar_one() > 0
        work.log("test:decide", stream="person/somebody")

    await one.commit()
    with pytest.raises(DBAPIError) as caught:
        await other.commit()

    assert must_retry(caught.value)
    await one.close()
    await other.close()


async def test_every_mail_is_signed_by_who_runs_the_installation(house):
    async def deed(work: Work) -> None:
        work.send("a-test", address="anna@school.example", subject="Een bericht", body="U hebt een bericht.\n")

    await house.system(deed)

    async with house.means.database.reading() as session:
        bodies = [row.body for row in (await session.exec(sa.select(OutboxMessage))).scalars()]
    run_by = house.means.settings.house
    signed = f"\n-- \n{run_by.name}\n{run_by.site} · {run_by.email} · {run_by.telephone}\n"
    assert "U hebt een bericht.\n" + signed in bodies
    assert all(body.endswith(signed) and body.count("\n-- \n") == 1 for body in bodies)


async def test_a_look_that_cannot_be_written_is_told_so_and_tried_no_more(house, monkeypatch):
    """On a damaged chain each try asked for the next, without end."""
    tries = []

    async def refused(trace: Trace, *_args: object, **_more: object) -> None:
        tries.append([line.action for line in trace.lines])
        raise Refused("already-there")

    monkeypatch.setattr(Trace, "seal", refused)

    with pytest.raises(Busy, match="look-not-kept"):
        async with house.means.work(SYSTEM, write=False) as work:
            work.looked("test:look")

    assert tries == [["test:look"]]
