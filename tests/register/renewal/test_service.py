"""Renewals through the services, on both databases."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from auth.actor import SYSTEM
from auth.permissions import Role
from core.decisions import Verdict
from core.errors import Refused
from register.applications.renewal import api
from register.applications.renewal import service as renewal
from register.entries.entry import move
from register.entries.models import Application
from register.entries.policy import ApplicationState, Event, Register, Status
from register.portfolio import queries
from register.portfolio import service as portfolio
from register.portfolio.policy import EntryState
from register.portfolio.schemas import NewValuation
from register.portfolio.views import portfolio_view
from register.rules.assessment.answer import Outcome
from register.rules.assessment.facts import Sector
from tests.register.portfolio.world import world_on
from tests.register.renewal.renewing import applied, as_assessed, assessed, decided, passed_due_date, registration

BEGAN, DUE = date(2020, 10, 1), date(2025, 10, 1)
DECIDED = date(2025, 8, 20)
DAY = date(2024, 5, 1)


@pytest.fixture
async def world(database_url, tmp_path):
    async with world_on(database_url, tmp_path, DECIDED) as made:
        yield made


@pytest.fixture
async def assessor(world):
    return await world.person(Role.ASSESSOR)


async def leader(world, began_on=BEGAN, due_on=DUE):
    who = await world.person()
    return who, await world.registered(who, began_on, due_on)


async def what_if(world, who, register=Register.LEADERS_PO):
    async with world.reading(who) as work:
        return await renewal.what_if(work, register)


async def view(world, who):
    async with world.reading(who) as work:
        found = await queries.own_portfolio(work, Register.LEADERS_PO)
        return portfolio_view(found, queries.rules_of(work, found))


YEARS = {60: 2028, 79: 2028, 80: 2029, 99: 2029, 100: 2030, 119: 2030, 120: 2031, 139: 2031, 140: 2032, 175: 2032}
LADDER = {59: None, **YEARS}


async def test_the_points_of_the_portfolio_set_the_next_due_date(world, assessor):
    """C-07, each value of it."""
    for points, year in LADDER.items():
        who, registration_id = await leader(world)
        for part in (min(points, 100), points - 100):
            if part > 0:
                await world.accepted(who, assessor, DAY, part)
        application_id = await applied(world, registration_id)

        foreseen = await what_if(world, who)
        answer, _ = await as_assessed(world, application_id)

        after = await registration(world, registration_id)
        assert foreseen.assessment.due_on == answer.due_on
        assert after.due_on == (date(year, 10, 1) if year else DUE), points
        shorter = year and year < 2030
        expected = Outcome.REFUSED if year is None else Outcome.GRANTED_SHORTER if shorter else Outcome.GRANTED
        assert answer.outcome is expected, points
        assert after.status is Status.REGISTERED


async def test_a_late_renewal_counts_from_the_old_due_date_and_takes_in_what_was_done_meanwhile(world, assessor):
    """C-08: due 1 Feb 2025, granted on 20 Jun 2025 with 104 points, of which 24 were earned while conditional."""
    who, registration_id = await leader(world, date(2020, 2, 1), date(2025, 2, 1))
    world.on(date(2025, 2, 2))
    await passed_due_date(world, registration_id)
    world.on(date(2025, 6, 20))
    await world.accepted(who, assessor, DAY, 80)
    await world.accepted(who, assessor, date(2025, 5, 10), 24)

    answer, decision = await as_assessed(world, await applied(world, registration_id))

    assert answer.outcome is Outcome.GRANTED
    conditional = next(step for step in answer.explanation if step.code == "conditional")
    assert (conditional.from_on, conditional.to_on) == (date(2025, 2, 2), date(2025, 6, 20))
    after = await registration(world, registration_id)
    assert (after.status, after.due_on) == (Status.REGISTERED, date(2030, 2, 1))
    assert (after.period_began_on, after.decision_id) == (date(2025, 2, 1), decision.id)
    closed, running = (await view(world, who)).periods
    assert (closed.counts_until, closed.points, closed.closed_by) == (date(2025, 6, 20), 104, decision.id)
    assert (running.began_on, running.counts_from, running.due_on) == (
        date(2025, 2, 1),
        date(2025, 6, 21),
        date(2030, 2, 1),
    )
    await world.require_sound_trail()


async def test_a_renewal_uses_up_what_counted_and_surplus_does_not_come_along(world, assessor):
    who, registration_id = await leader(world)
    entries = [await world.accepted(who, assessor, DAY, 100) for _ in range(2)]

    await as_assessed(world, await applied(world, registration_id))

    assert [(await world.entry(id)).state for id in entries] == [EntryState.CONSUMED] * 2
    foreseen = await what_if(world, who)
    assert foreseen.assessment.outcome is Outcome.REFUSED
    assert [(each.line, each.code) for each in foreseen.readings] == [(None, "period-closed")] * 2
    async with world.means.work(who) as work:
        with pytest.raises(Refused, match="wrong-state"):
            await portfolio.withdraw_entry(work, entries[0])


async def test_a_credit_that_is_accepted_after_the_renewal_stays_with_the_period_of_its_day(world, assessor):
    who, registration_id = await leader(world)
    await world.accepted(who, assessor, DAY, 100)
    late = await world.handed_in(who, date(2025, 8, 1))
    await as_assessed(world, await applied(world, registration_id))

    await world.valued(assessor, late, 50)

    assert [period.points for period in (await view(world, who)).periods] == [150, 0]
    assert (await world.entry(late)).state is EntryState.ACCEPTED


async def test_what_was_done_between_decision_and_letter_moves_to_the_next_period(world, assessor):
    """Decided on 20 October, made known on the 30th: the points of the 25th are not of the period that was renewed."""
    who, registration_id = await leader(world)
    await world.accepted(who, assessor, DAY, 100)
    world.on(date(2025, 10, 30))
    await passed_due_date(world, registration_id)
    meanwhile = await world.accepted(who, assessor, date(2025, 10, 25), 30)

    application_id = await applied(world, registration_id)
    await decided(world, application_id, Verdict.GRANTED, date(2030, 10, 1), decided_on=date(2025, 10, 20))

    found = await view(world, who)
    assert [period.points for period in found.periods] == [100, 30]
    assert [(line.cause, line.points) for line in found.ledger if line.entry_id == meanwhile] == [
        ("booked", 30),
        ("reversed", -30),
        ("booked", 30),
    ]
    await world.require_sound_trail()


async def test_a_refusal_leaves_the_entry_and_the_points_as_they_are(world, assessor):
    who, registration_id = await leader(world)
    entry_id = await world.accepted(who, assessor, DAY, 59)
    application_id = await applied(world, registration_id)

    answer, _ = await as_assessed(world, application_id)

    assert answer.grounds == ("points-short",)
    after = await registration(world, registration_id)
    assert (after.status, after.due_on, after.decision_id) == (Status.REGISTERED, DUE, None)
    assert (await world.entry(entry_id)).state is EntryState.ACCEPTED
    async with world.reading() as work:
        assert (await work.session.get_one(Application, application_id)).state is ApplicationState.NOTIFIED


async def test_a_refusal_that_is_replaced_after_a_lapse_renews_from_the_old_due_date(world, assessor):
    """Retroactive repair: the register shows no gap."""
    who, registration_id = await leader(world)
    await world.accepted(who, assessor, DAY, 100)
    application_id = await applied(world, registration_id)
    refused = await decided(world, application_id, Verdict.REFUSED, None)
    world.on(date(2026, 5, 1))
    await passed_due_date(world, registration_id)
    async with world.means.work(SYSTEM) as work:
        row = await queries.registrations.registration(work, registration_id)
        await move(work, row, Event.LAPSE)

    await decided(world, application_id, Verdict.GRANTED, date(2030, 10, 1), replaces=refused)

    after = await registration(world, registration_id)
    assert (after.status, after.period_began_on, after.due_on) == (Status.REGISTERED, DUE, date(2030, 10, 1))


async def test_a_better_grant_that_replaces_an_earlier_one_moves_the_end_and_closes_nothing_anew(world, assessor):
    who, registration_id = await leader(world)
    await world.accepted(who, assessor, DAY, 60)
    application_id = await applied(world, registration_id)
    _, shorter = await as_assessed(world, application_id)

    better = await decided(world, application_id, Verdict.GRANTED, date(2030, 10, 1), replaces=shorter)

    after = await registration(world, registration_id)
    assert (after.period_began_on, after.due_on, after.decision_id) == (DUE, date(2030, 10, 1), better.id)
    closed, running = (await view(world, who)).periods
    assert (closed.closed_by, closed.counts_until, running.due_on) == (better.id, DUE, date(2030, 10, 1))


async def test_what_a_portfolio_would_give_is_told_line_by_line(world, assessor):
    who, _ = await leader(world)
    counted = await world.accepted(who, assessor, DAY, 75)
    waiting = await world.handed_in(who, date(2025, 1, 1))

    found = await what_if(world, who)

    assert (found.assessment.outcome, found.assessment.due_on) == (Outcome.GRANTED_SHORTER, date(2028, 10, 1))
    told = {each.entry.id: (each.line.points if each.line else 0, each.code) for each in found.readings}
    assert told == {counted: (75, None), waiting: (0, "under-valuation")}
    assert [(rung.points, rung.due_on.year, rung.short) for rung in found.ladder] == [
        (60, 2028, 0),
        (80, 2029, 5),
        (100, 2030, 25),
        (120, 2031, 45),
        (140, 2032, 65),
    ]
    shown = api.view(Register.LEADERS_PO, found)
    assert [(line.counts, line.code) for line in shown.lines] == [(True, None), (False, "under-valuation")]


async def test_before_there_is_a_period_there_is_nothing_to_renew(world):
    who = await world.person()
    registration_id = await world.registered(who, BEGAN, DUE)
    async with world.means.work(SYSTEM) as work:
        for row in await queries.periods_of(work, registration_id):
            await work.session.delete(row)
            work.log("period:remove", row)

    with pytest.raises(Refused, match="not-in-register"):
        await what_if(world, who)


async def test_a_teacher_is_told_what_the_hours_lack_although_working_hours_are_not_stated(world):
    who = await world.person()
    registration_id = await world.registered(who, date(2021, 10, 1), DUE, Register.TEACHERS)
    for hours, category in ((60, "SUBJECT"), (40, "PEDAGOGIC"), (59, "SCHOOL_DEVELOPMENT")):
        await world.handed_in(who, DAY, Register.TEACHERS, hours=Decimal(hours), category=category)

    found = await what_if(world, who, Register.TEACHERS)

    assert found.assessment.outcome is Outcome.REFUSED
    assert found.assessment.missing == ("qualifications",)
    assert "hours-short" in found.assessment.grounds
    assert [each.line.hours for each in found.readings] == [60, 40, 59]

    await world.handed_in(who, DAY, Register.TEACHERS, hours=Decimal(1), category="SUBJECT")
    stated = [{"name": "pabo", "work_hours": 1328}]
    application_id = await applied(world, registration_id, sector=Sector.PO, qualifications=stated)
    assert (await assessed(world, application_id)).due_on == date(2029, 10, 1)


async def test_the_number_of_queries_does_not_grow_with_the_portfolio(world, assessor):
    who, _ = await leader(world)

    async def queries_of_a_look() -> int:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        engine = world.means.database.reads.sync_engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            await view(world, who)
            await what_if(world, who)
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    await world.accepted(who, assessor, DAY, 10)
    one = await queries_of_a_look()
    for _ in range(5):
        await world.accepted(who, assessor, DAY, 10)

    assert await queries_of_a_look() == one


async def test_a_correction_of_what_a_renewal_used_stays_with_that_period(world, assessor):
    who, registration_id = await leader(world)
    entry_id = await world.accepted(who, assessor, DAY, 60)
    await as_assessed(world, await applied(world, registration_id))

    async with world.means.work(assessor) as work:
        await portfolio.correct_valuation(work, entry_id, NewValuation(points=90, reasons="Meer dan gedacht."))

    assert (await world.entry(entry_id)).state is EntryState.CONSUMED
    assert [period.points for period in (await view(world, who)).periods] == [90, 0]
