"""What is known here already when a file of another system comes in: in a few queries, for all of its lines."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth import arrivals
from core.fields import address_key
from core.store.work import Work
from register.entries.models import Registration
from register.entries.policy import Register
from register.office.imports.models import TakenOver
from register.schools.models import Board, Location

Key = tuple[str, Register]


@dataclass
class Known:
    """Who and what is here; lines of the file add to it as they are stored."""

    taken: dict[Key, TakenOver] = field(default_factory=dict)
    salts: dict[UUID, str] = field(default_factory=dict)
    now: dict[UUID, UUID] = field(default_factory=dict)
    """Who each person is now: a double, who was kept."""
    people: dict[str, UUID] = field(default_factory=dict)
    """By our register number."""
    numbers: dict[str, UUID] = field(default_factory=dict)
    """By the number in the other system."""
    addresses: dict[str, UUID] = field(default_factory=dict)
    entries: set[tuple[UUID, Register]] = field(default_factory=set)
    boards: dict[str, str] = field(default_factory=dict)
    locations: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and town of each school."""


async def known_here(work: Work, source: str) -> Known:
    """Everything that the lines of a source are held against."""
    found = Known()
    async for id, now, number, email, salt in arrivals.everybody(work.session):
        found.people[number] = found.now[id] = now
        found.addresses[address_key(email)] = now
        found.salts[id] = salt
    for row in await work.session.exec(select(TakenOver).where(TakenOver.source == source)):
        found.taken[row.source_number, row.register_code] = row
        found.numbers[row.source_number] = found.now[row.person_id]
    found.addresses |= await arrivals.addresses(work.session)
    entries = await work.session.exec(select(Registration.person_id, Registration.register_code))
    found.entries = {(person, Register(register)) for person, register in entries}
    for number, name in await work.session.exec(select(Board.number, Board.name)):
        found.boards[number] = name or number
    town = sa.func.coalesce(sa.func.nullif(col(Location.town), ""), col(Location.municipality), "")
    places: Any = sa.select(col(Location.code), col(Location.name), town)
    for code, name, where in await (await work.session.connection()).execute(places):
        found.locations[code] = (name, where)
    return found
