"""Fifty portfolios on each database, lived through in any order; the books hold at the end and along the way."""

import random
from datetime import date

import pytest

from auth.permissions import Role
from core.decisions import Verdict
from core.errors import Refused
from core.law.days import add_days, add_years
from register.entries.models import Registration
from register.entries.policy import Register
from register.portfolio import queries, service
from register.portfolio.ledger import Amount, balances, period_of, total
from register.portfolio.policy import COUNTING, EntryState
from register.portfolio.schemas import NewValuation
from tests.register.portfolio.world import World, world_on
from tests.register.renewal.renewing import applied, decided

BEGAN, DUE = date(2020, 2, 1), date(2025, 2, 1)
TODAY = date(2044, 1, 1)  # later than whatever happens


class Life:
    """One portfolio and what happens to it."""

    def __init__(self, world: World, who, assessor, registration_id, chance: random.Random) -> None:
        self.world, self.who, self.assessor, self.registration_id = world, who, assessor, registration_id
        self.chance = chance
        self.entries: list = []
        self.lines: list = []

    async def step(self) -> None:
        deeds = [self.enter, self.enter, self.value, self.value, self.correct, self.withdraw, self.renew]
        try:
            await self.chance.choice(deeds)()
        except Refused as refused:
            if refused.code not in {"wrong-state", "outside-period"}:
                raise
        await self.require_sound_books()

    async def enter(self) -> None:
        self.entries.append(await self.world.handed_in(self.who, add_days(BEGAN, self.chance.randint(-100, 4000))))

    async def value(self) -> None:
        if self.entries:
            await self.world.valued(self.assessor, self.chance.choice(self.entries), self.chance.randint(1, 100))

    async def correct(self) -> None:
        if self.entries:
            none = NewValuation(points=0, reasons="Nee.", grounds=["not-attended"], repair="Stuur het certificaat.")
            some = NewValuation(points=self.chance.randint(1, 100), reasons="Opnieuw bekeken.")
            async with self.world.means.work(self.assessor) as work:
                await service.correct_valuation(
                    work, self.chance.choice(self.entries), self.chance.choice([none, some])
                )

    async def withdraw(self) -> None:
        if self.entries:
            async with self.world.means.work(self.who) as work:
                await service.withdraw_entry(work, self.chance.choice(self.entries))

    async def renew(self) -> None:
        async with self.world.reading() as work:
            due_on = (await work.session.get_one(Registration, self.registration_id)).due_on
        decided_on = add_days(due_on, self.chance.randint(-200, 180))
        next_due_on = add_years(due_on, self.chance.randint(3, 7))
        if next_due_on.year < 2044:
            application_id = await applied(self.world, self.registration_id)
            await decided(self.world, application_id, Verdict.GRANTED, next_due_on, decided_on=decided_on)

    async def require_sound_books(self) -> None:
        async with self.world.reading(self.who) as work:
            found = await queries.own_portfolio(work, Register.LEADERS_PO)
        periods = [row.period() for row in found.periods]
        lines = [row.booking() for row in found.lines]
        counting = [each for each in found.entries.values() if each.state in COUNTING]
        inside = [each for each in counting if period_of(each.done_on, periods)]

        assert sum((total(lines, one.id) for one in periods), Amount()) == sum((e.worth() for e in inside), Amount())
        assert all(len(by_period) <= 1 for by_period in balances(lines).values())
        assert lines[: len(self.lines)] == self.lines
        consumed = [each for each in found.entries.values() if each.state is EntryState.CONSUMED]
        running = found.running.id
        assert all(period_of(each.done_on, periods).id != running for each in consumed)
        self.lines = lines


@pytest.mark.thorough
async def test_whatever_happens_the_books_hold(database_url, tmp_path):
    async with world_on(database_url, tmp_path, TODAY) as world:
        assessor = await world.person(Role.ASSESSOR)
        for seed in range(50):
            who = await world.person()
            registration_id = await world.registered(who, BEGAN, DUE)
            life = Life(world, who, assessor, registration_id, random.Random(seed))
            for _ in range(10):
                await life.step()
        await world.require_sound_trail()
