"""Two records of one person become one: everything goes over, nothing counts twice, the old number leads to the new."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from auth import consent, persons, queries
from auth.actor import person_of
from core.db import Row, Versioned
from core.errors import Forbidden, Refused
from core.work import Work
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
    for model in _of_persons():
        await _hand_over(work, model, double.id, kept.id, {theirs[register].id for register in gone})
    await _act_on(work, double.id, kept.id)
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


def _of_persons() -> Iterator[type[Row]]:
    """Every table that says whose its rows are."""
    for mapper in SQLModel._sa_registry.mappers:
        model = mapper.class_
        if issubclass(model, Row) and "person_id" in model.model_fields:
            yield model


async def _hand_over(work: Work, model: type[Row], double: UUID, kept: UUID, gone: set[UUID]) -> None:
    rows = (await work.session.exec(select(model).where(model.person_id == double))).all()  # type: ignore[attr-defined]
    for row in rows:
        if isinstance(row, Registration) and row.id in gone:
            continue
        row.person_id = kept
        if isinstance(row, Versioned):
            work.log("person:hand-over", row)
    await work.flush()


# What somebody does or did for others, by column; whose a row is says `person_id`.
ACTED = ("member_id", "chair_id", "peer_id", "proposed_by", "signed_by", "advised_by", "confirmed_by", "settled_by")


async def _act_on(work: Work, double: UUID, kept: UUID) -> None:
    """Seats, votes, recusals, proposals and signatures go over, so that nobody judges twice or signs their own.

    A row on which both stand keeps both: that two acted there is what happened.
    """
    for mapper in SQLModel._sa_registry.mappers:
        model = mapper.class_
        if not issubclass(model, Versioned):
            continue
        for name in [each for each in ACTED if each in model.model_fields]:
            column: Any = getattr(model, name)
            for row in (await work.session.exec(select(model).where(column == double))).all():
                if not await _both_stand(work, model, row, name, kept):
                    setattr(row, name, kept)
                    work.log("person:hand-over", row)
            await work.flush()


async def _both_stand(work: Work, model: type[Versioned], row: Versioned, name: str, kept: UUID) -> bool:
    """Whether who is kept acted on the same: in another column of the row, or in a row that may stand only once."""
    if any(getattr(row, each, None) == kept for each in ACTED):
        return True
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    for once in table.constraints:
        names = [column.name for column in once.columns] if isinstance(once, sa.UniqueConstraint) else []
        if name in names:
            same = [getattr(model, each) == getattr(row, each) for each in names if each != name]
            twice = select(model.id).where(getattr(model, name) == kept, *same)
            return (await work.session.exec(twice.limit(1))).first() is not None
    return False
