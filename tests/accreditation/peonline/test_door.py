"""Learning platforms at their old door: what they send is booked, and they learn nothing of who exists."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from sqlmodel import select

from accreditation.attendance.models import Attendance, CreditLine
from accreditation.attendance.policy import State
from accreditation.courses.models import Course
from accreditation.peonline.api import TRIAL
from accreditation.peonline.models import PlatformKey, PlatformKeyUse, WrongKey
from accreditation.sandbox.policy import DOOR
from auth.numbers import check_digit
from core.store.audit import TrailEvent
from core.store.work import IdempotencyRecord
from tests.accreditation.attendance.given import Given, a_course, a_run, given
from tests.builders import House, a_leader

NOBODY = "1000000" + check_digit("1000000")


async def a_key(house: House, member: str = "paula") -> dict:
    answer = await (await house.client(member)).post("/platform-keys", {"platform": "Leerplein"})
    assert answer.status_code == 201, answer.text
    return answer.json()


def row(number: str, **fields: str) -> str:
    named = {"externalCourseID": "LMM-1", "externalEditionID": "NAJAAR", "externalPersonID": number, **fields}
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in named.items() if value)
    return f"<Attendance>{inside}</Attendance>"


def the_entry(key: dict, *rows: str, org: str = "101") -> str:
    settings = f"<userID>{key['user_id']}</userID><userRole>EDU</userRole><userKey>{key['user_key']}</userKey>"
    return f"<Entry><Settings>{settings}<orgID>{org}</orgID></Settings>{''.join(rows)}</Entry>"


async def send(house: House, key: dict, *rows: str, org: str = "101", path: str = DOOR, raw: bool = False, **more):
    xml = the_entry(key, *rows, org=org)
    body = f"sXML={xml}" if raw else urlencode({"sXML": xml})
    headers = {"Content-Type": "application/x-www-form-urlencoded", **more}
    answer = await house.http.post(path, content=body.encode(), headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def errors(text: str) -> list[tuple[str, str | None]]:
    """Each error number, with the code inside."""
    found = re.findall(r"<errorNR>(\d+)</errorNR><errorMsg>(.*?)</errorMsg>", text)
    return [(number, (re.search(r"\((\d{4})\)", said) or [None, None])[1]) for number, said in found]


async def all_of(house: House, model: type) -> list:
    async with house.means.database.reading() as session:
        return list((await session.exec(select(model))).all())


@pytest.mark.parametrize("raw", [False, True])
async def test_both_public_clients_are_understood_and_booked_once(house, raw):
    await given(house)
    await a_leader(house.world, "nadia")
    key = await a_key(house)
    end = {"endDate": "2024-09-03T00:00:00.0000000+00:00"}

    answers = [await send(house, key, row(house.number_of("nadia"), **end), row(NOBODY), raw=raw) for _ in range(2)]

    assert answers[0].text == answers[1].text
    assert answers[0].headers["content-type"].startswith("text/xml")
    assert "<accepted_rows>2</accepted_rows><total_rows>2</total_rows>" in answers[0].text
    stored = await all_of(house, Attendance)
    assert sorted(one.state for one in stored) == [State.COUNTING, State.UNMATCHED]
    (line,) = await all_of(house, CreditLine)
    assert (line.points, line.done_on) == (20, date(2024, 9, 3))


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_each_refusal_has_its_number_and_names_its_row(house):
    made = await given(house)
    await given(house, "pim", "Academie Twee")
    theirs = next(one for one in await all_of(house, Course) if one.provider_id != made.provider)
    await a_course(
        house, made.provider, title="Oud", external_id="OUD", from_on=date(2020, 1, 1), until_on=date(2021, 1, 1)
    )
    key = await a_key(house)

    answer = await send(
        house,
        key,
        row(NOBODY, externalCourseID="NEE"),
        row(NOBODY, externalEditionID=""),
        row(NOBODY, externalCourseID="", PECourseID=str(theirs.pe_course_id)),
        row(NOBODY, endDate="2024-09-09T12:00:00"),
        row("111222333"),
        row(NOBODY),
    )

    assert errors(answer.text) == [("100", "1021"), ("100", "1022"), ("100", "1030"), ("100", None), ("100", None)]
    assert "Regel 1 " in answer.text
    assert "Regel 5 " in answer.text
    assert "<rejected_rows>5</rejected_rows><accepted_rows>1</accepted_rows>" in answer.text


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_wrong_key_user_or_register_opens_nothing(house):
    await given(house)
    key = await a_key(house)

    for changed in ({**key, "user_key": "x"}, {**key, "user_id": "1"}):
        assert errors((await send(house, changed, row(NOBODY))).text) == [("400", None)]
    for org in ("102", "9"):
        assert errors((await send(house, key, row(NOBODY), org=org)).text) == [("400", None)]
    assert await all_of(house, Attendance) == []
    assert len(await all_of(house, WrongKey)) == 2


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_too_many_wrong_keys_close_the_door_for_a_while(house):
    await given(house)
    key = await a_key(house)
    for _ in range(20):
        await send(house, {**key, "user_key": "x"}, row(NOBODY))

    answer = await house.http.post(DOOR, content=b"sXML=<Entry/>")
    locked = await house.http.post(
        DOOR,
        content=f"sXML=<Entry><Settings><userID>{key['user_id']}</userID><userKey>x</userKey><orgID>101</orgID>"
        "</Settings></Entry>".encode(),
    )

    assert errors(answer.text) == [("505", None)]
    assert locked.status_code == 429


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_replaced_key_still_works_for_a_while_and_a_closed_one_never(house):
    await given(house)
    client, key = await house.client("paula"), await a_key(house)
    replaced = await client.move(f"/platform-keys/{key['id']}", "replacement")
    new = replaced.json()

    both = [errors((await send(house, each, row(NOBODY))).text) for each in (key, new)]
    house.on(date(2024, 10, 13))
    late = [errors((await send(house, each, row(NOBODY))).text) for each in (key, new)]
    client = await house.client("paula")
    await client.move(f"/platform-keys/{new['id']}", "closing")

    assert (new["user_id"], both) == (key["user_id"], [[], []])
    assert late == [[("400", None)], []]
    assert errors((await send(house, new, row(NOBODY))).text) == [("400", None)]


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_the_key_stands_nowhere(house, caplog):
    await given(house)
    key = await a_key(house)
    await send(house, key, row(NOBODY), **{"Idempotency-Key": "k"})
    for broken in (f"<Entry><userKey>{key['user_key']}</Entry", f"<!DOCTYPE x [<!ENTITY k '{key['user_key']}'>]><x/>"):
        said = await house.http.post(DOOR, content=f"sXML={broken}".encode())
        assert errors(said.text) == [("505", None)]
        assert key["user_key"] not in said.text
    odd = await house.http.post(f"{DOOR}?sXML={key['user_key']}", content=b"", headers={"Content-Type": "text/plain"})
    assert key["user_key"] not in odd.text

    kept = [row.key_hash for row in await all_of(house, PlatformKey)]
    told = [event.facts for event in await all_of(house, TrailEvent)]
    stored = [bytes(record.body).decode() for record in await all_of(house, IdempotencyRecord)]
    assert key["user_key"] not in "".join([*kept, *told, *stored, caplog.text])


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_key_that_sent_too_much_in_this_hour_waits_for_the_next(house):
    await given(house)
    key = await a_key(house)
    most = house.means.rules.chosen("schoolleiders-po", house.world.clock.at.date()).attendance.rows_an_hour
    await send(house, key, row(NOBODY))
    async with house.means.database.writing() as session:
        use = (await session.exec(select(PlatformKeyUse))).one()
        use.rows = most - 1
        await session.commit()

    last = await send(house, key, row(NOBODY))
    body = urlencode({"sXML": the_entry(key, row(NOBODY))})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    over = await house.http.post(DOOR, content=body.encode(), headers=headers)

    assert "<accepted_rows>1<" in last.text
    assert over.status_code == 429
    assert "Met deze sleutel zijn dit uur te veel regels gestuurd" in over.text
    assert 1 <= int(over.headers["retry-after"]) <= 3600
    async with house.means.database.writing() as session:
        use = (await session.exec(select(PlatformKeyUse))).one()
        assert use.rows == most  # what was refused is not counted
        use.hour_at -= timedelta(hours=1)
        await session.commit()
    assert "<accepted_rows>1<" in (await send(house, key, row(NOBODY))).text
    assert (await all_of(house, PlatformKeyUse))[0].rows == 1


async def test_a_trial_answers_as_on_any_day_and_does_nothing(house):
    made = await given(house)
    await a_run(house, made.course, external_id="LATER", starts_on=date(2025, 3, 3), ends_on=date(2025, 3, 3))
    key = await a_key(house)
    before = len(await all_of(house, TrailEvent))
    later = row(NOBODY, externalEditionID="LATER")

    now = await send(house, key, later, path=TRIAL)
    then = await send(house, key, later, path=f"{TRIAL}?datum=2025-04-01")

    assert errors(now.text) == [("100", None)]
    assert "<accepted_rows>1</accepted_rows>" in then.text
    assert await all_of(house, Attendance) == []
    assert len(await all_of(house, TrailEvent)) == before


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_an_e_learning_needs_no_edition_and_a_soap_caller_gets_an_envelope(house):
    made: Given = await given(house)
    course = await a_course(house, made.provider, title="Online", external_id="ONLINE")
    days = {"starts_on": date(2024, 1, 1), "ends_on": date(2027, 12, 31)}
    await a_run(house, course, form="e-learning", place="", capacity=None, external_id=None, **days)
    key = await a_key(house)
    sent = row(NOBODY, externalCourseID="ONLINE", externalEditionID="", endDate="2024-08-01T10:00:00+02:00")

    answer = await send(house, key, sent, SOAPAction='"x"')

    assert "<soap:Envelope" in answer.text
    assert "<date>2024-08-01</date>" in answer.text
    (stored,) = await all_of(house, Attendance)
    assert stored.ended_on == date(2024, 8, 1)
