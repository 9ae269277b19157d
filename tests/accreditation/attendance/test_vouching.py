"""The trail vouches for every row of a list: what is edited, removed or added behind it is found, on both databases."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import select

from accreditation.attendance.models import Attendance
from accreditation.attendance.policy import Source, State
from accreditation.attendance.reading import Sent
from accreditation.attendance.receiving import receive
from accreditation.attendance.service import take_back
from core.store.audit import TrailRow
from core.store.db import new_id
from tests.accreditation.attendance.given import given
from tests.builders import House, a_leader
from tests.faults.files import problems

TABLE: sa.Table = Attendance.__table__  # type: ignore[attr-defined]


async def a_list(house: House) -> list[Attendance]:
    """Three rows of one list: of somebody known, of nobody, and one that was taken back since."""
    made = await given(house)
    await a_leader(house.world, "nadia")
    numbers = [house.number_of("nadia"), "1234", "4321"]
    sent = [Sent(line, number, run_id=str(made.run)) for line, number in enumerate(numbers, 1)]
    await house.system(lambda work: receive(work, made.provider, Source.API, sent))
    async with house.means.database.reading() as session:
        rows = list((await session.exec(select(Attendance).order_by(Attendance.line))).all())
    await house.system(lambda work: take_back(work, rows[2].id, "Dubbel ingevoerd"))
    return rows


async def behind_the_trail(house: House, *statements: sa.Executable) -> None:
    async with house.means.database.writes.begin() as connection:
        for statement in statements:
            await connection.execute(statement)


EDITS = [
    (1, "ended_on", date(2024, 9, 4)),
    (2, "doubts", "burst"),
    (2, "sent_number", "12345"),
    (3, "state", State.UNMATCHED),
    (3, "sent_name", "J. Jansen"),
]


async def test_an_edited_row_of_a_list_is_named(house):
    rows = await a_list(house)
    assert await problems(house) == []  # also after a row of it was taken back

    for line, column, value in EDITS:
        row = rows[line - 1]
        here = sa.update(TABLE).where(TABLE.c.id == row.id)
        async with house.means.database.reading() as session:
            before = (await session.exec(sa.select(TABLE.c[column]).where(TABLE.c.id == row.id))).scalar_one()
        await behind_the_trail(house, here.values({column: value}))
        found = await problems(house)
        await behind_the_trail(house, here.values({column: before}))

        assert f"row-changed-behind-the-trail: attendance/{row.id}" in found, (column, found)
    assert await problems(house) == []


async def test_a_row_that_is_missing_from_a_list_or_was_added_to_it_is_named(house):
    rows = await a_list(house)
    added = {**rows[1].model_dump(), "id": new_id(), "line": 4, "who": "somebody"}
    async with house.means.database.reading() as session:
        told = (await session.exec(select(TrailRow).where(TrailRow.object_id == str(rows[1].id)))).one()
    forged = {**told.model_dump(), "object_id": str(new_id())}

    await behind_the_trail(house, sa.delete(TABLE).where(TABLE.c.line > 1), sa.insert(TABLE).values(added))
    without_event = await problems(house)
    await behind_the_trail(house, sa.insert(TrailRow.__table__).values(forged))
    with_a_digest_of_its_own = await problems(house)

    assert {f"row-is-gone: attendance/{row.id}" for row in rows[1:]} <= set(without_event)
    assert f"row-without-event: attendance/{added['id']}" in without_event
    assert any(each.startswith("batch-differs: provider/") for each in with_a_digest_of_its_own)
