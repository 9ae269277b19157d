"""How an entry stood on a day: for its owner, for who may read histories, and in public what was public."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import select

from core.store.audit import TrailEvent
from core.store.db import new_id
from core.store.work import Work
from register.entries.entry import move
from register.entries.models import EntryVersion, Registration
from register.entries.policy import Event
from register.service.sweep import sweep
from tests.builders import House, a_leader, a_teacher
from tests.faults.files import problems


@pytest.fixture
async def nadia(house: House) -> str:
    """Enrolled on 1 September 2024, registered on 12 September 2024; the id of her registration."""
    house.on(date(2024, 9, 1))
    await a_leader(house.world, "nadia")

    async def entry(work: Work) -> Registration:
        wanted = select(Registration).where(Registration.person_id == house.id_of("nadia"))
        return (await work.session.exec(wanted)).one()

    async def asks(work: Work) -> None:
        await move(work, await entry(work), Event.APPLY)

    async def granted(work: Work) -> str:
        days = {"registered_on": work.today, "period_began_on": work.today, "due_on": date(2029, 9, 12)}
        found = await entry(work)
        await move(work, found, Event.GRANT, title="RDO", level="niveau-2", **days)
        return str(found.id)

    house.on(date(2024, 9, 10))
    await house.system(asks)
    house.on(date(2024, 9, 12))
    return str(await house.system(granted))


async def repaired(house: House, registration: str) -> None:
    """Conditional from 13 September 2029, swept a week late; renewed on 1 December, from the due date on."""
    house.on(date(2029, 9, 20))
    await sweep(house.means, date(2029, 9, 20))
    house.on(date(2029, 12, 1))

    async def restore(work: Work) -> None:
        entry = await work.session.get_one(Registration, UUID(registration))
        await move(work, entry, Event.RENEW, holds_from=date(2029, 9, 12), due_on=date(2034, 9, 12))

    await house.system(restore)


async def test_a_history_tells_every_stretch_and_a_repair_works_back_without_gap(house, nadia):
    await repaired(house, nadia)
    leader = await house.client("nadia")

    now = (await leader.get(f"/registrations/{nadia}/history")).json()
    then = (await leader.get(f"/registrations/{nadia}/history?recordedOn=2029-09-20")).json()

    assert [(each["from_on"], each["until_on"], each["status"], each["due_on"]) for each in now["standings"]] == [
        ("2024-09-01", "2024-09-09", "enrolled", None),
        ("2024-09-10", "2024-09-11", "application-open", None),
        ("2024-09-12", "2029-09-11", "registered", "2029-09-12"),
        ("2029-09-12", None, "registered", "2034-09-12"),
    ]
    assert [(each["from_on"], each["status"]) for each in then["standings"]][-2:] == [
        ("2024-09-12", "registered"),
        ("2029-09-13", "conditional"),  # the day after the due date, though the sweep came a week later
    ]


async def test_what_was_true_and_what_we_said_are_two_answers(house, nadia):
    await repaired(house, nadia)
    leader = await house.client("nadia")

    async def on(day: str, **more: str) -> str | None:
        told = (await leader.get(f"/registrations/{nadia}/standing", params={"on": day, **more})).json()["standing"]
        return told and str(told["status"])

    assert await on("2029-09-15") == "registered"
    assert await on("2029-09-15", recordedOn="2029-09-20") == "conditional"
    assert await on("2029-09-15", recordedOn="2029-09-19") == "registered"  # not swept yet
    assert await on("2024-08-31") is None
    refused = await leader.get(f"/registrations/{nadia}/standing", params={"on": "2029-12-02"})
    assert (refused.status_code, refused.json()["code"]) == (400, "day-to-come")


async def test_a_history_is_for_its_owner_and_who_may_and_a_look_leaves_a_trace(house, nadia):
    await a_leader(house.world, "vera")
    path = f"/registrations/{nadia}/history"

    unknown = await (await house.client("vera")).get(f"/registrations/{new_id()}/history")
    hidden = await (await house.client("vera")).get(path)
    seen = await (await house.client("toezicht")).get(path)

    assert (await (await house.client()).get(path)).status_code == 401
    assert unknown.status_code == hidden.status_code == 404
    assert hidden.json()["code"] == unknown.json()["code"] == "no-such-registration"
    assert seen.status_code == 200
    async with house.means.database.reading() as session:
        looks = select(TrailEvent.actor).where(TrailEvent.action == "registration:history")
        assert list(await session.exec(looks)) == [f"person/{house.id_of('toezicht')}"]


async def test_everybody_may_know_of_a_day_what_the_public_register_shows(house, nadia):
    await repaired(house, nadia)
    public, number = await house.client(), house.number_of("nadia")

    async def on(day: str) -> list[tuple[object, ...]]:
        told = await public.get(f"/register-entries/{number}/standing", params={"on": day})
        return [(each["status"], each["registered"], each["level"], each["valid_until"]) for each in told.json()]

    assert await on("2024-08-31") == []
    assert await on("2024-09-11") == []  # an application was open, and nothing before it
    assert await on("2029-09-15") == [("registered", True, "niveau-2", "2034-09-12")]
    assert (await public.get(f"/register-entries/{number}/standing?on=2029-12-02")).status_code == 400
    assert (await public.get("/register-entries/00000000/standing?on=2024-09-12")).status_code == 404


async def test_a_hidden_person_has_no_public_past_and_a_teacher_only_registered_or_not(house, nadia):
    await a_teacher(house.world, "tess")
    public = await house.client()

    async def register(work: Work) -> None:
        wanted = select(Registration).where(Registration.person_id == house.id_of("tess"))
        row = (await work.session.exec(wanted)).one()
        await move(work, row, Event.APPLY)
        await move(work, row, Event.GRANT, registered_on=work.today, title="leraar")

    await house.system(register)

    async def hide(work: Work) -> None:
        table = sa.table("public_entry", sa.column("register_number"), sa.column("hidden", sa.Boolean))
        connection = await work.session.connection()
        hidden = sa.update(table).where(table.c.register_number == house.number_of("nadia"))
        await connection.execute(hidden.values(hidden=True))

    await house.system(hide)

    seen = await public.get(f"/register-entries/{house.number_of('nadia')}/standing?on=2024-09-12")
    (teacher,) = (await public.get(f"/register-entries/{house.number_of('tess')}/standing?on=2024-09-12")).json()
    assert seen.status_code == 404
    assert (teacher["status"], teacher["registered"], teacher["level"]) == ("registered", True, None)


async def test_a_history_can_only_grow(house, nadia):
    table = sa.table("entry_version", sa.column("level"))
    for change in (sa.update(table).values(level="master"), sa.delete(table)):
        with pytest.raises(sa.exc.DBAPIError, match="append only"):
            async with house.means.database.writes.begin() as connection:
                await connection.execute(change)


async def test_verify_names_a_history_that_the_trail_does_not_tell(house, nadia):
    async def of_history() -> list[str]:
        return [found for found in map(str, await problems(house)) if found.startswith("history")]

    async def invent(work: Work) -> None:
        wanted = select(EntryVersion).order_by(EntryVersion.seq.desc()).limit(1)
        last = (await work.session.exec(wanted)).one()
        work.add(
            EntryVersion(**{**last.model_dump(), "id": new_id(), "seq": last.seq + 1, "holds_from": date(2020, 1, 1)})
        )

    assert await of_history() == []
    await house.system(invent)
    assert await of_history() == [f"history-differs-from-trail: registration/{nadia}"]
