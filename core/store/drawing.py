"""Numbers drawn at random: until one that no row has."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import select

from core.store.db import AsyncSession

V = TypeVar("V", int, str)


async def drawn(session: AsyncSession, column: Any, draw: Callable[[], V]) -> V:
    """What no row holds in a column yet; two who draw the same at one moment meet in the column, which is unique."""
    while True:
        found = draw()
        if (await session.exec(select(column).where(column == found))).first() is None:
            return found
