"""Reminders of a due date, the forecast of a file, the sample, and who a new rule set affects."""

import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core.law.rulefiles import BrokenRules
from core.store.outbox import OutboxMessage
from core.typed import day as day_typed
from register.applications.forecast import of_days
from register.entries.completeness import drawn
from register.office.affected import SHIPPED, affected, with_files
from register.service.sweep import sweep
from tests.register.portfolio.world import world_on


@pytest.fixture
async def world(database_url, tmp_path):
    async with world_on(database_url, tmp_path, date(2025, 1, 6)) as made:
        yield made


async def reminded(world, on: date) -> int:
    return (await sweep(world.means, on)).reminded


async def test_each_rung_of_the_ladder_reminds_once(world):
    """Due 1 October 2025; six, three and one month before: 1 April, 1 July, 1 September."""
    who = await world.person()
    await world.registered(who, date(2020, 10, 1), date(2025, 10, 1))
    await world.registered(await world.person(), date(2024, 10, 1), date(2029, 10, 1))

    days = [date(2025, 3, 31), date(2025, 4, 1), date(2025, 4, 1), date(2025, 6, 30), date(2025, 7, 1),
            date(2025, 8, 31), date(2025, 9, 1), date(2025, 10, 1)]  # fmt: skip
    assert [await reminded(world, day) for day in days] == [0, 1, 0, 0, 1, 0, 1, 0]
    async with world.reading() as work:
        told = (await work.session.exec(select(OutboxMessage.topic))).all()
    assert told.count("renewal-reminder") == 3


async def test_of_rungs_that_were_missed_only_the_nearest_goes_out(world):
    await world.registered(await world.person(), date(2020, 10, 1), date(2025, 10, 1))

    assert [await reminded(world, date(2025, 9, 20)) for _ in range(2)] == [1, 0]


ADVISED = re.compile(r"(?:vóór|uiterlijk op|loopt tot en met|loopt af op) ([0-9]{1,2} [a-z]+ [0-9]{4})")


async def test_a_late_first_sweep_promises_and_advises_no_day_that_is_over(world):
    """Asking is advised before 1 August 2025: on time it says so, later it asks for haste."""
    await world.registered(await world.person(), date(2020, 10, 1), date(2025, 10, 1))
    told = []
    for on in (date(2025, 4, 1), date(2025, 9, 20)):
        await sweep(world.means, on)
        async with world.reading() as work:
            mails = (await work.session.exec(select(OutboxMessage).order_by(OutboxMessage.id))).all()[len(told) :]
        days = [day_typed(found) for mail in mails for found in ADVISED.findall(mail.subject + mail.body)]
        assert days
        assert all(day >= on for day in days), (on, days)
        told += [mail.body for mail in mails]

    assert "liefst uiterlijk op 31 juli 2025" in told[0]
    assert "zo snel mogelijk" in told[1]


async def test_a_new_rule_set_tells_who_would_renew_under_it(world, tmp_path):
    early = await world.registered(await world.person(), date(2020, 10, 1), date(2025, 10, 1))
    late = await world.registered(await world.person(), date(2023, 1, 5), date(2028, 1, 5))
    old = SHIPPED / "schoolleiders-po-2022.toml"
    ended = tmp_path / old.name
    ended.write_text(old.read_text().replace("from = 2022-08-24", "from = 2022-08-24\nuntil = 2026-12-31", 1))
    new = tmp_path / "schoolleiders-po-2027.toml"
    new.write_text(old.read_text().replace("from = 2022-08-24", "from = 2027-01-01", 1))

    async with world.means.database.reading() as session:
        same = [each async for each in affected(session, world.means.rules, with_files([]))]
        found = [each async for each in affected(session, world.means.rules, with_files([ended, new]))]

    assert same == []
    assert [(each.due_on, each.now, each.then) for each in found] == [
        ("2028-01-05", "schoolleiders-po-2022 v1", "schoolleiders-po-2027 v1")
    ]
    assert early != late
    with pytest.raises(BrokenRules, match="must be after the last day of schoolleiders-po-2022"):
        with_files([Path(new)])


@given(st.lists(st.integers(0, 400), min_size=5, max_size=60))
def test_a_forecast_lies_inside_what_was_seen(days):
    found = of_days(days, date(2025, 1, 6), date(2025, 1, 7))

    assert found is not None
    assert min(days) <= found.shortest_days <= found.median_days <= found.longest_days <= max(days)


def test_too_few_files_say_nothing_and_one_that_waits_long_has_no_day():
    assert of_days([10, 20, 30, 40], date(2025, 1, 6), date(2025, 1, 7)) is None
    assert of_days([10] * 5, date(2025, 1, 6), date(2025, 1, 16)).expected_on == date(2025, 1, 16)
    assert of_days([10] * 5, date(2025, 1, 6), date(2025, 1, 17)).expected_on is None


@given(st.uuids(), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 99))
def test_a_larger_sample_holds_the_smaller_one(id, day, percent):
    assert drawn(id, day, 100)
    assert not drawn(id, day, 0)
    assert not drawn(id, day, percent) or drawn(id, day, percent + 1)


def test_a_sample_of_ten_in_a_hundred_is_about_that():
    taken = sum(drawn(UUID(int=number), date(2026, 3, 2), 10) for number in range(5000))

    assert 400 < taken < 600
