"""Numbers that went over into another when two records became one, for many at once."""

from collections.abc import Collection

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from auth.models import Person
from core.db import AsyncSession


async def numbers_after_merge(session: AsyncSession, numbers: Collection[str]) -> dict[str, str]:
    """Under which number each of these is found whose double had it; those that were not merged are left out."""
    kept = aliased(Person)
    wanted = (
        select(Person.register_number, kept.register_number)
        .join(kept, col(Person.merged_into) == kept.id)
        .where(col(Person.register_number).in_(list(numbers)), col(kept.hidden).is_(False))
    )
    return dict((await session.exec(wanted)).all())
