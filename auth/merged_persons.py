"""Who became one with whom: a person who was registered twice acts and is found under what they are now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from auth.models import Account, AccountState, Person, RoleGrant
from core.store.db import AsyncSession


async def kept(session: AsyncSession, found: Iterable[Person]) -> list[Person]:
    """Each person as who they are now: in the place of a double stands who was kept, once.

    Every look-up of people by id or number goes through here; merging itself and the trail name doubles on purpose.
    """
    row_of: dict[UUID, Person] = {}
    ahead = list(found)
    order = [row.id for row in ahead]
    while ahead:
        row_of |= {row.id: row for row in ahead}
        into = {row.merged_into for row in ahead if row.merged_into} - row_of.keys()
        ahead = list((await session.exec(select(Person).where(col(Person.id).in_(into)))).all()) if into else []
    now: dict[UUID, Person] = {}
    for id in order:
        row = row_of[id]
        while row.merged_into:
            row = row_of[row.merged_into]
        now[row.id] = row
    return list(now.values())


async def merged(session: AsyncSession) -> dict[UUID, UUID]:
    """Every id that was merged, and who stands for it now."""
    wanted = select(Person.id, Person.merged_into).where(col(Person.merged_into).is_not(None))
    into = {double: other for double, other in await session.exec(wanted) if other is not None}
    return {double: _last(into, double) for double in into}


def _last(into: Mapping[UUID, UUID], id: UUID) -> UUID:
    while id in into:
        id = into[id]
    return id


async def number_after_merge(session: AsyncSession, register_number: str) -> str | None:
    """Under which number somebody is found whose double had this one; None for a number that was not merged."""
    return (await numbers_after_merge(session, [register_number])).get(register_number)


async def numbers_after_merge(session: AsyncSession, numbers: Collection[str]) -> dict[str, str]:
    """Under which number each of these is found whose double had it; not those of who is hidden or was not merged."""
    doubles = col(Person.merged_into).is_not(None)
    rows = (await session.exec(select(Person).where(col(Person.register_number).in_(list(numbers)), doubles))).all()
    found: dict[str, str] = {}
    for row in rows:
        (now,) = await kept(session, [row])
        if not now.hidden:
            found[row.register_number] = now.register_number
    return found


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


async def rights_of_doubles(session: AsyncSession, doubles: Iterable[UUID]) -> list[tuple[str, str]]:
    """What still opens something for a double, as findings: an account that is not closed, a role that runs."""
    ids = list(doubles)
    ways_in = select(Account.id).where(col(Account.person_id).in_(ids), Account.state == AccountState.ACTIVE)
    running = select(RoleGrant.id).where(col(RoleGrant.person_id).in_(ids), col(RoleGrant.until_on).is_(None))
    return [
        *[("double-has-account", f"account/{id}") for id in await session.exec(ways_in)],
        *[("double-has-role", f"role_grant/{id}") for id in await session.exec(running)],
    ]
