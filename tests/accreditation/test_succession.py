"""What a course is worth on a day, once: a following accreditation shortens the earlier, and none shares its days."""

from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from accreditation.attendance.models import CreditLine
from accreditation.courses.models import CourseAccreditation
from accreditation.courses.succession import covers, first_free, on_day, place_of, share_a_day, stands
from core.decisions import Decision, annul
from core.law.days import add_years, previous_day
from core.store.db import new_id
from core.store.work import Work
from register import migrations
from register.checks.doubled import doubled_decisions, shared_days, shared_offer
from register.checks.verify import audit_command
from register.service.context import open_means
from register.service.effects import UNDONE
from tests.accreditation.attendance.given import a_run
from tests.accreditation.steps import PO, accredited, admitted, assessed, known, ok, paid, ruled, sat, submitted
from tests.builders import House, a_leader
from tests.intended import withdrawal_proposed

DAYS = st.dates(date(2024, 1, 1), date(2032, 1, 1))


@st.composite
def a_term(draw):
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return SimpleNamespace(from_on=first, until_on=last, withdrawn_on=draw(st.none() | DAYS))


@given(st.lists(a_term(), max_size=6), DAYS, DAYS)
def test_whatever_stands_the_next_one_shares_no_day(drawn, wanted, today):
    terms = []
    for term in drawn:  # a world in which no two share a day
        if not any(share_a_day(term, other) for other in terms) and term.from_on not in {t.from_on for t in terms}:
            terms.append(term)
    first = first_free(terms, today, wanted)
    place = place_of(first, add_years(first, 4), terms)
    for at in place.shortened:
        terms[at].until_on = previous_day(first)
    new = SimpleNamespace(from_on=first, until_on=place.until_on, withdrawn_on=None)

    assert stands(new)
    assert not any(share_a_day(new, term) for term in terms)
    assert on_day([*terms, new], first) is new
    assert all(covers(new, day) for day in (first, new.until_on))
    assert first not in {term.from_on for term in terms}


async def terms(house: House, course: str) -> list[tuple[str, str, str, int]]:
    found = (await ok(await (await house.client("aanbieder")).get(f"/provider-courses/{course}"), 200))[
        "accreditations"
    ]
    return [(one["state"], one["from_on"], one["until_on"], one["points"]) for one in found]


async def test_a_course_that_is_accredited_takes_no_first_application(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    client = await house.client("aanbieder")

    again = await client.post(
        "/course-applications", {"provider_id": provider, "registers": [PO], "kind": "new", "course_id": course["id"]}
    )

    assert (again.status_code, again.json()["code"]) == (409, "accredited-already")
    assert "11 september 2028" in again.json()["detail"] or "2028-09-11" in again.json()["detail"]


async def test_a_succession_on_a_day_of_its_own_shortens_the_earlier_and_a_run_books_one(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    house.on(date(2026, 9, 1))
    application = await submitted(house, provider, kind="renewal", course_id=course["id"])
    (file,) = application["files"]
    secretary = await house.client("secretaris")
    path = await paid(house, file)
    advice = {"positive": True, "points": 60, "reasons": "Goed."}
    past = await secretary.move(path, "advice", {**advice, "from_on": "2026-08-31"})
    assert past.status_code == 400, past.text
    await ok(await secretary.move(path, "advice", advice))
    item = await sat(house, file, "for")
    decided = await ok(await secretary.post(f"{item}/decision", {"reasons": "Goed.", "from_on": "2026-10-01"}))
    await known(house, decided["decision_id"])

    assert await terms(house, course["id"]) == [
        ("renewed", "2024-09-12", "2026-09-30", 40),
        ("accredited", "2026-10-01", "2030-09-30", 60),
    ]
    await a_leader(house.world, "nadia")
    house.on(date(2026, 10, 5))
    run = await a_run(house, UUID(course["id"]), starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 1))
    sent = await (await house.client("aanbieder")).post(
        "/attendances/bulk", {"rows": [{"register_number": house.number_of("nadia"), "run_id": str(run)}]}
    )
    assert sent.json()["accepted"] == 1, sent.text
    async with house.means.database.reading() as session:
        points = [line.points for line in await session.exec(select(CreditLine))]
    assert points == [60]


async def test_a_course_that_was_withdrawn_is_accredited_again_and_that_is_made_known(house: House):
    """The decision could be taken and never be made known: withdrawn is not renewed."""
    provider = await admitted(house)
    course = await accredited(house, provider)
    other = await house.client("secretaris2")
    given_id = course["accreditations"][0]["id"]
    reasons = {"reasons": "Anders gegeven.", "grounds": ["other-than-accredited"], "repair": "Vraag opnieuw aan."}
    proposal = await withdrawal_proposed(house, given_id, reasons)
    await known(
        house, (await ok(await other.move(f"/course-withdrawals/{proposal['id']}", "confirmation")))["decision_id"]
    )

    application = await submitted(house, provider, kind="new", course_id=course["id"])
    await assessed(house, application["files"][0])
    await ruled(house, application["files"][0])

    assert [state for state, *_ in await terms(house, course["id"])] == ["withdrawn", "accredited"]
    async with house.means.database.snapshot() as session:
        for check in (shared_days, shared_offer, doubled_decisions):
            assert [finding async for finding in check(session)] == []


async def test_a_withdrawal_that_is_taken_back_gives_no_day_that_another_accreditation_has(house: House):
    """Withdrawn on 1 October, accredited anew from the 15th: what is given back ends on the 14th."""
    provider = await admitted(house)
    course = await accredited(house, provider)
    house.on(date(2024, 10, 1))
    other = await house.client("secretaris2")
    given_id = course["accreditations"][0]["id"]
    reasons = {"reasons": "Anders gegeven.", "grounds": ["other-than-accredited"], "repair": "Vraag opnieuw aan."}
    proposal = await withdrawal_proposed(house, given_id, reasons)
    taken = await ok(await other.move(f"/course-withdrawals/{proposal['id']}", "confirmation"))
    await known(house, taken["decision_id"])
    house.on(date(2024, 10, 15))
    application = await submitted(house, provider, kind="new", course_id=course["id"])
    await assessed(house, application["files"][0])
    await ruled(house, application["files"][0])

    async def undo(work: Work) -> None:
        decision = await work.session.get_one(Decision, UUID(taken["decision_id"]))
        annul(work, decision, decision)
        await UNDONE[decision.kind](work, decision)

    await house.system(undo)

    found = await terms(house, course["id"])
    state, _from, until, _points = found[0]
    assert (state, until) == ("accredited", "2024-10-14")
    async with house.means.database.snapshot() as session:
        for check in (shared_days, shared_offer):
            assert [finding async for finding in check(session)] == []


async def test_the_database_itself_gives_no_day_twice(house: House):
    course = await accredited(house, await admitted(house))
    table: sa.Table = CourseAccreditation.__table__  # type: ignore[attr-defined]
    async with house.means.database.reading() as session:
        row = dict((await (await session.connection()).execute(sa.select(table))).mappings().one())
    twice = {**row, "id": new_id(), "from_on": date(2026, 1, 1), "until_on": date(2030, 1, 1)}

    with pytest.raises(IntegrityError):
        async with house.means.database.writes.begin() as connection:
            await connection.execute(sa.insert(table).values(twice))
    async with house.means.database.writes.begin() as connection:
        await connection.execute(
            sa.insert(table).values({**twice, "from_on": date(2028, 9, 12), "until_on": date(2030, 1, 1)})
        )
    with pytest.raises(IntegrityError):
        async with house.means.database.writes.begin() as connection:
            await connection.execute(
                sa.update(table).where(table.c.id == twice["id"]).values(from_on=date(2028, 9, 11))
            )
    assert course["id"]


async def test_a_world_in_which_days_were_given_twice_is_put_right(house: House, capsys):
    await accredited(house, await admitted(house))
    url = house.means.settings.database_url
    await migrations.downgrade(url, "0030")
    table: sa.Table = CourseAccreditation.__table__  # type: ignore[attr-defined]

    async def twice(work):
        (row,) = (await work.session.exec(select(CourseAccreditation))).all()
        later = CourseAccreditation(
            course_id=row.course_id,
            register_code=row.register_code,
            points=40,
            from_on=date(2026, 1, 1),
            until_on=date(2029, 12, 31),
            decision_id=row.decision_id,
        )
        work.add(later)
        await work.flush()
        work.log("accreditation:give", later)

    await house.system(twice)
    async with house.means.database.snapshot() as session:
        assert [each.code async for each in shared_days(session)] == ["accreditations-overlap"]
    await migrations.upgrade(url)

    async with house.means.database.reading() as session:
        days = (await (await session.connection()).execute(sa.select(table.c.until_on).order_by(table.c.from_on))).all()
    assert [day for (day,) in days] == [date(2025, 12, 31), date(2029, 12, 31)]
    async with house.means.database.snapshot() as session:
        assert [each async for each in shared_days(session)] == []
    assert await audit_command(open_means(house.means.settings), as_json=False) == 0
