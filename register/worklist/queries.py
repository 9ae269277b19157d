"""Every file that waits for the actor, of every room, in one query; what they may not know of is not in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from accreditation import waiting as accreditation
from appeals import waiting as appeals
from auth.actor import Actor
from auth.permissions import Permission, Role
from core import agenda
from core.agenda import AgendaEntry
from core.assigning import Assignment
from core.decisions import Decision
from core.work import Work
from register.conditions.models import GrantCondition
from register.corrections.models import Correction
from register.dialogue.models import ValuationDialogue
from register.measures.models import Measure
from register.registration.models import Application
from register.reopened.models import Reconsideration
from register.worklist.policy import Filter, WorkKind


def _table(model: type[SQLModel]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


SECRETARY = Role.SECRETARY.value
TASK, HELD = _table(AgendaEntry), _table(Assignment)
ABOUT_A_PERSON = (
    (WorkKind.APPLICATION, Application, Permission.WORKLIST_READ),
    (WorkKind.MEASURE, Measure, Permission.MEASURE_PROPOSE),
    (WorkKind.CORRECTION, Correction, Permission.MEASURE_PROPOSE),
    (WorkKind.RECONSIDERATION, Reconsideration, Permission.WORKLIST_READ),
)


@dataclass(frozen=True)
class Waiting:
    """One term that runs in one file; `holder` works on it."""

    task_id: UUID
    case_id: UUID
    kind: WorkKind
    number: str
    leads_to: UUID
    """What the page of the file is named by: the case, or the decision behind a condition."""
    task: str
    due_on: date
    article: str
    holder: UUID | None


async def waiting(
    work: Work, asked: Filter, after: tuple[date, UUID] | None = None, most: int = 50, case: UUID | None = None
) -> Sequence[Waiting]:
    """What waits for the actor, the nearest last day first."""
    arms = list(_files(work))
    if not arms:
        return []
    file = sa.union_all(*arms).subquery()
    wanted = (
        sa.select(TASK.c.id, file.c.case_id, file.c.kind, file.c.number, file.c.leads_to)
        .add_columns(TASK.c.task, TASK.c.due_on, TASK.c.article, HELD.c.member_id)
        .join(file, sa.and_(file.c.case_id == TASK.c.case_id, file.c.role == TASK.c.role))
        .outerjoin(HELD, HELD.c.case_id == TASK.c.case_id)
        .where(TASK.c.done_at.is_(None))
    )
    if case is not None:
        wanted = wanted.where(file.c.case_id == case)
    for condition in _conditions(work, asked, file):
        wanted = wanted.where(condition)
    if after is not None:
        wanted = wanted.where(sa.tuple_(TASK.c.due_on, TASK.c.id) > sa.tuple_(*map(sa.literal, after)))
    rows = await (await work.session.connection()).execute(wanted.order_by(TASK.c.due_on, TASK.c.id).limit(most))
    return [Waiting(id, case_id, WorkKind(kind), *rest) for id, case_id, kind, *rest in rows]


def _conditions(work: Work, asked: Filter, file: Any) -> Iterator[sa.ColumnElement[bool]]:
    if asked.kind is not None:
        yield file.c.kind == asked.kind.value
    if asked.task:
        yield TASK.c.task == asked.task
    if asked.overdue:
        yield TASK.c.due_on < work.today
    if asked.mine and isinstance(work.actor, Actor):
        yield HELD.c.member_id == work.actor.person_id
    if asked.free:
        yield HELD.c.member_id.is_(None)


def _files(work: Work) -> Iterator[sa.Select[Any]]:
    """The files of each room that the actor may work on; never their own."""
    me = work.actor.person_id if isinstance(work.actor, Actor) else None
    can = work.actor.can
    for kind, model, permission in ABOUT_A_PERSON:
        if can(permission):
            row = _table(model)
            yield agenda.files(kind.value, row, row.c.number, role=SECRETARY).where(row.c.person_id != me)
    if can(Permission.DIALOGUE_PLAN):
        row = _table(ValuationDialogue)
        yield agenda.files(WorkKind.DIALOGUE.value, row, sa.literal(""), role=SECRETARY).where(row.c.person_id != me)
    if can(Permission.WORKLIST_READ):
        row, decision = _table(GrantCondition), _table(Decision)
        found = agenda.files(WorkKind.CONDITION.value, row, decision.c.number, role=SECRETARY, leads_to=decision.c.id)
        yield found.join(decision, decision.c.id == row.c.decision_id).where(row.c.person_id != me)
    yield from accreditation.files(work)
    yield from appeals.files(work)
