"""Who is affected by adding a rule set: a report to read before the file goes in. It changes nothing."""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import col, select

from auth import queries as people
from core.errors import NotFound
from core.law import rulefiles
from core.law.rulesets import RuleSets
from core.store.db import AsyncSession
from core.store.work import Means
from core.terminal import say
from register.entries.models import Application, Registration
from register.entries.policy import ENDED, Register, Status

SHIPPED = Path(__file__).parents[1] / "rules"
STANDS = (Status.IN_TRAINING, Status.REGISTERED, Status.POSTPONED, Status.CONDITIONAL)
_STANDING = (col(Registration.status).in_(STANDS), col(Registration.due_on).is_not(None))
AT_ONCE = 500
DONE, BROKEN = 0, 2


class Affected(msgspec.Struct, frozen=True):
    """Somebody whose running period would be renewed under another set than now, by register number."""

    register_number: str
    register_code: str
    status: str
    due_on: str
    now: str | None
    then: str | None
    open_application: bool


def with_files(files: Sequence[Path]) -> RuleSets:
    """The shipped sets, with these in the place of those of the same name or beside them; BrokenRules by line."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (*sorted(SHIPPED.glob("*.toml")), *files):
            shutil.copy(path, Path(folder) / path.name)
        return rulefiles.load(Path(folder))


@dataclass(frozen=True)
class Count:
    """So many people with one status and one set now would be renewed under another set."""

    status: str
    now: str | None
    number: int


async def counted(session: AsyncSession, now: RuleSets, then: RuleSets, register: Register) -> list[Count]:
    """How many in a register would be renewed under another set, by status and set; one query, whatever the number."""
    entry: Any = Registration.__table__  # type: ignore[attr-defined]
    period = (entry.c.status, entry.c.period_began_on, entry.c.due_on)
    wanted = sa.select(*period, sa.func.count()).where(entry.c.register_code == register, *_STANDING).group_by(*period)
    sums: Counter[tuple[str, str | None]] = Counter()
    for status, began_on, due_on, number in await (await session.connection()).execute(wanted):
        before = _governs(now, register, began_on, due_on)
        if before != _governs(then, register, began_on, due_on):
            sums[status.value, before] += number
    return [Count(*key, number) for key, number in sorted(sums.items(), key=str)]


async def affected(session: AsyncSession, now: RuleSets, then: RuleSets) -> AsyncIterator[Affected]:
    """Everybody who stands in a register and whose renewal another set would govern, by id."""
    last: UUID | None = None
    while True:
        wanted = select(Registration).where(*_STANDING).order_by(col(Registration.id)).limit(AT_ONCE)
        rows = (await session.exec(wanted if last is None else wanted.where(col(Registration.id) > last))).all()
        if not rows:
            return
        last = rows[-1].id
        asked = select(Application.registration_id).where(
            col(Application.registration_id).in_([row.id for row in rows]), col(Application.state).not_in(ENDED)
        )
        waiting = set(await session.exec(asked))
        numbers = await people.numbers_of(session, [row.person_id for row in rows])
        for row in rows:
            of = (row.register_code, row.period_began_on, row.due_on)
            before, after = _governs(now, *of), _governs(then, *of)
            if before != after:
                yield Affected(
                    numbers[row.person_id],
                    row.register_code.value,
                    row.status.value,
                    str(row.due_on),
                    before,
                    after,
                    row.id in waiting,
                )


def _governs(sets: RuleSets, register: str, began_on: date | None, due_on: date | None) -> str | None:
    """The set under which the running period would be renewed on its last day, with its version; None for no set."""
    if due_on is None:
        return None
    try:
        rules = sets.chosen(Register(register).value, due_on, began_on, due_on)
    except NotFound:
        return None
    return f"{rules.name} v{rules.version}"


async def affected_command(means: Means, files: Sequence[Path], *, as_json: bool) -> int:
    """`bekwaam rules affected FILE…`: one line for each person, by register number; 2 when a file cannot be read."""
    try:
        then = with_files(files)
    except rulefiles.BrokenRules as error:
        for line in error.lines:
            say(line)
        return BROKEN
    try:
        async with means.database.reading() as session:
            found = [each async for each in affected(session, means.rules, then)]
    finally:
        await means.database.close()
    if as_json:
        say(json.dumps(msgspec.to_builtins(found), indent=2))
        return DONE
    for each in found:
        waits = ", an application is open" if each.open_application else ""
        stands = f"{each.register_number} {each.register_code} {each.status} until {each.due_on}"
        say(f"{stands}: {each.now} -> {each.then}{waits}")
    say(f"{len(found)} affected")
    return DONE
