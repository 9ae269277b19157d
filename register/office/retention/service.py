"""Erasing what is kept beyond its term: set by set, in steps that each commit; what is held back waits for the hold.

The trail keeps that a row went (it has no digest from then on), so that it holds; the ledger keeps how many.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from auth import queries as people
from auth.actor import person_of
from auth.permissions import Role
from auth.persons import Person
from core.clock import machine_now
from core.decisions import Decision
from core.errors import Forbidden, Refused
from core.store.files import StoredFile
from core.store.work import Work
from register.entries.models import Application, EntryVersion, Registration
from register.entries.policy import Status
from register.notification.models import SentLetter
from register.office.retention.models import Erasure, LooseBytes, RetentionHold
from register.office.retention.policy import (
    ARTICLE,
    GONE,
    HELD_BY_CASES,
    OF_A_PERSON,
    OF_AN_ENTRY,
    Erase,
    kept_until,
)
from register.portfolio.models import PortfolioEntry

AT_ONCE = 25
"""Entries or persons in one work: each has tens of rows."""
MOST_FOUND = 5_000
FRESH = timedelta(hours=1)
"""Bytes that were written so short ago may be of a file whose row is not committed yet."""
BYTES = "stored-bytes"
ERASE = "retention:erase"
MOST = 200


def _table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]


async def erase_entries(work: Work, on: date) -> int:
    """Erase what belongs to registers that were left longer ago than it is kept; how many entries, some at a time."""
    rows = await _entries_due(work, on)
    if not rows:
        return 0
    ids = [row.id for row in rows]
    applications = await _ids(work, Application.id, col(Application.registration_id).in_(ids))
    entries = await _ids(work, PortfolioEntry.id, col(PortfolioEntry.registration_id).in_(ids))
    within = {"registration_id": ids, "application_id": applications, "entry_id": entries}
    files = await _files_of(work, within, OF_AN_ENTRY)
    await _erase_all(work, on, OF_AN_ENTRY, within)
    await _erase_files(work, on, files)
    for row in rows:
        row.erased_on = on
        work.log("registration:erase", row, erased_on=on)
    return len(rows)


async def erase_persons(work: Work, on: date) -> int:
    """Erase who somebody was, once nothing of any register is kept; each is told first, at the address that then goes.

    How many persons, some at a time.
    """
    rows = await _persons_due(work, on)
    if not rows:
        return 0
    ids = [row.id for row in rows]
    decisions = await _ids(work, Decision.id, col(Decision.person_id).in_(ids))
    account = _table("account")
    accounts = await _ids(work, account.c.id, account.c.person_id.in_(ids))
    within = {"person_id": ids, "decision_id": decisions, "account_id": accounts}
    files = await _files_of(work, within, OF_A_PERSON)
    letters = await work.session.exec(select(SentLetter.sha256).where(col(SentLetter.decision_id).in_(decisions)))
    loose = {sha256 for sha256 in letters if sha256}
    for row in rows:
        if row.deceased_on is None and row.email:
            _tell(work, row)
    await work.flush()
    await _erase_all(work, on, OF_A_PERSON, within)
    await _erase_files(work, on, files, loose)
    for row in rows:
        for name, value in GONE.items():
            setattr(row, name, value)
        row.erased_on = on
        work.log("person:erase", row, erased_on=on)
    await _note(work, on, "person", len(rows))
    return len(rows)


def _tell(work: Work, row: Person) -> None:
    work.send(
        "retention-erased",
        address=row.email,
        subject="Uw gegevens zijn gewist",
        body=(
            "U staat niet meer in het register, en de termijn waarin wij uw gegevens bewaren is voorbij. Daarom hebben "
            "wij vandaag gewist wie u was: uw naam, adres, account, berichten, portfolio en bewijsstukken (AVG 5 en "
            "17).\n"
            "Onze besluiten en wat u ertegen inbracht bewaren wij, zonder uw naam in het register, om ons te kunnen "
            "verantwoorden. Facturen bewaren wij zeven jaar.\n"
            "Dit is het laatste bericht. Uw e-mailadres verdwijnt binnen dertig dagen ook uit onze verzonden mail.\n"
        ),
        person_id=row.id,
        about=row,
    )


async def _ids(work: Work, column: Any, which: sa.ColumnElement[bool]) -> list[UUID]:
    return list(await work.session.exec(select(column).where(which)))


async def _entries_due(work: Work, on: date) -> Sequence[Registration]:
    """Entries past their term of which not everything is erased, whose person nothing holds, the longest left first."""
    left = (
        sa.select(sa.func.max(EntryVersion.holds_from))
        .where(col(EntryVersion.registration_id) == Registration.id, col(EntryVersion.status) == Status.DEREGISTERED)
        .scalar_subquery()
    )
    wanted = (
        sa.select(col(Registration.id), col(Registration.register_code), left.label("left_on"))
        .where(
            col(Registration.status) == Status.DEREGISTERED,
            sa.or_(col(Registration.erased_on).is_(None), col(Registration.erased_on) < left),
            left < on,
            ~_held(Registration.person_id, on),
        )
        .order_by(sa.literal_column("left_on"), col(Registration.id))
        .limit(MOST_FOUND)
    )
    found = await (await work.session.connection()).execute(wanted)
    due = [id for id, register, left_on in found if last_day(work, register.value, left_on) < on][:AT_ONCE]
    return (await work.session.exec(select(Registration).where(col(Registration.id).in_(due)))).all()


def last_day(work: Work, register: str, left_on: date) -> date:
    """The last day on which what belongs to a register is kept, by the rules of the day on which it was left."""
    return kept_until(left_on, work.rules.chosen(register, left_on).retention_years)


async def _persons_due(work: Work, on: date) -> Sequence[Person]:
    """Persons of whom every entry was erased, who hold no role and act for nobody."""
    member, role = _table("provider_member"), _table("role_grant")
    entry = select(Registration.id).where(Registration.person_id == Person.id)
    wanted = select(Person).where(
        col(Person.erased_on).is_(None),
        entry.exists(),
        ~entry.where(
            sa.or_(col(Registration.erased_on).is_(None), col(Registration.status) != Status.DEREGISTERED)
        ).exists(),
        ~sa.exists().where(
            role.c.person_id == Person.id,
            sa.or_(role.c.until_on.is_(None), role.c.until_on >= on),
            role.c.role != Role.PROFESSIONAL.value,
        ),
        ~sa.exists().where(member.c.person_id == Person.id, member.c.ended_at.is_(None)),
        ~_held(Person.id, on),
    )
    return (await work.session.exec(wanted.order_by(col(Person.id)).limit(AT_ONCE))).all()


def _held(person: Any, on: date) -> sa.ColumnElement[bool]:
    """Whether something of a person must stay: a hold, a case that runs, a decision that can be contested."""
    task, dispute, decision = _table("agenda_entry"), _table("dispute"), _table("decision")
    cases = [_table(name) for name in HELD_BY_CASES]
    hold = _table("retention_hold")
    return sa.or_(
        sa.exists().where(hold.c.person_id == person, hold.c.ended_on.is_(None)),
        sa.exists().where(dispute.c.person_id == person, dispute.c.ended_on.is_(None)),
        sa.exists().where(decision.c.person_id == person, decision.c.last_day_to_object >= on),
        *(
            sa.exists().where(case.c.person_id == person, task.c.case_id == case.c.id, task.c.done_at.is_(None))
            for case in cases
        ),
    )


async def _erase_all(work: Work, on: date, what: Sequence[Erase], within: dict[str, list[UUID]]) -> None:
    for one in what:
        if within[one.by]:
            await _note(work, on, one.table, await _erase(work, one, within[one.by]))


async def _erase(work: Work, one: Erase, ids: list[UUID]) -> int:
    """Erase the rows of a table that belong to these, each with its line in the trail where the table is traced."""
    table = _table(one.table)
    which: sa.ColumnElement[bool] = table.c[one.by].in_(ids)
    connection = await work.session.connection()
    rows = [dict(row) for row in (await connection.execute(sa.select(table).where(which))).mappings()]
    if not rows:
        return 0
    changes = {**one.blank, "version": table.c.version + 1} if one.blank else {}
    await connection.execute(
        sa.update(table).where(which).values(changes) if changes else sa.delete(table).where(which)
    )
    if "salt" in table.c:
        for row in rows:
            left = {**row, **one.blank, "version": row["version"] + 1} if one.blank else None
            work.trace.tell(ERASE, table, row, left)
    return len(rows)


async def _note(work: Work, on: date, what: str, number: int) -> None:
    if number:
        row = Erasure(erased_on=on, what=what, number=number, article=ARTICLE)
        work.add(row)
        await work.flush()
        work.log("retention:note", row, what=what, number=number)


async def _files_of(work: Work, within: dict[str, list[UUID]], what: Sequence[Erase]) -> set[UUID]:
    """The files that rows which go name."""
    found: set[UUID] = set()
    for one in what:
        table = _table(one.table)
        if "file_id" in table.c and not one.blank and within[one.by]:
            wanted = sa.select(table.c.file_id).where(table.c[one.by].in_(within[one.by]), table.c.file_id.is_not(None))
            found |= set((await (await work.session.connection()).execute(wanted)).scalars())
    return found


async def _erase_files(work: Work, on: date, ids: set[UUID], loose: Collection[str] = ()) -> None:
    """Erase files that no row names any more, and note the bytes that are then nobody's."""
    file = _table("stored_file")
    named = [
        sa.exists().where(table.c.file_id == file.c.id)
        for table in SQLModel.metadata.sorted_tables
        if "file_id" in table.c
    ]
    wanted = sa.select(file.c.id, file.c.sha256).where(file.c.id.in_(ids), ~sa.or_(*named))
    gone = {row.id: row.sha256 for row in await (await work.session.connection()).execute(wanted)}
    if gone:
        await _note(work, on, "stored_file", await _erase(work, Erase("stored_file", "id"), list(gone)))
    known = set(await work.session.exec(select(LooseBytes.sha256)))
    for sha256 in sorted({*gone.values(), *loose} - known):
        if not await _is_named(work, sha256):
            work.add(LooseBytes(sha256=sha256, since=work.now))
    await work.flush()


async def _is_named(work: Work, sha256: str) -> bool:
    for column in (StoredFile.sha256, SentLetter.sha256):
        if (await work.session.exec(select(column).where(column == sha256).limit(1))).first() is not None:
            return True
    return False


async def remove_bytes(work: Work, on: date) -> int:
    """Remove what no row names from the store, and note how much; bytes that just came wait for another day."""
    removed = 0
    for row in (await work.session.exec(select(LooseBytes).order_by(col(LooseBytes.since)).limit(AT_ONCE))).all():
        named = await _is_named(work, row.sha256)
        if named or await work.files.remove(row.sha256, machine_now() - FRESH):
            removed += not named
            await work.session.delete(row)
    await _note(work, on, BYTES, removed)
    return removed


async def hold(work: Work, person_id: UUID, reasons: str) -> RetentionHold:
    """Keep the data of somebody beyond their term, for a claim (AVG 17(3)(e)). Refused("held-already");
    Forbidden("own-case")."""
    if person_id == person_of(work.actor):
        raise Forbidden("own-case")
    person = await people.person(work.session, person_id)
    if await held(work, person.id) is not None:
        raise Refused("held-already")
    row = RetentionHold(person_id=person.id, reasons=reasons, held_on=work.today)
    work.add(row)
    await work.flush()
    work.log("retention:hold", row)
    return row


async def held(work: Work, person_id: UUID) -> RetentionHold | None:
    """What holds the data of somebody back now, set by the office."""
    wanted = select(RetentionHold).where(RetentionHold.person_id == person_id, col(RetentionHold.ended_on).is_(None))
    return (await work.session.exec(wanted)).first()


async def release(work: Work, person_id: UUID) -> RetentionHold:
    """Let the term work again; what is past it goes with the next sweep. Refused("not-held"); Forbidden("own-case")."""
    if person_id == person_of(work.actor):
        raise Forbidden("own-case")
    row = await held(work, person_id)
    if row is None:
        raise Refused("not-held")
    row.ended_on = work.today
    await work.flush()
    work.log("retention:release", row)
    return row


async def ledger(work: Work) -> Sequence[tuple[date, str, int, str]]:
    """What was erased, the latest day first: day, what, how many, by which article."""
    number = sa.func.sum(col(Erasure.number))
    wanted = (
        sa.select(col(Erasure.erased_on), col(Erasure.what), number, col(Erasure.article))
        .group_by(col(Erasure.erased_on), col(Erasure.what), col(Erasure.article))
        .order_by(col(Erasure.erased_on).desc(), col(Erasure.what))
        .limit(MOST)
    )
    rows = await (await work.session.connection()).execute(wanted)
    return [(day, what, int(count), article) for day, what, count, article in rows]
