"""What stands twice, or is shown otherwise, is named: each made behind the services' back."""

from collections import Counter
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import select

from accreditation.offer.models import AccreditedOffer
from core.db import new_id
from core.decisions import Decision
from core.panel import PanelItem
from register import migrations
from register.derived import findings
from tests import deciding
from tests.accreditation.steps import accredited, admitted
from tests.builders import House, a_leader


async def found(house: House) -> list[str]:
    async with house.means.database.snapshot() as session:
        return [each.code async for each in findings(house.means, session, Counter())]


async def again(house: House, model: type, **other: object) -> None:
    """Another row like the only one of a table, with other values."""
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    async with house.means.database.writes.begin() as connection:
        row = dict((await connection.execute(sa.select(table).limit(1))).mappings().one())
        await connection.execute(sa.insert(table).values({**row, "id": new_id(), **other}))


async def test_two_decisions_that_both_work_are_named(house: House):
    await a_leader(house.world, "nadia")
    await deciding.taken(house, "nadia")
    assert await found(house) == []

    await again(house, Decision, number="B2024-TWEE", round=7)

    assert "decided-twice" in await found(house)


async def test_days_that_the_offer_gives_twice_are_named(house: House):
    await accredited(house, await admitted(house))
    assert await found(house) == []
    async with house.means.database.reading() as session:
        (line,) = [row for row in await session.exec(select(AccreditedOffer)) if row.code.startswith("K")]
    table: sa.Table = AccreditedOffer.__table__  # type: ignore[attr-defined]
    async with house.means.database.writes.begin() as connection:
        values = {**line.model_dump(), "id": new_id(), "code": f"{line.code}-2026"}
        await connection.execute(sa.insert(table).values({**values, "accredited_from": date(2026, 1, 1)}))

    assert "accreditations-overlap" in await found(house)


async def test_an_agenda_that_shows_another_day_is_named_and_put_right(house: House):
    await a_leader(house.world, "nadia")
    await deciding.taken(house, "nadia")
    url = house.means.settings.database_url
    await migrations.downgrade(url, "0033")
    table: sa.Table = PanelItem.__table__  # type: ignore[attr-defined]
    async with house.means.database.writes.begin() as connection:
        row = dict((await connection.execute(sa.select(table))).mappings().one())
        shown = {**row["summary"], "due_on": "2040-01-01"}
        await connection.execute(sa.update(table).where(table.c.id == UUID(str(row["id"]))).values(summary=shown))
    assert await found(house) == ["shown-date-differs"]

    await migrations.upgrade(url)

    assert await found(house) == []
