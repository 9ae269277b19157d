"""People who come from another system: many at once, and without an account until they first come."""

from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel, select

from auth import merged_persons
from auth.models import Account, Person
from core.store.bulk import Lean, lean
from core.store.db import AsyncSession
from core.store.work import Work

PERSON: type[SQLModel] = Person


class LeanPerson(Lean):
    """A person as plain values, who says the own name as the model does."""

    full_name = Person.full_name
    families = Person.families
    family_names = Person.family_names
    filed_as = Person.filed_as


def arriving(work: Work, details: Mapping[str, Any], register_number: str) -> Any:
    """A row for somebody who is new here."""
    return lean(Person, LeanPerson, **details, register_number=register_number, enrolled_at=work.now)


async def everybody(session: AsyncSession) -> AsyncIterator[tuple[UUID, UUID, str, str, str]]:
    """Id, who that is now, register number, e-mail address and salt of every person; a double is who was kept."""
    now = await merged_persons.merged(session)
    columns = select(Person.id, Person.register_number, Person.email, Person.salt)
    for id, number, email, salt in await session.exec(columns):
        yield id, now.get(id, id), number, email, salt


async def addresses(session: AsyncSession) -> Mapping[str, UUID]:
    """Whose account an address opens."""
    return dict((await session.exec(select(Account.email, Account.person_id))).all())


async def has_account(session: AsyncSession, person_id: UUID) -> bool:
    """Whether somebody has, or had, an account: from then on the details are theirs."""
    return (await session.exec(select(Account.id).where(Account.person_id == person_id))).first() is not None


async def by_numbers(session: AsyncSession, numbers: Collection[str]) -> Mapping[str, UUID]:
    """Who has these register numbers, those from before a merge too."""
    return {number: now async for _id, now, number, _email, _salt in everybody(session) if number in numbers}
