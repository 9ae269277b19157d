"""Who must do what by which legal day: one table that worklists, reminders and calendars read."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col, select

from core.law.articles import basis
from core.store.db import Versioned
from core.store.work import Work


class AgendaEntry(Versioned, table=True):
    """One thing to be done for one case; `role` says who moves next."""

    __tablename__ = "agenda_entry"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "task"),
        sa.Index("ix_agenda_entry_open", "role", "done_at", "due_on"),
    )

    case_kind: str = Field(max_length=40)
    case_id: UUID = Field(index=True)
    task: str = Field(max_length=40)
    role: str = Field(max_length=40)
    due_on: date
    article: str = Field(max_length=60)
    done_at: datetime | None = None


NOBODY: Any = sa.cast(sa.null(), sa.Uuid())
UNTITLED: Any = sa.literal("")
TASK: Any = AgendaEntry.__table__  # type: ignore[attr-defined]


def listed(
    kind: str, case_id: Any, number: Any, *, id: Any, leads_to: Any, within: Any, person: Any, title: Any
) -> sa.Select[Any]:
    """The first columns of something that waits; its task, day and article follow.

    A list of every kind joins such selections. `person` is whose file it is, `title` what it is or is called;
    `leads_to` and `within` are the ids by which its page goes.
    """
    said = (sa.literal(kind).label("kind"), number.label("number"), title.label("title"), person.label("person_id"))
    where = (case_id.label("case_id"), leads_to.label("leads_to"), within.label("within"))
    return sa.select(id.label("id"), *where, *said)


def files(
    kind: str,
    row: Any,
    number: Any,
    *,
    role: str,
    leads_to: Any = None,
    person: Any = NOBODY,
    title: Any = UNTITLED,
) -> sa.Select[Any]:
    """The terms that run for a role in the files of one kind, as `listed`; `row` is the table of the files."""
    to = row.c.id if leads_to is None else leads_to
    terms = listed(kind, row.c.id, number, id=TASK.c.id, leads_to=to, within=NOBODY, person=person, title=title)
    running = sa.and_(TASK.c.case_id == row.c.id, TASK.c.role == role, TASK.c.done_at.is_(None))
    return terms.add_columns(TASK.c.task, TASK.c.due_on, TASK.c.article).select_from(row).join(TASK, running)


async def expect(
    work: Work, case_kind: str, case_id: UUID, task: str, *, role: str, due_on: date, register: str | None
) -> AgendaEntry:
    """Put a task on the agenda, or move its day when it stands there already; with what its term rests on."""
    article = basis(work, register, case_kind, task)
    wanted = select(AgendaEntry).where(AgendaEntry.case_id == case_id, AgendaEntry.task == task)
    entry = (await work.session.exec(wanted)).one_or_none()
    if entry is None:
        entry = AgendaEntry(case_kind=case_kind, case_id=case_id, task=task, role=role, due_on=due_on, article=article)
        work.add(entry)
    else:
        entry.due_on, entry.done_at, entry.role, entry.article = due_on, None, role, article
    work.log("agenda:expect", entry, task=task, due_on=due_on, article=article)
    return entry


async def done(work: Work, case_id: UUID, *tasks: str, but: str = "") -> None:
    """Tick off the tasks of a case, or all of them when none is named; `but` one that outlives the rest."""
    wanted = select(AgendaEntry).where(AgendaEntry.case_id == case_id, col(AgendaEntry.done_at).is_(None))
    if tasks:
        wanted = wanted.where(col(AgendaEntry.task).in_(tasks))
    for entry in (await work.session.exec(wanted.where(AgendaEntry.task != but))).all():
        entry.done_at = work.now
        work.log("agenda:done", entry, task=entry.task)


async def worklist(work: Work, role: str, limit: int) -> Sequence[AgendaEntry]:
    """What a role must do, nearest day first."""
    wanted = (
        select(AgendaEntry)
        .where(AgendaEntry.role == role, col(AgendaEntry.done_at).is_(None))
        .order_by(col(AgendaEntry.due_on), col(AgendaEntry.id))
        .limit(limit)
    )
    return (await work.session.exec(wanted)).all()
