"""`bekwaam verify` and `bekwaam audit verify`: independent checks that name what they find."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel, col, select

from core.store import bulk
from core.store.audit import Finding, TrailEvent, verify_chains, verify_rows, verify_triggers
from core.store.checkpoints import Witness, verify_witness
from core.store.db import AsyncSession, engine_of
from core.store.work import Means
from core.terminal import complain, say
from register.checks.decisions import Checked, findings
from register.migrations import tables


async def unreadable(session: AsyncSession) -> AsyncIterator[Finding]:
    """Every such cell, by table, key and column; PostgreSQL itself holds all types but those of choices."""
    connection = await session.connection()
    everything = engine_of(session) == "sqlite"
    for table in SQLModel.metadata.sorted_tables:
        keys = [sa.type_coerce(column, sa.types.NullType()).label(column.name) for column in table.primary_key.columns]
        for column in table.columns:
            if not (everything or isinstance(column.type, sa.Enum)):
                continue
            read = column.type.dialect_impl(connection.dialect).result_processor(connection.dialect, None)
            if read is None:
                continue
            raw = sa.type_coerce(column, sa.types.NullType()).label("the_cell")
            for *key, value in await connection.execute(sa.select(*keys, raw).select_from(table)):
                if not _readable(read, value):
                    yield Finding("unreadable-cell", f"{table.name}/{'/'.join(map(str, key))} {column.name}")


def _readable(read: Any, value: object) -> bool:
    try:
        read(value)
    except (LookupError, ValueError, TypeError, ArithmeticError, AttributeError):
        return False
    return True


assert tables.ROOMS  # every table is known before rows are held against the trail
SOUND, FINDINGS, CANNOT = 0, 1, 2
UNREADABLE = (LookupError, ValueError, TypeError, ArithmeticError, AttributeError)
"""What a check stumbles with over a cell that holds nothing of its type: the cell is looked for, and named."""


async def verify_command(means: Means, as_json: bool) -> int:
    """`bekwaam verify`: 0 sound, 1 findings, 2 could not run."""
    return await _report(means, findings, as_json)


async def audit_command(means: Means, as_json: bool) -> int:
    """`bekwaam audit verify`: 0 sound, 1 findings, 2 could not run."""
    return await _report(means, trail_findings, as_json)


Check = Callable[[Means, AsyncSession, Checked], AsyncIterator[Finding]]


async def _report(means: Means, check: Check, as_json: bool) -> int:
    checked: Checked = Counter()
    found: list[Finding] = []
    try:
        try:
            async with means.database.snapshot() as session:
                async for finding in check(means, session, checked):
                    found.append(finding)
        except UNREADABLE as error:
            async with means.database.snapshot() as session:
                cells = [finding async for finding in unreadable(session)]
            if not cells:
                raise RuntimeError("no cell explains it") from error
            found += cells
    except (SQLAlchemyError, OSError, RuntimeError) as error:
        complain(f"bekwaam: cannot check: {type(error).__name__}: {getattr(error, 'orig', error)}")
        return CANNOT
    finally:
        await means.database.close()
    if as_json:
        listed = [{"code": finding.code, "where": finding.where} for finding in found]
        say(json.dumps({"sound": not found, "checked": dict(checked), "findings": listed}, indent=2))
    else:
        held = ", ".join(f"{number} {what}" for what, number in sorted(checked.items())) or "nothing"
        say("\n".join([*map(str, found), f"{len(found)} findings; checked {held}"]))
    return FINDINGS if found else SOUND


async def trail_findings(means: Means, session: AsyncSession, checked: Checked) -> AsyncIterator[Finding]:
    """The trail against itself, its witness, the rows, and the tables that imports fill; and what keeps it as it is."""
    for check in (verify_triggers, verify_chains, verify_rows, verify_tables, bulk.verify_batches):
        async for finding in check(session):
            yield finding
    if isinstance(witness := means.ports.get(Witness), Witness):
        async for finding in verify_witness(session, witness, checked):
            yield finding
    checked["events"] = (await session.exec(select(sa.func.count()).select_from(TrailEvent))).one()


async def verify_tables(session: AsyncSession) -> AsyncIterator[Finding]:
    """Hold each imported table against the digest that its last import left in the trail."""
    wanted = select(TrailEvent).where(col(TrailEvent.action).endswith(":import")).order_by(TrailEvent.stream)
    left: dict[str, str] = {}
    for event in await session.exec(wanted.order_by(col(TrailEvent.seq))):
        left.update(json.loads(event.facts).get("tables", {}))
    for name, digest in sorted(left.items()):
        if await bulk.digest_of_table(session, SQLModel.metadata.tables[name]) != digest:
            yield Finding("table-changed-behind-the-trail", name)
