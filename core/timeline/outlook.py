"""How a case stands for who handles it: what is due next, what was told last, and what would be refused now.

What would be refused is asked of the conditions that the deeds themselves ask; there is no second list.
"""

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.errors import Problem
from core.store.work import Work
from core.timeline.policy import Line
from core.timeline.queries import tasks_of

UNTIL = ("until", "until_on", "due_on", "held_on", "last_day")
"""The facts of a refusal that say until which day it holds, or until which it could be done."""


class Due(msgspec.Struct, frozen=True):
    """Something that must be done, with its article; `breached` where its day has passed."""

    task: str
    due_on: date
    article: str
    breached: bool


class Wrong(msgspec.Struct, frozen=True):
    """A deed that the state allows and that would be refused now; `of` the choice in its form that would be."""

    deed: str
    of: str
    code: str
    until: date | None
    facts: Mapping[str, Any]


class Outlook(msgspec.Struct, frozen=True):
    """The state of a case: the duties that wait, the last message to a party, those that did not arrive, and what the
    deeds that are open would meet."""

    due: Sequence[Due]
    told_last: Line | None
    not_arrived: Sequence[Line]
    wrong_now: Sequence[Wrong]


async def outlook_of(work: Work, case_id: UUID, lines: Sequence[Line], wrong: Iterable[Wrong | None]) -> Outlook:
    """How a case stands today; `lines` are those of its timeline for who handles it."""
    told = [one for one in lines if one.told]
    gone = [one for one in told if not one.went and one.told in {"party", "representative"}]
    return Outlook(
        [Due(one.task, one.due_on, one.article, one.due_on < work.today) for one in await tasks_of(work, case_id)],
        gone[-1] if gone else None,
        [one for one in told if one.went],
        [one for one in wrong if one],
    )


async def met(deed: str, check: Awaitable[object], of: str = "") -> Wrong | None:
    """What a deed would meet: the refusal of one of its conditions, or nothing."""
    try:
        await check
    except Problem as problem:
        days = (problem.facts.get(one) for one in UNTIL)
        until = next((one for one in days if isinstance(one, date)), None)
        return Wrong(deed, of, problem.code, until, problem.facts)
    return None
