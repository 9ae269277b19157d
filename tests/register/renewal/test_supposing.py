"""What if: hours that are not there yet, held against the norm of teachers; C-13 and C-14 as questions (rl-herreg)."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlmodel import select

from core.errors import Invalid, NotFound
from core.store.work import Work
from register.applications.renewal.what_if import Supposition, suppose
from register.entries.models import Registration
from register.entries.policy import Register
from register.portfolio.books import open_period
from register.rules.assessment.answer import Outcome
from tests.builders import House, a_teacher
from tests.pages import signed_in
from tests.register.portfolio.world import world_on

BEGAN, DUE, DAY = date(2021, 10, 1), date(2025, 10, 1), date(2024, 5, 1)


@pytest.fixture
async def world(database_url, tmp_path):
    async with world_on(database_url, tmp_path) as made:
        yield made


def supposition(sector: str | None = "po", work_hours: int | None = None, **hours: int) -> Supposition:
    more = [{"category": category.upper(), "hours": each} for category, each in hours.items()]
    return Supposition.model_validate(
        {"register_code": "leraren", "sector": sector, "work_hours": work_hours, "hours": more}
    )


async def test_what_is_supposed_adds_up_with_what_is_there_and_nothing_is_stored(world):
    """160 hours of which 100 about teaching itself; in vo 40 of those about the subject (C-13, C-14)."""
    who = await world.person()
    await world.registered(who, BEGAN, DUE, Register.TEACHERS)
    await world.handed_in(who, DAY, Register.TEACHERS, hours=Decimal(60), category="PEDAGOGIC")

    async def asked(what: Supposition) -> tuple[bool, list[tuple[str, int]]]:
        async with world.reading(who) as work:
            found = await suppose(work, what)
            tables = [
                sa.select(sa.func.count()).select_from(sa.table(name)) for name in ("portfolio_entry", "ledger_line")
            ]
            assert [(await work.session.exec(each)).one()[0] for each in tables] == [1, 1]
        granted = found.assessment.outcome is not Outcome.REFUSED
        return granted, [(norm.name, int(norm.short)) for norm in found.norms]

    assert await asked(supposition()) == (False, [("hours", 100), ("primary-process", 40)])
    assert await asked(supposition(pedagogic=39, school_development=61)) == (
        False, [("hours", 0), ("primary-process", 1)],
    )  # fmt: skip
    assert await asked(supposition(pedagogic=40, school_development=60)) == (
        True,
        [("hours", 0), ("primary-process", 0)],
    )
    assert await asked(supposition("vo", subject=39, school_development=61, pedagogic=1)) == (
        False, [("hours", 0), ("primary-process", 0), ("subject", 1)],
    )  # fmt: skip
    assert (await asked(supposition("vo", subject=40, school_development=60)))[0]
    enough = {"pedagogic": 40, "school_development": 60}
    assert not (await asked(supposition("po", 1327, **enough)))[0]  # 0.2 of a post for four years is 1,328
    assert (await asked(supposition("po", 1328, **enough)))[0]


async def test_a_register_of_points_has_its_ladder_and_somebody_else_no_portfolio(world):
    who = await world.person()
    await world.registered(who, BEGAN, DUE)
    async with world.reading(who) as work:
        with pytest.raises(Invalid, match="hours-not-counted"):
            await suppose(work, Supposition(register_code=Register.LEADERS_PO))
        with pytest.raises(NotFound):
            await suppose(work, supposition())


async def test_a_teacher_asks_through_the_api_and_on_the_page(house: House):
    await a_teacher(house.world, "tess")
    await open_teacher_period(house)
    teacher = await house.client("tess")
    asked = {"register_code": "leraren", "sector": "po", "hours": [{"category": "SUBJECT", "hours": 200}]}

    answer = await teacher.post("/portfolio/what-ifs", asked)
    page = await signed_in(house, "tess")
    await page.open("/mijn/portfolio/stel-dat?register=leraren&sector=po&subject=12,5")
    short = page.text
    await page.open("/mijn/portfolio/stel-dat?register=leraren&sector=po&subject=veel")

    assert (answer.status_code, answer.json()["outcome"]) == (200, "granted"), answer.text
    assert [(each["name"], each["have"], each["short"]) for each in answer.json()["norms"]] == [
        ("hours", 200.0, 0.0), ("primary-process", 200.0, 0.0),
    ]  # fmt: skip
    assert "147,5" in short  # of 160
    assert "Dan voldoet u nog niet aan de norm" in short
    assert (page.page.status_code, "veel" in page.page.text) == (400, True)
    assert (await (await house.client()).post("/portfolio/what-ifs", asked)).status_code == 401
    negative = {**asked, "hours": [{"category": "SUBJECT", "hours": -1}]}
    assert (await teacher.post("/portfolio/what-ifs", negative)).status_code == 400
    assert (
        await teacher.post("/portfolio/what-ifs", {**asked, "register_code": "schoolleiders-po"})
    ).status_code == 404


async def open_teacher_period(house: House) -> None:
    """A period that began before 2026: the norm of 2013."""

    async def deed(work: Work) -> None:
        row = (await work.session.exec(select(Registration).where(Registration.person_id == house.id_of("tess")))).one()
        row.period_began_on, row.due_on = date(2024, 1, 1), date(2028, 1, 1)
        work.log("test:period", row)
        await open_period(work, row, date(2024, 1, 1), date(2028, 1, 1))

    await house.system(deed)
