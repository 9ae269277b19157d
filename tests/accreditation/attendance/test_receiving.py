"""Lists of attendance, on both databases: each row by itself, nothing double, nothing told that is not theirs."""

import asyncio
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import select

from accreditation.attendance.models import Attendance, AttendanceBatch, CreditLine
from accreditation.attendance.policy import State
from auth.numbers import check_digit
from core.store.audit import verify_chains, verify_rows
from tests.accreditation.attendance.given import PO, a_course, a_provider, a_run, given
from tests.builders import House, a_leader


async def rows_of(house: House, model: type = Attendance) -> list:
    async with house.means.database.reading() as session:
        return list((await session.exec(select(model).order_by(model.id))).all())


async def report(house: House, member: str, rows: list[dict], **more) -> dict:
    answer = await (await house.client(member)).post("/attendances/bulk", {"rows": rows}, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_row_with_number_and_name_becomes_a_credit_at_once(house):
    made = await given(house)
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")

    answer = await report(
        house, "paula", [{"register_number": house.number_of("nadia"), "name": "N. Haddad", "run_id": str(made.run)}]
    )

    assert (answer["accepted"], answer["stored"]) == (1, 1)
    (row,) = await rows_of(house)
    (line,) = await rows_of(house, CreditLine)
    assert (row.state, row.sent_name) == (State.COUNTING, "")
    assert (line.person_id, line.register_code, line.points) == (house.id_of("nadia"), PO, 20)
    assert line.done_on == date(2024, 9, 3)


async def test_the_same_list_five_times_is_stored_once_and_told_the_same(house):
    made = await given(house)
    await a_leader(house.world, "nadia")
    rows = [
        {"register_number": house.number_of("nadia"), "run_id": str(made.run)},
        {"register_number": "1234", "name": "J. Doe", "run_id": str(made.run)},
        {"register_number": house.number_of("nadia"), "run_id": str(made.run)},
    ]

    answers = [await report(house, "paula", rows) for _ in range(5)]

    assert [answer["stored"] for answer in answers] == [2, 0, 0, 0, 0]
    assert len({str(answer["rows"]) for answer in answers}) == 1
    assert [row["outcome"] for row in answers[0]["rows"]] == ["accepted", "to-be-checked", "accepted"]
    assert (len(await rows_of(house)), len(await rows_of(house, CreditLine))) == (2, 1)


async def test_the_same_key_gives_the_same_answer_without_another_list(house):
    made = await given(house)
    await a_leader(house.world, "nadia")
    rows = [{"register_number": house.number_of("nadia"), "run_id": str(made.run)}]

    first, again = [await report(house, "paula", rows, headers={"Idempotency-Key": "lijst-1"}) for _ in range(2)]

    assert first == again
    assert len(await rows_of(house, AttendanceBatch)) == 1


async def test_a_provider_is_told_the_same_of_a_number_that_exists_and_of_one_that_does_not(house):
    made = await given(house)
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    nobody = "1000000" + check_digit("1000000")

    answer = await report(
        house,
        "paula",
        [
            {"register_number": house.number_of("nadia"), "run_id": str(made.run)},
            {"register_number": nobody, "run_id": str(made.run)},
            {"register_number": house.number_of("nadia"), "name": "Piet Puk", "run_id": str(made.run)},
        ],
    )

    assert {row["outcome"] for row in answer["rows"]} == {"accepted"}
    states = [row.state for row in await rows_of(house)]
    assert sorted(states) == [State.COUNTING, State.UNMATCHED, State.UNMATCHED]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"register_number": ""}, "number-missing"),
        ({"register_number": "111222333"}, "looks-like-bsn"),
        ({"register_number": "12345678", "name": "a\u0007b"}, "text-unreadable"),
        ({"register_number": "12345678", "ended_on": "31-02-2024"}, "date-unreadable"),
        ({"register_number": "12345678", "ended_on": "2024-09-04"}, "outside-run"),
        ({"register_number": "12345678", "run_id": "x"}, "run-missing"),
        ({"register_number": "12345678", "run_id": "", "course": "NEE", "run": "NAJAAR"}, "no-such-course"),
        ({"register_number": "12345678", "run_id": "", "course": "LMM-1"}, "run-missing"),
        ({"register_number": "12345678", "meeting": "1"}, "no-such-meeting"),
    ],
)
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_row_that_cannot_be_booked_is_refused_by_itself(house, row, code):
    made = await given(house)
    await a_leader(house.world, "nadia")
    good = {"register_number": house.number_of("nadia"), "course": "LMM-1", "run": "NAJAAR"}

    answer = await report(house, "paula", [{"run_id": str(made.run), **row}, good])

    assert answer["rows"] == [
        {"row": 1, "outcome": "refused", "code": code},
        {"row": 2, "outcome": "accepted", "code": None},
    ]


async def test_a_run_of_another_provider_is_not_there(house):
    made = await given(house)
    await a_provider(house, "pim", "Academie Twee")

    answer = await report(house, "pim", [{"register_number": "12345678", "run_id": str(made.run)}])
    seen = await (await house.client("pim")).get(f"/runs/{made.run}")
    none = await (await house.client("pim")).get(f"/runs/{made.provider}")

    assert answer["rows"][0]["code"] == "run-missing"
    assert (seen.status_code, seen.json()["code"]) == (none.status_code, none.json()["code"]) == (404, "no-such-run")


async def test_a_run_with_meetings_gives_credit_once_each_was_attended(house):
    made = await given(
        house,
        starts_on=date(2024, 9, 3),
        ends_on=date(2024, 9, 10),
        meetings=[
            {"held_on": date(2024, 9, 3), "begins": "09:00", "ends": "12:00", "external_id": "A"},
            {"held_on": date(2024, 9, 10), "begins": "09:00", "ends": "12:00", "external_id": "B"},
        ],
    )
    await a_leader(house.world, "nadia")
    row = {"register_number": house.number_of("nadia"), "run_id": str(made.run)}

    await report(house, "paula", [{**row, "meeting": "A"}])
    after_one = await rows_of(house, CreditLine)
    await report(house, "paula", [{**row, "meeting": "B"}, {**row, "meeting": "A"}])

    assert after_one == []
    (line,) = await rows_of(house, CreditLine)
    assert (line.points, line.done_on) == (20, date(2024, 9, 10))


async def test_hours_are_booked_by_what_they_are_about(house):
    provider = await a_provider(house)
    course = await a_course(house, provider, points=None, hours={"PEDAGOGIC": 8, "SUBJECT": 4}, register="leraren")
    run = await a_run(house, course)
    await a_leader(house.world, "nadia")

    await report(house, "paula", [{"register_number": house.number_of("nadia"), "run_id": str(run)}])

    booked = {line.category: line.hundredths for line in await rows_of(house, CreditLine)}
    assert booked == {"PEDAGOGIC": 800, "SUBJECT": 400}


async def test_the_trail_vouches_for_a_list_and_is_whole(house):
    made = await given(house)
    await a_leader(house.world, "nadia")
    await report(house, "paula", [{"register_number": house.number_of("nadia"), "run_id": str(made.run)}])

    async with house.means.database.snapshot() as session:
        findings = [finding async for finding in verify_chains(session)]
        findings += [finding async for finding in verify_rows(session)]

    assert findings == []


@pytest.mark.differs
async def test_two_lists_at_once_of_two_providers_and_of_one_lose_nothing(house):
    made = await given(house)
    other = await given(
        house, "pim", "Academie Twee", place="Zwolle", starts_on=date(2024, 9, 5), ends_on=date(2024, 9, 5)
    )
    await a_leader(house.world, "nadia")
    number = house.number_of("nadia")
    clients = {who: await house.client(who) for who in ("paula", "pim")}
    jobs = [("paula", made.run), ("pim", other.run)] * 3

    answers = await asyncio.gather(
        *(
            clients[who].post("/attendances/bulk", {"rows": [{"register_number": number, "run_id": str(run)}]})
            for who, run in jobs
        )
    )

    assert [answer.status_code for answer in answers] == [201] * 6, [answer.text for answer in answers]
    async with house.means.database.reading() as session:
        sums = (await session.exec(select(sa.func.count(), sa.func.sum(CreditLine.points)))).one()
    assert tuple(sums) == (2, 40)
    assert len(await rows_of(house)) == 2
