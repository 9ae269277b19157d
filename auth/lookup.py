"""The one look-up of people by id or number: whoever was merged is found as who was kept.

Merging itself and the trail name doubles on purpose; nobody else reads `person` by id or number.
"""

import secrets
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import col, select

from auth import numbers
from auth.merged_persons import kept, one_with
from auth.models import Person
from auth.policy import family_names
from core import names
from core.errors import NotFound
from core.records import filled
from core.store.db import AsyncSession
from core.store.drawing import drawn

NUMBERS_AT_ONCE = 5_000
"""Well within what either database binds in one statement."""


async def _one(session: AsyncSession, wanted: sa.ColumnElement[bool]) -> Person:
    found = await kept(session, (await session.exec(select(Person).where(wanted))).all())
    if not found:
        raise NotFound("no-such-person")
    return found[0]


async def free_number(session: AsyncSession) -> str:
    """A register number that nobody has, and nobody had before a merge."""
    return await drawn(session, col(Person.register_number), lambda: numbers.draw(secrets.randbelow))


async def person(session: AsyncSession, id: UUID) -> Person:
    """A person by id, one that they had before a merge too; NotFound("no-such-person")."""
    return await _one(session, col(Person.id) == id)


async def double(session: AsyncSession, register_number: str) -> Person:
    """Who stands under a number itself, merged or not: for merging. NotFound("no-such-person")."""
    wanted = select(Person).where(Person.register_number == numbers.bare(register_number))
    found = (await session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-person")
    return found


async def itself(session: AsyncSession, id: UUID) -> Person:
    """Who stands under an id itself, merged or not: for merging alone. NotFound("no-such-person")."""
    found = (await session.exec(select(Person).where(Person.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-person")
    return found


async def person_by_number(session: AsyncSession, register_number: str) -> Person:
    """A person by register number, one from before a merge too; NotFound("no-such-person")."""
    return await _one(session, col(Person.register_number) == numbers.bare(register_number))


async def persons(session: AsyncSession, ids: Collection[UUID]) -> Sequence[Person]:
    """A few persons by id; who was merged, as who was kept."""
    return await kept(session, (await session.exec(select(Person).where(col(Person.id).in_(list(ids))))).all())


async def by_id(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Who each of these ids stands for now."""
    rows = (await session.exec(select(Person).where(col(Person.id).in_(list(ids))))).all()
    return {row.id: (await kept(session, [row]))[0] if row.merged_into else row for row in rows}


async def addresses_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The e-mail addresses of persons, for messages."""
    return {id: person.email for id, person in (await by_id(session, ids)).items()}


async def numbers_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The register numbers of persons, for a report that names nobody."""
    return {id: person.register_number for id, person in (await by_id(session, ids)).items()}


async def person_named(session: AsyncSession, register_number: str, family_name: str) -> Person:
    """A person by number and family name, both right; NotFound("no-such-person") tells not which was wrong."""
    asked = await double(session, register_number)
    found = (await kept(session, [asked]))[0]
    own = [name for row in (found, asked) for name in (row.families() if row.family_names() else [row.given_name])]
    if not names.agree(family_name, *own):
        raise NotFound("no-such-person")
    return found


async def names_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of a few persons, for a page that may show them."""
    return {id: person.full_name() for id, person in (await by_id(session, ids)).items()}


async def faces_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and register number of a few persons, for who may see them."""
    found = await by_id(session, ids)
    return {id: (person.full_name(), person.register_number) for id, person in found.items()}


class Addressee(msgspec.Struct, frozen=True):
    """To whom a letter goes, and whether it may come by the message box."""

    id: UUID
    name: str
    address: str
    postcode: str
    town: str
    country: str
    lines: tuple[str, ...]
    """The address as it stands on a letter."""
    email: str
    message_box: bool
    deceased: bool


async def addressees(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Addressee]:
    """Where letters to a few persons go."""
    return {id: _addressee(person) for id, person in (await by_id(session, ids)).items()}


async def addressee(session: AsyncSession, id: UUID) -> Addressee:
    """Where letters to a person go; NotFound("no-such-person")."""
    return _addressee(await person(session, id))


def _addressee(row: Person) -> Addressee:
    return filled(
        Addressee,
        row,
        name=row.full_name(),
        country=row.lives_in(),
        lines=row.postal_lines(),
        deceased=row.deceased_on is not None,
    )


class Named(NamedTuple):
    """Whose a register number is."""

    id: UUID
    register_number: str
    given_name: str
    families: tuple[str, ...]
    """Each family name that they bear, alone and together."""
    numbers: frozenset[str]
    """Their register number, and those from before a merge."""
    name: str


async def by_numbers(session: AsyncSession, register_numbers: Collection[str]) -> dict[str, Named]:
    """Whose these register numbers are, also those from before a merge; thousands at once."""
    found: dict[str, Named] = {}
    asked = sorted(register_numbers)
    columns: Any = [col(getattr(Person, one)) for one in ("register_number", "merged_into", *_NAMED)]
    connection = await session.connection()
    for at in range(0, len(asked), NUMBERS_AT_ONCE):
        some = asked[at : at + NUMBERS_AT_ONCE]
        merged: dict[str, UUID] = {}
        for row in await connection.execute(sa.select(*columns).where(col(Person.register_number).in_(some))):
            if row.merged_into:
                merged[row.register_number] = row.id
            else:
                found[row.register_number] = _named(row, frozenset([row.register_number]))
        now = await by_id(session, merged.values())
        found |= {number: _named(now[id], frozenset([now[id].register_number])) for number, id in merged.items()}
    return found


_NAMED = ("id", "given_name", "prefix", "family_name", "partner_prefix", "partner_family_name", "name_order")


def _named(row: Any, numbers: frozenset[str]) -> Named:
    own, partner = (row.prefix, row.family_name), (row.partner_prefix, row.partner_family_name)
    families = family_names(row.name_order, *own, *partner)
    shown = names.joined(row.given_name, families[-1])
    return Named(row.id, row.register_number, row.given_name, families, numbers, shown)


async def named(session: AsyncSession, id: UUID) -> Named:
    """Number and name of a person; NotFound("no-such-person")."""
    found = await person(session, id)
    doubles = await session.exec(select(Person.register_number).where(col(Person.id).in_(one_with(found.id))))
    return _named(found, frozenset(doubles))
