"""An invoice that says another total than its lines, or was booked by nobody, is named by `verify`."""

from collections import Counter
from uuid import UUID

import pytest
import sqlalchemy as sa

from core.billing import Charge, Debtor, Invoice, InvoiceLine, book, credit, invoice_of, issue
from core.law.days import Unit
from core.law.rulesets import Length
from core.store.db import new_id
from core.store.work import Work
from register.checks.decisions import findings
from tests.builders import House

INVOICE: sa.Table = Invoice.__table__
LINE: sa.Table = InvoiceLine.__table__


async def verify(house: House) -> list[str]:
    async with house.means.database.snapshot() as session:
        return [str(each) async for each in findings(house.means, session, Counter())]


@pytest.fixture
async def invoice(house: House) -> UUID:
    """Of two lines, for somebody's course, booked."""

    async def deed(work: Work) -> UUID:
        charges = [Charge("course-application", 15000), Charge("course-application", 5000)]
        debtor = Debtor(organisation_id=new_id())
        made = await issue(
            work, "course-file", new_id(), debtor, "schoolleiders-po", charges, Length(length=14, unit=Unit.DAYS)
        )
        await book(work, made, 20000, "bank 1")
        return made.id

    return UUID(str(await house.system(deed)))


async def changed(house: House, statement: sa.Update) -> list[str]:
    async with house.means.database.writes.begin() as connection:
        await connection.execute(statement)
    return await verify(house)


async def test_an_invoice_is_sound_from_issue_to_credit(house: House, invoice: UUID):
    assert await verify(house) == []

    async def deed(work: Work) -> None:
        await credit(work, await invoice_of(work, invoice))

    await house.system(deed)
    assert await verify(house) == []


async def test_a_line_that_was_edited_no_longer_adds_up(house: House, invoice: UUID):
    edit = sa.update(LINE).where(LINE.c.position == 2).values(cents=500)

    assert await changed(house, edit) == [f"invoice-total-differs: invoice/{invoice}"]


@pytest.mark.parametrize("values", [{"state": "open"}, {"state": "credited"}, {"booked_on": None}])
async def test_a_state_that_no_event_tells_of_is_named(house: House, invoice: UUID, values: dict[str, object]):
    edit = sa.update(INVOICE).where(INVOICE.c.id == invoice).values(**values)

    assert await changed(house, edit) == [f"invoice-state-differs: invoice/{invoice}"]
