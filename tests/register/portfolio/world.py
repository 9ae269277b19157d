"""A small world for portfolios: the means on a database, people, entries in the register, evidence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

from auth.actor import SYSTEM, Actor
from auth.models import Person
from auth.permissions import Role
from core.clock import FixedClock
from core.settings import from_environment
from core.store.audit import verify_chains, verify_rows
from core.store.files import made_here
from core.store.work import Means, Work
from register.entries.models import Registration
from register.entries.policy import Register, Status
from register.migrations import upgrade
from register.portfolio import service
from register.portfolio.models import PortfolioEntry
from register.portfolio.policy import EntryKind
from register.portfolio.schemas import NewEntry, NewValuation
from register.seed.documents import certificate
from register.service.context import open_means

PDF = certificate("Bewijs")
NUMBERS = count(1)


class World:
    """Means with a clock that a test sets, and who acts in it."""

    def __init__(self, means: Means, clock: FixedClock) -> None:
        self.means, self.clock = means, clock

    def on(self, day: date) -> None:
        self.clock.at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)

    async def person(self, *roles: Role) -> Actor:
        """Somebody who holds these roles."""
        async with self.means.work(SYSTEM) as work:
            person = Person(
                register_number=f"{next(NUMBERS):08d}",
                given_name="Anna",
                family_name="Bakker",
                address="Dorpsstraat 1",
                postcode="1234AB",
                town="Ons Dorp",
                email="anna@voorbeeld.nl",
                telephone="0201234567",
                message_box=True,
                enrolled_at=work.now,
            )
            work.add(person)
            work.log("person:enrol", person)
        return Actor.of(person.id, uuid4(), uuid4(), frozenset(roles or (Role.PROFESSIONAL,)), second_factor=True)

    async def registered(
        self, who: Actor, began_on: date, due_on: date, register: Register = Register.LEADERS_PO
    ) -> UUID:
        """An entry in the register with a running period; its id."""
        async with self.means.work(SYSTEM) as work:
            row = Registration(
                person_id=who.person_id,
                register_code=register,
                status=Status.REGISTERED,
                level=None if register is Register.TEACHERS else "niveau-2",
                registered_on=began_on,
                period_began_on=began_on,
                due_on=due_on,
            )
            work.add(row)
            await work.flush()
            work.log("registration:grant", row)
            await service.open_period(work, row, began_on, due_on)
        return row.id

    async def handed_in(
        self, who: Actor, done_on: date, register: Register = Register.LEADERS_PO, **facts: object
    ) -> UUID:
        """An entry with evidence that was handed in; its id."""
        facts = {"kind": EntryKind.COURSE, "title": f"Rekenen {uuid4().hex[:6]}", **facts}
        new = NewEntry(register_code=register, done_on=done_on, **facts)
        async with self.means.work(who) as work:
            entry = await service.add_entry(work, new)
            await service.attach_evidence(work, entry.id, made_here("bewijs.pdf", PDF + f"% {entry.id}\n".encode()))
            await service.submit_entry(work, entry.id)
        return entry.id

    async def valued(self, assessor: Actor, entry_id: UUID, points: int) -> UUID:
        """Accepted for so many points; the id of the decision."""
        async with self.means.work(assessor) as work:
            _, decision = await service.value_entry(work, entry_id, NewValuation(points=points, reasons="Goed werk."))
        return decision.id

    async def accepted(self, who: Actor, assessor: Actor, done_on: date, points: int) -> UUID:
        """An entry of a leader, handed in and valued."""
        entry_id = await self.handed_in(who, done_on)
        await self.valued(assessor, entry_id, points)
        return entry_id

    async def entry(self, id: UUID) -> PortfolioEntry:
        async with self.reading() as work:
            return await work.session.get_one(PortfolioEntry, id)

    @asynccontextmanager
    async def reading(self, who: Actor | None = None) -> AsyncIterator[Work]:
        async with self.means.work(who or SYSTEM, write=False) as work:
            yield work

    async def require_sound_trail(self) -> None:
        """No row changed without a line, and no line was changed."""
        async with self.means.database.writing() as session:  # a stream of rows wants a transaction
            flaws = [str(found) async for found in verify_chains(session)]
            flaws += [str(found) async for found in verify_rows(session)]
        assert flaws == [], flaws


@asynccontextmanager
async def world_on(url: str, folder: Path, today: date = date(2025, 6, 20)) -> AsyncIterator[World]:
    """The world on a migrated database."""
    await upgrade(url)
    clock = FixedClock(datetime(today.year, today.month, today.day, 11, tzinfo=UTC))
    means = open_means(
        from_environment({"BEKWAAM_DATABASE_URL": url, "BEKWAAM_FOLDER": str(folder)}),
        clock,
    )
    try:
        yield World(means, clock)
    finally:
        await means.database.close()
