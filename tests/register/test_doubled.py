"""What stands twice, or is shown otherwise, is named: each made behind the services' back."""

from collections import Counter
from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import select

from accreditation.courses.models import CourseAccreditation
from accreditation.offer.models import AccreditedOffer
from auth.models import Person
from core.decisions import Decision
from core.panel.service import PanelItem
from core.store.db import new_id
from register import migrations
from register.checks.decisions import findings
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


async def shown_as(house: House, **days: date) -> None:
    """The line of the offer of the one course, with other days."""
    async with house.means.database.reading() as session:
        (line,) = [row for row in await session.exec(select(AccreditedOffer)) if row.code.startswith("K")]
    table: sa.Table = AccreditedOffer.__table__  # type: ignore[attr-defined]
    async with house.means.database.writes.begin() as connection:
        await connection.execute(sa.update(table).where(table.c.id == line.id).values(**days))


@pytest.mark.parametrize(
    "days", [{"accredited_until": date(2040, 1, 1)}, {"accredited_from": date(2019, 1, 1)}], ids=["later", "earlier"]
)
async def test_offer_that_shows_days_which_its_course_was_not_given_is_named(house: House, days: dict[str, date]):
    await accredited(house, await admitted(house))
    assert await found(house) == []

    await shown_as(house, **days)

    assert await found(house) == ["offer-differs"]


async def test_offer_of_a_course_that_was_given_nothing_is_named(house: House):
    await accredited(house, await admitted(house))
    table: sa.Table = CourseAccreditation.__table__  # type: ignore[attr-defined]
    async with house.means.database.writes.begin() as connection:
        await connection.execute(sa.update(table).values(withdrawn_on=table.c.from_on))

    assert "offer-differs" in await found(house)


async def test_days_that_a_course_was_given_twice_are_named(house: House):
    await accredited(house, await admitted(house))
    async with house.means.database.writes.begin() as connection:  # the database refuses it
        sqlite = connection.dialect.name == "sqlite"
        for name in ("_new", "_changed") if sqlite else (" ON course_accreditation",):
            await connection.execute(sa.text(f"DROP TRIGGER course_accreditation_no_day_twice{name}"))

    await again(house, CourseAccreditation, from_on=date(2026, 1, 1))

    assert "accreditations-overlap" in await found(house)


async def test_what_hangs_on_a_person_who_was_merged_is_named(house: House):
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "kept")
    persons: sa.Table = Person.__table__  # type: ignore[attr-defined]
    async with house.means.database.writes.begin() as connection:
        gone = persons.c.id == house.id_of("nadia")
        await connection.execute(sa.update(persons).where(gone).values(merged_into=house.id_of("kept")))

    assert "hangs-on-merged-person" in await found(house)


async def test_an_agenda_that_shows_another_day_is_named_and_put_right(house: House):
    await a_leader(house.world, "nadia")
    await deciding.taken(house, "nadia")
    table: sa.Table = PanelItem.__table__  # type: ignore[attr-defined]
    async with house.means.database.writes.begin() as connection:
        row = dict((await connection.execute(sa.select(table))).mappings().one())
        shown = {**row["summary"], "due_on": "2040-01-01"}
        await connection.execute(sa.update(table).where(table.c.id == UUID(str(row["id"]))).values(summary=shown))
    assert await found(house) == ["shown-date-differs"]

    url = house.means.settings.database_url
    await migrations.downgrade(url, "0033")
    await migrations.upgrade(url)

    assert await found(house) == []
