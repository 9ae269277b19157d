"""The daily sweep: what ran out moves on, once, and who asked in time stays where they are."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from auth.models import LoginSession, SignInFailure
from core.clock import machine_now
from core.store.audit import TrailEvent
from core.store.outbox import OutboxMessage
from core.store.work import IdempotencyRecord, Work
from register.entries.entry import move, show
from register.entries.models import Appointment, PublicEntry, Registration
from register.entries.policy import Event
from register.schools.models import Board
from register.service.sweep import Swept, sweep
from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.journeys.hands import ByApi
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.mailed import mails

NOTHING = Swept(**dict.fromkeys(Swept.__struct_fields__, 0))


async def registered(house: House, who: str) -> str:
    """A leader who is registered from 12 September 2024 until 12 September 2029; their registration."""
    await a_leader(house.world, who)
    leader = await house.client(who)
    file = await apply(leader, an_application(), a_diploma("2024-08-31"))
    await decide(house, file, "for", {"reasons": "Het diploma telt."})
    return str((await leader.get("/registrations")).json()[0]["id"])


async def standing(house: House, who: str) -> Registration:
    async with house.means.database.reading() as session:
        wanted = select(Registration).where(Registration.person_id == house.id_of(who))
        return (await session.exec(wanted)).one()


async def lines(house: House, action: str) -> int:
    async with house.means.database.reading() as session:
        return len((await session.exec(select(TrailEvent.id).where(TrailEvent.action == action))).all())


async def test_a_due_date_is_the_last_day_and_twice_is_once(house):
    await registered(house, "nadia")
    await sweep(house.means, date(2024, 9, 12))

    assert (await sweep(house.means, date(2029, 9, 12))).conditional == 0
    assert (await sweep(house.means, date(2029, 9, 13))).conditional == 1
    assert (await standing(house, "nadia")).status == "conditional"
    assert await sweep(house.means, date(2029, 9, 13)) == NOTHING
    assert await lines(house, "registration:pass-due-date") == 1
    (shown,) = (await house.http.get(f"/v1/register-entries/{house.number_of('nadia')}")).json()
    assert (shown["status"], shown["registered"], shown["valid_until"]) == ("conditional", True, "2029-09-12")
    assert await problems(house) == []


async def test_a_late_sweep_tells_each_thing_as_it_was_on_its_own_day(house):
    """Struck off on 15 October 2024, the entry was never under conditions in 2029; who was, reads since when."""
    await registered(house, "nadia")
    await registered(house, "leo")
    house.on(date(2024, 9, 20))
    await ByApi(house).strike_off("nadia", "evidence-forged", "2024-10-15")

    swept = await sweep(house.means, date(2029, 12, 1))

    assert (swept.struck_off, swept.conditional) == (1, 1)
    assert (await standing(house, "nadia")).status == "struck-off"
    (mail,) = await mails(house, "registration-conditional")
    assert mail.subject == "U staat sinds 13 september 2029 onder voorwaarden in het register"
    assert "liep tot en met 12 september 2029" in mail.body
    assert "verlopen" not in mail.subject + mail.body
    assert await problems(house) == []


async def test_who_asked_in_time_stays_registered_until_the_decision_is_made_known(house):
    await registered(house, "nadia")
    house.on(date(2029, 9, 12))  # the due date itself is in time
    again = {"register_code": "schoolleiders-po", "kind": "reregistration", "route": "portfolio"}
    await apply(await house.client("nadia"), again, None)

    assert (await sweep(house.means, date(2029, 10, 1))).conditional == 0
    assert (await standing(house, "nadia")).status == "registered"


async def test_who_asked_too_late_or_took_it_back_becomes_conditional(house):
    await registered(house, "nadia")
    house.on(date(2029, 9, 13))
    leader = await house.client("nadia")
    again = {"register_code": "schoolleiders-po", "kind": "reregistration", "route": "portfolio"}
    file = await apply(leader, again, None)

    assert (await sweep(house.means, date(2029, 9, 13))).conditional == 1
    withdrawn = await leader.move(f"/applications/{file}", "withdrawal")
    assert withdrawn.status_code == 201
    assert (await standing(house, "nadia")).status == "conditional"


@pytest.mark.parametrize("asked_late", [False, True])
async def test_training_that_ran_out_leads_back_to_enrolled(house, asked_late):
    await a_leader(house.world, "nadia")

    async def train(work: Work) -> None:
        row = await work.session.get_one(Registration, (await standing(house, "nadia")).id)
        await move(work, row, Event.APPLY)
        days = {"registered_on": work.today, "period_began_on": work.today, "due_on": date(2027, 8, 1)}
        await move(work, row, Event.GRANT_IN_TRAINING, title="RDO", level="in-opleiding", **days)

    await house.system(train)
    if asked_late:
        house.on(date(2027, 8, 2))
        await apply(await house.client("nadia"), an_application(), a_diploma("2024-08-31"))

    assert (await sweep(house.means, date(2027, 8, 1))).limits_passed == 0
    assert (await sweep(house.means, date(2027, 8, 2))).limits_passed == 1

    row = await standing(house, "nadia")
    assert row.status == ("application-open" if asked_late else "enrolled")
    assert (row.level, row.title, row.due_on, row.registered_on) == (None, "", None, None)
    (shown,) = (await house.http.get(f"/v1/register-entries/{house.number_of('nadia')}")).json()
    assert (shown["registered"], shown["level"], shown["valid_until"]) == (False, None, None)


async def test_messages_go_out_and_what_is_old_goes_away(house):
    await registered(house, "nadia")
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)

    async def old(work: Work) -> None:
        key = {"route": "/v1/applications", "body_digest": "0" * 64, "status": 201, "headers": "[]", "body": b"{}"}
        work.add(
            SignInFailure(who="0" * 64, at=long_ago),
            SignInFailure(who="0" * 64, at=machine_now()),
            IdempotencyRecord(actor="person/x", key="old", at=work.now - timedelta(days=31), **key),
            IdempotencyRecord(actor="person/x", key="new", at=work.now - timedelta(days=29), **key),
        )
        newest = (await work.session.exec(select(LoginSession).limit(1))).one()
        newest.last_seen_at = long_ago

    await house.system(old)

    swept = await sweep(house.means, date(2024, 9, 13))

    assert swept.delivered > 0
    assert swept.cleaned == 3
    async with house.means.database.reading() as session:
        unsent = sa.select(sa.func.count()).select_from(OutboxMessage).where(OutboxMessage.sent_at.is_(None))
        assert (await session.exec(unsent)).scalar_one() == 0
    assert await sweep(house.means, date(2024, 9, 13)) == NOTHING


async def test_the_public_register_follows_a_board_that_was_renamed(house):
    await registered(house, "nadia")
    async with house.means.database.reading() as session:
        shown = (await session.exec(select(PublicEntry).where(PublicEntry.person_id == house.id_of("nadia")))).one()

    async def rename(work: Work) -> None:
        for board in await work.session.exec(select(Board).where(Board.name == shown.board)):
            board.name = "Stichting Anders"

    await house.system(rename)
    assert len(await problems(house)) >= 1

    assert (await sweep(house.means, date(2024, 9, 13))).places_followed >= 1

    (entry,) = (await house.http.get(f"/v1/register-entries/{house.number_of('nadia')}")).json()
    assert entry["board"] == "Stichting Anders"
    assert await problems(house) == []


async def test_a_post_that_ends_on_a_known_day_is_shown_until_that_day_and_not_after(house):
    """Also with the longest name that DUO has for a board."""
    await registered(house, "nadia")
    longest = "Stichting voor Onderwijs ".ljust(255, "x")

    async def ends(work: Work) -> None:
        for post in await work.session.exec(select(Appointment).where(Appointment.person_id == house.id_of("nadia"))):
            post.ended_on = date(2024, 9, 20)
            work.log("appointment:end", post, ended_on=post.ended_on)
            (await work.session.get_one(Board, post.board_number)).name = longest
        await show(work, await entry(work))

    async def entry(work: Work) -> Registration:
        wanted = select(Registration).where(Registration.person_id == house.id_of("nadia"))
        return (await work.session.exec(wanted)).one()

    async def shown() -> str:
        (found,) = (await house.http.get(f"/v1/register-entries/{house.number_of('nadia')}")).json()
        return str(found["board"])

    await house.system(ends)
    assert await shown() == longest
    house.on(date(2024, 9, 20))
    assert (await sweep(house.means, date(2024, 9, 20))).places_followed == 0  # the last day still counts
    assert await shown() == longest
    house.on(date(2024, 9, 21))
    assert [one for one in await problems(house) if "public" in one] == []  # until the sweep has been
    await sweep(house.means, date(2024, 9, 21))
    assert await shown() == ""
    assert [one for one in await problems(house) if "public" in one] == []
