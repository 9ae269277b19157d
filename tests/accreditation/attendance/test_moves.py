"""What happens to an attendance after it was sent: disputed, taken back, claimed, looked at, withdrawn with its run."""

from datetime import date

import pytest
from sqlmodel import select

from accreditation.attendance.models import Attendance, CreditLine
from accreditation.attendance.policy import ATTENDANCE, Cause, Event, State
from core.store.audit import TrailEvent, verify_rows
from core.store.outbox import OutboxMessage
from tests.accreditation.attendance.given import Given, a_run, given
from tests.builders import House, a_leader

WHY = {"reason": "Omdat het zo is."}
# How each move is asked for, and by whom; what comes in moves by the list itself.
ASKED = {
    Event.CLAIM: ("nadia", "claims"),
    Event.CLAIM_HELD: ("nadia", "claims"),
    Event.DISMISS: ("secretaris", "dismissal"),
    Event.RELEASE: ("secretaris", "release"),
    Event.REJECT: ("secretaris", "rejection"),
    Event.DISPUTE: ("nadia", "dispute"),
    Event.SUSTAIN: ("secretaris", "sustaining"),
    Event.OVERRULE: ("secretaris", "overruling"),
    Event.REVERSE: ("paula", "reversal"),
    Event.RESTORE: ("paula", "restoration"),
    Event.RESTORE_UNMATCHED: ("paula", "restoration"),
}


async def the_row(house: House) -> Attendance:
    async with house.means.database.reading() as session:
        return (await session.exec(select(Attendance).order_by(Attendance.id.desc()).limit(1))).one()


async def points(house: House) -> int:
    async with house.means.database.reading() as session:
        return sum(line.points for line in await session.exec(select(CreditLine)))


async def report(house: House, run: object, number: str, name: str = "") -> None:
    row = {"register_number": number, "name": name, "run_id": str(run)}
    answer = await (await house.client("paula")).post("/attendances/bulk", {"rows": [row]})
    assert answer.status_code == 201, answer.text


async def ask(house: House, event: Event, row: Attendance):
    who, verb = ASKED[event]
    client = await house.client(who)
    if verb == "claims":
        claim = {"course": "Leiden met moed", "ended_on": "2024-09-03", "sent_name": "Nadia Vroeger"}
        return await client.post("/attendances/claims", claim)
    base = "/sent-attendances" if who == "paula" else "/attendances"
    return await client.move(f"{base}/{row.id}", verb, WHY)


async def reach(house: House, made: Given, state: State, following: Event | None = None) -> Attendance:
    """An attendance of Nadia in a state, by the moves that lead there; of what nobody knows for some that follow."""
    if following is Event.RESTORE_UNMATCHED:
        await report(house, made.run, "1234")
        await ask(house, Event.REVERSE, await the_row(house))
        return await the_row(house)
    if following is Event.REVERSE and state is State.REVERSED:
        row = await reach(house, made, State.DISPUTED)
        assert (await ask(house, Event.SUSTAIN, row)).status_code == 201
        return await the_row(house)
    number = house.number_of("nadia")
    if state is State.HELD:
        await report(house, await a_run(house, made.course, place="Zwolle", external_id="Z"), number)
    await report(house, made.run, number, "Nadia Vroeger" if state is State.UNMATCHED else "")
    if state in {State.DISPUTED, State.REVERSED}:
        moved = await ask(house, Event.DISPUTE if state is State.DISPUTED else Event.REVERSE, await the_row(house))
        assert moved.status_code == 201, moved.text
    return await the_row(house)


MOVES = [(at, event, to) for (at, event), to in ATTENDANCE.moves.items()]


@pytest.mark.parametrize(("at", "event", "to"), MOVES, ids=[f"{at.value}-{event.value}" for at, event, _ in MOVES])
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_each_move_of_an_attendance(house, at, event, to):
    made = await given(house)
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    if event is Event.CLAIM_HELD:
        await report(house, await a_run(house, made.course, place="Zwolle", external_id="Z"), house.number_of("nadia"))
    row = await reach(house, made, to if at is State.RECEIVED else at, event)
    if at is not State.RECEIVED:
        assert row.state is at
        answer = await ask(house, event, row)
        assert answer.status_code == 201, answer.text

    row = await the_row(house)
    assert row.state is to
    elsewhere = 20 if to is State.HELD or event in {Event.RELEASE, Event.REJECT} or at is State.HELD else 0
    assert await points(house) >= (20 if to is State.COUNTING else 0)
    assert await points(house) <= 20 + elsewhere
    async with house.means.database.snapshot() as session:
        assert [finding async for finding in verify_rows(session)] == []


async def test_a_disputed_credit_does_not_count_and_its_history_stays(house):
    made = await given(house)
    await a_leader(house.world, "nadia")
    row = await reach(house, made, State.DISPUTED)

    before = await points(house)
    await ask(house, Event.OVERRULE, row)

    assert (before, await points(house)) == (0, 20)
    async with house.means.database.reading() as session:
        booked = [line.points for line in await session.exec(select(CreditLine).order_by(CreditLine.id))]
    assert booked == [20, -20, 20]


async def test_a_withdrawn_run_takes_everything_back_and_tells_everybody(house):
    made = await given(house)
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "noor")
    for who in ("nadia", "noor"):
        await report(house, made.run, house.number_of(who))

    answer = await (await house.client("paula")).move(f"/runs/{made.run}", "withdrawal", {"reason": "Ging niet door."})

    assert answer.status_code == 201, answer.text
    assert await points(house) == 0
    async with house.means.database.reading() as session:
        rows = (await session.exec(select(Attendance))).all()
        told = (await session.exec(select(OutboxMessage).where(OutboxMessage.topic == "attendance-changed"))).all()
    assert {row.cause for row in rows} == {Cause.RUN_WITHDRAWN}
    assert {message.person_id for message in told} == {house.id_of("nadia"), house.id_of("noor")}


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_what_was_taken_back_is_not_booked_by_sending_it_again(house):
    made = await given(house)
    await a_leader(house.world, "nadia")
    await reach(house, made, State.REVERSED)

    row = {"register_number": house.number_of("nadia"), "run_id": str(made.run)}
    answer = await (await house.client("paula")).post("/attendances/bulk", {"rows": [row]})

    assert answer.json()["rows"][0]["code"] == "taken-back"
    assert await points(house) == 0


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_nobody_sees_or_moves_what_is_not_theirs_and_a_look_leaves_a_trace(house):
    made = await given(house)
    await given(house, "pim", "Academie Twee")
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "noor")
    row = await reach(house, made, State.COUNTING)

    other = await (await house.client("noor")).get(f"/attendances/{row.id}")
    none = await (await house.client("noor")).get(f"/attendances/{made.run}")
    theirs = await (await house.client("pim")).get(f"/sent-attendances/{row.id}")
    own = await (await house.client("paula")).get(f"/sent-attendances/{row.id}")
    await (await house.client("secretaris")).get(f"/attendances/{row.id}")

    assert {one.status_code for one in (other, none, theirs)} == {404}
    assert other.json()["code"] == none.json()["code"] == theirs.json()["code"] == "no-such-attendance"
    assert str(house.id_of("nadia")) not in own.text
    async with house.means.database.reading() as session:
        looks = (await session.exec(select(TrailEvent).where(TrailEvent.action == "attendance:read"))).all()
    assert [look.stream for look in looks] == [f"person/{house.id_of('nadia')}"]


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_wrong_number_is_claimed_by_who_knows_course_and_day_and_by_nobody_else(house):
    made = await given(house)
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    await a_leader(house.world, "noor", given="Noor", family="Haddad")
    number = house.number_of("nadia")
    await report(house, made.run, number[:3] + number[4:], "N. Haddad")
    claim = {"course": "LEIDEN met moed", "ended_on": "2024-09-03"}

    other = await (await house.client("noor")).post("/attendances/claims", claim)
    wrong_day = await (await house.client("nadia")).post("/attendances/claims", {**claim, "ended_on": "2024-09-04"})
    own = await (await house.client("nadia")).post("/attendances/claims", claim)

    assert (other.status_code, wrong_day.status_code) == (400, 400)
    assert own.json()["state"] == "counting", own.text
    assert (await the_row(house)).person_id == house.id_of("nadia")


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_the_office_says_whose_a_row_is_and_it_is_not_booked_twice(house):
    made = await given(house)
    await a_leader(house.world, "nadia")
    number = house.number_of("nadia")
    await report(house, made.run, number)
    await report(house, made.run, "1234", "N. de Leider")
    row = await the_row(house)
    assignment = {"register_number": number, "reason": "Nagevraagd."}

    answer = await (await house.client("secretaris")).move(f"/attendances/{row.id}", "assignment", assignment)

    assert (answer.status_code, answer.json()["cause"]) == (201, "twice"), answer.text
    assert await points(house) == 20
    assert date(2024, 9, 3) == row.ended_on
