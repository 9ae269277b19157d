"""Two records of one person become one: everything goes over, nothing counts twice, the old number leads to the new."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from auth import consent, persons, queries
from auth.actor import person_of
from core.db import Versioned
from core.errors import Forbidden, Refused
from core.work import Work
from register.people import hanging
from register.people.policy import Side, require_mergeable
from register.portfolio.models import PortfolioEntry, PortfolioPeriod
from register.registration.entry import move, show_person
from register.registration.models import Application, PublicEntry, Registration
from register.registration.policy import ENDED, Event, Register


async def merge(work: Work, id: UUID, double_number: str) -> None:
    """Let a double become one with the person that is kept.

    Refused: `same-person`, `merged-already`, `deceased`, and as policy.require_mergeable; Forbidden("own-case").
    """
    kept = await queries.itself(work.session, id)
    double = await queries.double(work.session, double_number)
    if person_of(work.actor) in {kept.id, double.id}:
        raise Forbidden("own-case")
    work.expect(kept)
    if kept.id == double.id:
        raise Refused("same-person")
    if kept.merged_into or double.merged_into:
        raise Refused("merged-already")
    if kept.deceased_on or double.deceased_on:
        raise Refused("deceased")
    mine, theirs = await _entries(work, kept.id), await _entries(work, double.id)
    gone = require_mergeable(
        {register: await _side(work, row) for register, row in mine.items()},
        {register: await _side(work, row) for register, row in theirs.items()},
    )
    for register in gone:
        await _give_over(work, theirs[register], mine[register])
    await consent.withdraw(work, double)
    await persons.become_one(work, kept, double)
    for face in (await work.session.exec(select(PublicEntry).where(PublicEntry.person_id == double.id))).all():
        await work.session.delete(face)
    await work.flush()
    for table, column in hanging.columns():
        await _hand_over(work, table, column, double.id, kept.id)
    work.log("person:absorb", kept, double=str(double.id))
    kept.hidden = kept.hidden or double.hidden
    await show_person(work, kept.id)


async def _entries(work: Work, person_id: UUID) -> dict[Register, Registration]:
    rows = (await work.session.exec(select(Registration).where(Registration.person_id == person_id))).all()
    return {row.register_code: row for row in rows}


async def _side(work: Work, row: Registration) -> Side:
    running = select(Application.id).where(
        Application.registration_id == row.id,
        sa.or_(col(Application.state).not_in(ENDED), col(Application.state) == "decided"),
    )
    kept = select(PortfolioEntry.id).where(PortfolioEntry.registration_id == row.id)
    period = select(PortfolioPeriod.id).where(PortfolioPeriod.registration_id == row.id)
    has = [(await work.session.exec(each.limit(1))).first() is not None for each in (running, kept, period)]
    return Side(row.status, has[0], has[1] or has[2])


async def _give_over(work: Work, bare: Registration, to: Registration) -> None:
    """What was asked for the entry that goes stands with the one that stays."""
    for row in (await work.session.exec(select(Application).where(Application.registration_id == bare.id))).all():
        row.registration_id = to.id
        work.log("application:give-over", row, registration=str(to.id))
    bare.duty_overdue = False
    await move(work, bare, Event.DEREGISTER)
    work.log("registration:ground", bare, ground="merged")


async def _hand_over(work: Work, table: sa.Table, column: sa.Column[Any], double: UUID, kept: UUID) -> None:
    """What a double had and did goes over: posts, seats, votes, proposals, so that nobody judges twice or signs their
    own. Where both stand on the same, each stays."""
    model = next(mapper.class_ for mapper in SQLModel._sa_registry.mappers if mapper.local_table is table)
    rows = (await work.session.exec(select(model).where(column == double))).all()
    for row in rows:
        values = {each.name: getattr(row, each.key) for each in table.columns}
        if hanging.acted_too(table, column, values, kept) or await _stands(work, table, column, values, kept):
            continue
        setattr(row, column.key, kept)
        if isinstance(row, Versioned):
            work.log("person:hand-over", row)
    if rows:
        await work.flush()


async def _stands(work: Work, table: sa.Table, column: sa.Column[Any], row: Mapping[str, Any], kept: UUID) -> bool:
    connection = await work.session.connection()
    for wanted in hanging.both_stand(table, column, row, kept):
        if (await connection.execute(wanted)).first() is not None:
            return True
    return False
