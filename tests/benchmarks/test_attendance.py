"""Ten thousand rows of attendance on the embedded default, beside a plain multi-row insert of the same rows."""

import secrets
from time import perf_counter, process_time

import pytest
import sqlalchemy as sa

from accreditation.attendance.models import Attendance
from accreditation.attendance.policy import Source
from accreditation.attendance.reading import Sent
from accreditation.attendance.receiving import receive
from auth.models import Person
from auth.numbers import draw
from core.store.db import new_id, new_salt
from tests.accreditation.attendance.given import given

ROWS = 10_000
pytestmark = [pytest.mark.benchmark, pytest.mark.parametrize("house", ["sqlite"], indirect=True)]


async def test_ten_thousand_rows_are_booked_in_ten_seconds(house):
    made = await given(house, capacity=ROWS)
    numbers = list({draw(secrets.randbelow): None for _ in range(ROWS + 50)})[:ROWS]

    async def people(work):
        connection = await work.session.connection()
        await connection.execute(
            sa.insert(Person.__table__),
            [
                {
                    **dict.fromkeys(("given_name", "family_name", "address", "town", "email", "telephone"), "Jan"),
                    "id": new_id(),
                    "version": 1,
                    "salt": new_salt(),
                    "register_number": number,
                    "prefix": "",
                    "postcode": "3511AA",
                    "message_box": True,
                    "hidden": False,
                    "enrolled_at": work.now,
                }
                for number in numbers
            ],
        )

    await house.system(people)
    sent = [Sent(line, number, "Jan Jan", run_id=str(made.run)) for line, number in enumerate(numbers, 1)]

    begun, worked = perf_counter(), process_time()
    await house.system(lambda work: receive(work, made.provider, Source.API, sent))
    ours, worked = perf_counter() - begun, process_time() - worked

    table = Attendance.__table__
    bare = sa.Table("bare", sa.MetaData(), *(sa.Column(column.name, column.type) for column in table.columns))
    async with house.means.database.writes.begin() as connection:
        rows = [dict(row) for row in (await connection.execute(sa.select(table))).mappings()]
        await connection.run_sync(bare.create)
    begun = perf_counter()
    async with house.means.database.writes.begin() as connection:
        await connection.execute(sa.insert(bare), rows)
    floor = perf_counter() - begun

    print(f"\n{len(rows)} rows: {ours:.2f} s, {worked:.2f} s of it at work; plain insert {floor:.2f} s, ", end="")
    print(f"{ours / floor:.1f} times")
    assert len(rows) == ROWS
    assert worked < 10  # the clock on the wall also counts what others do with the machine
