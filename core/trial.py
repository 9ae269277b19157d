"""A trial: deeds that are done to see whether they can be, and then taken back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import sqlalchemy as sa

from core.store.work import Work


@asynccontextmanager
async def trial(work: Work) -> AsyncIterator[None]:
    """What happens in here is taken back: rows, lines of the trail, messages, and what was to follow."""
    await work.flush()
    trace, looks, following = work.trace.kept(), list(work.looks), list(work.following)
    point = await work.session.begin_nested()
    work.trying = True
    try:
        yield
        await work.flush()
    finally:
        work.trying = False
        await point.rollback()
        work.trace.restore(trace)
        work.looks, work.following = looks, following
        for row in [row for row in work.session if cast(Any, sa.inspect(row)).expired]:  # nothing is loaded on its own
            await work.session.refresh(row)
