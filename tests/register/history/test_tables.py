"""Random histories, written through the machine into the real tables: what they say equals a naive replay."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.actor import SYSTEM
from auth.queries import person
from core.clock import AMSTERDAM
from core.errors import NotFound
from core.store.work import Work
from register.entries.entry import REGISTERED_NOW, keep, move, show
from register.entries.extracts.codes import Reference
from register.entries.extracts.policy import Scope
from register.entries.extracts.service import Subject, told
from register.entries.history import service
from register.entries.models import Registration
from register.entries.policy import REGISTRATION, Event, Register
from register.office.statistics.queries import counts_on
from tests.register.portfolio.world import World, world_on

START = date(2024, 1, 1)
SPAN = 20
DAYS = [START + timedelta(days=n) for n in range(SPAN)]
SHOWN = {"in-training", "registered", "postponed", "conditional", "lapsed"}
ENDED = {Event.DEREGISTER}


@dataclass(frozen=True)
class Deed:
    """One move: how long after the one before, how many days back it works, and which of the open moves it is."""

    hours: int
    back: int
    move: int
    level: str


deeds = st.lists(
    st.builds(
        Deed,
        st.integers(0, 60),
        st.sampled_from([0, 0, 1, 5, 12]),
        st.integers(0, 99),
        st.sampled_from(["niveau-1", "niveau-2", "master"]),
    ),
    max_size=7,
)
asked = st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)), min_size=4, max_size=8)


class Naive:
    """A calendar for each line that was written: day by day, overwritten in the order of writing."""

    def __init__(self) -> None:
        self.written: list[tuple[datetime, date, tuple[Any, ...]]] = []

    def write(self, at: datetime, holds_from: date, row: Registration) -> None:
        self.written.append((at, holds_from, (row.status.value, row.level, row.due_on)))

    def public(self, on: date) -> bool:
        """Who is public on a day (Choices): the enrolled only after they were in training, registered, or beyond it."""
        now = self.says(on, DAYS[-1])
        been = any(says[0] in SHOWN for _at, holds_from, says in self.written if holds_from <= on)
        return now is not None and (now[0] in SHOWN or (been and now[0] in {"enrolled", "application-open"}))

    def says(self, on: date, known_on: date) -> tuple[Any, ...] | None:
        calendar: dict[date, tuple[Any, ...]] = {}
        for at, holds_from, says in self.written:
            if at.astimezone(AMSTERDAM).date() <= known_on:
                calendar.update({day: says for day in DAYS if day >= holds_from})
        return calendar.get(on)


async def live(world: World, history: list[Deed]) -> tuple[Registration, Naive]:
    """Enrol on the first day, and let one move follow on another."""
    naive = Naive()
    world.clock.at = datetime.combine(START, time(9), UTC)
    who = await world.person()

    async def enrol(work: Work) -> Registration:
        row = Registration(person_id=who.person_id, register_code=Register.LEADERS_PO)
        work.add(row)
        await work.flush()
        work.log("registration:enrol", row)
        await keep(work, [(row, work.today)], "enrol")
        await show(work, row)
        naive.write(work.now, work.today, row)
        return row

    row = await world.means.do(SYSTEM, enrol)
    for deed in history:
        world.clock.at += timedelta(hours=deed.hours)
        row = await world.means.do(SYSTEM, partial(one_move, id=row.id, deed=deed, naive=naive))
    world.clock.at = datetime.combine(DAYS[-1], time(23), UTC)
    return row, naive


async def one_move(work: Work, id: Any, deed: Deed, naive: Naive) -> Registration:
    row = await work.session.get_one(Registration, id)
    may = sorted({Event(each) for each in REGISTRATION.open(row.status)} - ENDED)
    if may:
        day = max(START, work.today - timedelta(days=deed.back))
        due_on = date(2029, 1, 1) + timedelta(days=deed.move)
        await move(work, row, may[deed.move % len(may)], holds_from=day, level=deed.level, due_on=due_on)
        naive.write(work.now, day, row)
    return row


async def hold(world: World, history: list[Deed], questions: list[tuple[date, date]]) -> None:
    row, naive = await live(world, history)
    async with world.reading() as work:
        holder = await person(work.session, row.person_id)
        for on, known_on in questions:
            found = (await service.standing(work, row.id, on, known_on)).standing
            must = naive.says(on, known_on)
            assert (found and (found.status, found.level, found.due_on)) == must

            end = service.end_of(known_on).replace(microsecond=0)
            reference = Reference(Scope.OWN, holder.register_number, on, end)
            said = await told(work, Subject(holder.id, holder.register_number, holder.full_name()), reference)
            assert [(each.status, each.level, each.due_on) for each in said.own] == ([must] if must else [])

            if not naive.public(DAYS[-1]):
                with pytest.raises(NotFound):
                    await service.public_standings(work, holder.register_number, on)
                continue
            now = naive.says(on, DAYS[-1])
            public = await service.public_standings(work, holder.register_number, on)
            expected = [(now[0], now[0] in REGISTERED_NOW, now[1])] if now and naive.public(on) else []
            assert [(each.status, each.registered, each.level) for each in public] == expected


def test_as_of_any_day_the_tables_say_what_a_naive_replay_says(database_url, tmp_path):
    with asyncio.Runner() as runner:
        opened = world_on(database_url, tmp_path, START)
        world = runner.run(opened.__aenter__())

        @settings(max_examples=12)
        @given(deeds, asked)
        def each(history: list[Deed], questions: list[tuple[date, date]]) -> None:
            runner.run(hold(world, history, questions))

        try:
            each()
        finally:
            runner.run(opened.__aexit__(None, None, None))


async def test_the_figures_of_a_day_count_each_entry_where_a_naive_replay_has_it(database_url, tmp_path):
    histories = [
        [Deed(30, 0, 0, "niveau-1"), Deed(30, 5, 1, "niveau-2"), Deed(48, 1, 3, "master")],
        [Deed(10, 0, 0, "niveau-2"), Deed(10, 0, 0, "niveau-2")],
        [],
    ]
    async with world_on(database_url, tmp_path, START) as world:
        lived = [(await live(world, each))[1] for each in histories]
        async with world.reading() as work:
            for on, known_on in [(DAYS[0], DAYS[0]), (DAYS[1], DAYS[-1]), (DAYS[3], DAYS[2]), (DAYS[-1], DAYS[-1])]:
                counts = await counts_on(work, on, service.end_of(known_on))
                found = sorted((each.status, each.level) for each in counts for _ in range(each.number or 0))
                must = [says[:2] for naive in lived if (says := naive.says(on, known_on))]
                assert sorted(found, key=str) == sorted(must, key=str)
