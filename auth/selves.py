"""Who became one with whom: a person who was registered twice acts and is found under what they are now."""

from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from auth.models import Person
from core.db import AsyncSession


async def number_after_merge(session: AsyncSession, register_number: str) -> str | None:
    """Under which number somebody is found whose double had this one; None for a number that was not merged."""
    kept = aliased(Person)
    wanted = (
        select(kept.register_number)
        .join(Person, col(Person.merged_into) == kept.id)
        .where(Person.register_number == register_number, col(kept.hidden).is_(False))
    )
    return (await session.exec(wanted)).one_or_none()


async def numbers_after_merge(session: AsyncSession, numbers: Collection[str]) -> dict[str, str]:
    """Under which number each of these is found whose double had it; those that were not merged are left out."""
    kept = aliased(Person)
    wanted = (
        select(Person.register_number, kept.register_number)
        .join(kept, col(Person.merged_into) == kept.id)
        .where(col(Person.register_number).in_(list(numbers)), col(kept.hidden).is_(False))
    )
    return dict((await session.exec(wanted)).all())


@lru_cache(maxsize=512)
def one_with(person_id: UUID) -> sa.Select[tuple[UUID]]:
    """The ids of a person and of every double that became one with them, however long ago.

    Kept for a few hundred persons: it takes longer to build than to answer.
    """
    known = sa.select(col(Person.id)).where(col(Person.id) == person_id).cte(recursive=True)
    doubles = sa.select(col(Person.id)).where(col(Person.merged_into) == known.c.id)
    return sa.select(known.union(doubles).c.id)


async def kept_of(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """These persons, and whoever they became one with."""
    if not ids:
        return set()
    return {*ids, *await session.exec(_kept_of(), params={"ids": list(ids)})}


@cache
def _kept_of() -> SelectOfScalar[UUID]:
    start = sa.select(col(Person.id), col(Person.merged_into)).where(
        col(Person.id).in_(sa.bindparam("ids", expanding=True))
    )
    known = start.cte("kept_of", recursive=True)
    onward = sa.select(col(Person.id), col(Person.merged_into)).where(col(Person.id) == known.c.merged_into)
    return select(Person.id).where(col(Person.id).in_(sa.select(known.union(onward).c.id)))


async def merged_into(session: AsyncSession, person_id: UUID) -> Sequence[str]:
    """The register numbers of the doubles that became one with a person."""
    wanted = select(Person.register_number).where(Person.merged_into == person_id)
    return (await session.exec(wanted.order_by(col(Person.id)))).all()


async def former_selves(session: AsyncSession, persons: Collection[UUID]) -> dict[UUID, UUID]:
    """Under which other ids these persons acted before they were merged: each double, to who they are now."""
    now = {person: person for person in persons}
    doubles = set(now)
    while doubles:
        wanted = select(Person.id, Person.merged_into).where(col(Person.merged_into).in_(doubles))
        found = {double: now[into] for double, into in await session.exec(wanted) if into is not None}
        doubles = found.keys() - now.keys()
        now |= found
    return {double: kept for double, kept in now.items() if double not in persons}
