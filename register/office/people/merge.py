"""Two records of one person become one, by two persons: what was done goes over, and no right does."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from accreditation.providers import service as providers
from auth import consent, holders, persons, queries, roles
from auth.actor import person_of
from auth.permissions import Permission
from auth.persons import Person
from core import proposals
from core.errors import Refused
from core.proposals import Deed, Proposal
from core.store.db import Versioned, digest
from core.store.work import Work
from register.entries.entry import move, show_person
from register.entries.models import Application, PublicEntry, Registration
from register.entries.policy import ENDED, Event, Register
from register.office.people import hanging
from register.office.people.policy import Side, require_mergeable
from register.portfolio.models import PortfolioEntry, PortfolioPeriod


async def propose(work: Work, id: UUID, double_number: str) -> Proposal:
    """Propose that a double becomes one with the person that is kept; nothing moves before a second person signs.

    Forbidden("own-case"); Refused: `same-person`, `merged-already`, `deceased`, `staff-role`, `acts-for-provider`,
    `waits-for-signature`, and as policy.require_mergeable.
    """
    kept = await queries.itself(work.session, id)
    double = await queries.double(work.session, double_number)
    work.expect(kept)
    return await proposals.propose(
        work, DEED, person_of(work.actor), kept.id, {"double": str(double.id)}, person_id=kept.id
    )


async def preview(work: Work, id: UUID, double_number: str) -> proposals.Standing:
    """What would move and end, before anything is proposed. Refused as `propose`."""
    kept, double = await queries.itself(work.session, id), await queries.double(work.session, double_number)
    return await _standing(work, kept, double)


async def _both(work: Work, row: Proposal) -> tuple[Person, Person]:
    kept = await queries.itself(work.session, row.subject_id)
    return kept, await queries.itself(work.session, UUID(row.says["double"]))


async def _concerned(_work: Work, row: Proposal) -> set[UUID]:
    return {row.subject_id, UUID(row.says["double"])}


async def _stands(work: Work, row: Proposal) -> proposals.Standing:
    return await _standing(work, *await _both(work, row))


async def _standing(work: Work, kept: Person, double: Person) -> proposals.Standing:
    if kept.id == double.id:
        raise Refused("same-person")
    if kept.merged_into or double.merged_into:
        raise Refused("merged-already")
    if kept.deceased_on or double.deceased_on:
        raise Refused("deceased")
    for person in (kept, double):
        await holders.require_no_staff_role(work, person.id)
    if await providers.acting(work, double.id):
        raise Refused("acts-for-provider")
    mine, theirs = await _entries(work, kept.id), await _entries(work, double.id)
    gone = require_mergeable(
        {register: await _side(work, row) for register, row in mine.items()},
        {register: await _side(work, row) for register, row in theirs.items()},
    )
    rows = await _hanging(work, double.id)
    accounts = await persons.open_accounts(work, double.id)
    held = sorted((row.role.value, row.scope) for row in await roles.grants_on(work, double.id, work.today))
    facts = {
        "kept": digest(kept),
        "double": digest(double),
        "entries": {str(row.id): row.version for row in (*mine.values(), *theirs.values())},
        "rows": rows,
    }
    return proposals.Standing(
        facts,
        moves=[("rows", {"table": table, "number": len(ids)}) for table, ids in _staying(rows, theirs, gone).items()],
        ends=[
            *(("entry", {"register": register.value}) for register in sorted(gone)),
            *(("account", {"account": str(row.id)}) for row in accounts),
            *(("role", {"role": role, "scope": scope}) for role, scope in held),
        ],
    )


def _staying(
    rows: dict[str, list[str]], theirs: dict[Register, Registration], gone: frozenset[Register]
) -> dict[str, list[str]]:
    """What goes over, without the entries that end: those are told as ended alone."""
    ended = {str(theirs[register].id) for register in gone}
    entries = Registration.__tablename__
    left = {**rows, entries: [id for id in rows.get(entries, []) if id not in ended]}
    return {table: ids for table, ids in left.items() if ids}


async def _hanging(work: Work, double: UUID) -> dict[str, list[str]]:
    """The traced rows that name the double and go over, by table."""
    found: dict[str, set[str]] = {}
    connection = await work.session.connection()
    for table, column in hanging.columns():
        if "salt" in table.c and table.name != Proposal.__tablename__:
            for (id,) in await connection.execute(sa.select(table.c.id).where(column == double)):
                found.setdefault(table.name, set()).add(str(id))
    return {name: sorted(ids) for name, ids in sorted(found.items())}


async def _merge(work: Work, row: Proposal) -> UUID | None:
    kept, double = await _both(work, row)
    mine, theirs = await _entries(work, kept.id), await _entries(work, double.id)
    for register in sorted(mine.keys() & theirs.keys()):
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
    return None


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
        if hanging.acted_too(table, column, values, kept) or await _both_stand(work, table, column, values, kept):
            continue
        setattr(row, column.key, kept)
        if isinstance(row, Versioned):
            work.log("person:hand-over", row)
    if rows:
        await work.flush()


async def _both_stand(work: Work, table: sa.Table, column: sa.Column[Any], row: Mapping[str, Any], kept: UUID) -> bool:
    connection = await work.session.connection()
    for wanted in hanging.both_stand(table, column, row, kept):
        if (await connection.execute(wanted)).first() is not None:
            return True
    return False


DEED = Deed("merge", Permission.PERSON_KEEP, _concerned, _stands, _merge)
