"""What the public and the office find people by, derived anew and held against what is stored."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import SQLModel, and_, col, select

from auth.models import Person, PersonWord
from core.store.audit import Finding
from core.store.db import AsyncSession
from register.entries.models import PublicEntry, PublicWord, Registration

M = TypeVar("M", bound=SQLModel)
AT_ONCE = 500


async def word_index(session: AsyncSession) -> AsyncIterator[Finding]:
    """Each person and each public entry is found by its own words, and by no others."""
    word, shown = PersonWord.__table__, PublicWord.__table__  # type: ignore[attr-defined]
    async for people in _pages(session, Person, (col(Person.id),)):
        stored = await _words(session, word, [word.c.person_id], [(row.id,) for row in people])
        for row in people:
            if stored[(row.id,)] != {values["word"] for _, values in Person.index_rows(row)}:
                yield Finding("name-index-differs", f"person/{row.id}")
    key = (col(PublicEntry.register_number), col(PublicEntry.register_code))
    async for entries in _pages(session, PublicEntry, key):
        places = [(row.register_number, row.register_code) for row in entries]
        stored = await _words(session, shown, [shown.c.register_number, shown.c.register_code], places)
        for face in entries:
            must = {values["word"] for table, values in PublicEntry.index_rows(face) if table is shown}
            if stored[(face.register_number, face.register_code)] != must:
                yield Finding("name-index-differs", f"public_entry/{face.register_number}/{face.register_code.value}")


async def _pages(session: AsyncSession, model: type[M], key: tuple[Any, ...]) -> AsyncIterator[Sequence[M]]:
    last: tuple[Any, ...] | None = None
    while True:
        wanted = select(model).order_by(*key).limit(AT_ONCE)
        if last is not None:
            wanted = wanted.where(sa.tuple_(*key) > sa.tuple_(*map(sa.literal, last)))
        rows = (await session.exec(wanted)).all()
        if not rows:
            return
        last = tuple(getattr(rows[-1], one.key) for one in key)
        yield rows
        session.expunge_all()


async def _words(session: AsyncSession, table: sa.Table, columns: list[Any], keys: list[Any]) -> Any:
    found: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    wanted = sa.select(table.c.word, *columns).where(columns[0].in_({key[0] for key in keys}))
    for row in await (await session.connection()).execute(wanted):
        found[tuple(row[1:])].add(row.word)
    return found


async def strays(session: AsyncSession) -> AsyncIterator[Finding]:
    """Public entries of nobody."""
    same = and_(
        col(Registration.person_id) == PublicEntry.person_id,
        col(Registration.register_code) == PublicEntry.register_code,
    )
    wanted = select(PublicEntry).join(Registration, same, isouter=True).where(col(Registration.id).is_(None))
    for row in await session.exec(wanted):
        yield Finding("public-entry-of-nobody", f"public_entry/{row.register_number}/{row.register_code.value}")
