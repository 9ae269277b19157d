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
from core.assigning import Assignment
from core.decisions import Decision, DecisionState
from core.panel import queries as panel_queries
from core.store.work import Work
from register.committee.conditions.models import GrantCondition
from register.committee.corrections.models import Correction
from register.committee.measures.models import Measure
from register.committee.reconsideration.models import Reconsideration
from register.entries.models import Application
from register.notification.models import MakingKnown
from register.notification.policy import Delivery
from register.office.publication.models import PublicationObjection
from register.office.renaming.models import NameChange
from register.office.worklist.policy import Filter, WorkKind
from register.portfolio.dialogue.models import ValuationDialogue


def _table(model: type[SQLModel]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


SECRETARY = Role.SECRETARY.value
HELD = _table(Assignment)
DECIDED, LETTER = _table(Decision), _table(MakingKnown)
ABOUT_A_PERSON = (
    (WorkKind.APPLICATION, Application, Permission.WORKLIST_READ),
    (WorkKind.MEASURE, Measure, Permission.MEASURE_PROPOSE),
    (WorkKind.CORRECTION, Correction, Permission.MEASURE_PROPOSE),
    (WorkKind.RECONSIDERATION, Reconsideration, Permission.WORKLIST_READ),
)
OF_THE_OFFICE = ((WorkKind.NAME_CHANGE, _table(NameChange)), (WorkKind.PUBLICATION, _table(PublicationObjection)))


@dataclass(frozen=True)
class Waiting:
    """One term that runs in one file; `holder` works on it."""

    id: UUID
    """Of the term, or of the place on an agenda that waits for a vote."""
    case_id: UUID
    leads_to: UUID
    """What the page of the file is named by: the case, the decision behind a condition, the place on an agenda."""
    within: UUID | None
    """The session on whose agenda it stands, where a vote is what waits."""
    kind: WorkKind
    number: str
    title: str
    """What a course or provider is called; of an application or measure its own kind."""
    person_id: UUID | None
    task: str
    due_on: date
    article: str
    holder: UUID | None


async def waiting(
    work: Work, asked: Filter, after: tuple[date, UUID] | None = None, most: int = 50, case: UUID | None = None
) -> Sequence[Waiting]:
    """What waits for the actor, the nearest last day first; with `case`, of that file what somebody can work on."""
    arms = [*_files(work), *(_votes(work) if case is None else ())]
    if not arms:
        return []
    one = _as_it_stands(sa.union_all(*arms).subquery())
    wanted = sa.select(one, HELD.c.member_id).outerjoin(HELD, HELD.c.case_id == one.c.case_id)
    if case is not None:
        wanted = wanted.where(one.c.case_id == case)
    for condition in _conditions(work, asked, one):
        wanted = wanted.where(condition)
    if after is not None:
        wanted = wanted.where(sa.tuple_(one.c.due_on, one.c.id) > sa.tuple_(*map(sa.literal, after)))
    rows = await (await work.session.connection()).execute(wanted.order_by(one.c.due_on, one.c.id).limit(most))
    return [_waiting(row) for row in rows]


def _as_it_stands(one: Any) -> Any:
    """What was decided is no longer to be decided but to be made known, and nothing once its letter waits for the post.

    The term itself ends when it is made known (Awb 3:41).
    """
    taken = sa.and_(DECIDED.c.subject_id == one.c.case_id, DECIDED.c.state == DecisionState.TAKEN)
    posting = sa.and_(LETTER.c.decision_id == DECIDED.c.id, LETTER.c.state == Delivery.TO_POST)
    decided = sa.and_(one.c.task == "decide", sa.exists().where(taken))
    under_way = sa.and_(one.c.task == "decide", sa.exists().where(taken, posting))
    columns = [column for column in one.c if column.name != "task"]
    task = sa.case((decided, "notify"), else_=one.c.task).label("task")
    return sa.select(*columns, task).where(~under_way).subquery()


def _waiting(row: Any) -> Waiting:
    where = (row.id, row.case_id, row.leads_to, row.within, WorkKind(row.kind))
    return Waiting(*where, row.number, row.title, row.person_id, row.task, row.due_on, row.article, row.member_id)


def _conditions(work: Work, asked: Filter, one: Any) -> Iterator[sa.ColumnElement[bool]]:
    if asked.kind is not None:
        yield one.c.kind == asked.kind.value
    if asked.task:
        yield one.c.task == asked.task
    if asked.overdue:
        yield one.c.due_on < work.today
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
            told = {"person": row.c.person_id, "title": _kind_of(row)}
            yield agenda.files(kind.value, row, row.c.number, role=SECRETARY, **told).where(row.c.person_id != me)
    if can(Permission.DIALOGUE_PLAN):
        row = _table(ValuationDialogue)
        found = agenda.files(WorkKind.DIALOGUE.value, row, sa.literal(""), role=SECRETARY, person=row.c.person_id)
        yield found.where(row.c.person_id != me)
    if can(Permission.WORKLIST_READ):
        row, decision = _table(GrantCondition), _table(Decision)
        told = {"leads_to": decision.c.id, "person": row.c.person_id}
        found = agenda.files(WorkKind.CONDITION.value, row, decision.c.number, role=SECRETARY, **told)
        yield found.join(decision, decision.c.id == row.c.decision_id).where(row.c.person_id != me)
    if can(Permission.PERSON_KEEP):
        for kind, row in OF_THE_OFFICE:
            told = {"role": Role.OFFICE.value, "person": row.c.person_id}
            yield agenda.files(kind.value, row, row.c.number, **told).where(row.c.person_id != me)
    yield from accreditation.files(work)
    yield from appeals.files(work)


def _kind_of(row: Any) -> Any:
    """The kind of an application or measure itself."""
    return sa.cast(row.c.kind, sa.String()) if "kind" in row.c else agenda.UNTITLED


def _votes(work: Work) -> Iterator[sa.Select[Any]]:
    """What stands on an agenda and waits for the vote of the actor; never on their own file."""
    actor = work.actor
    if isinstance(actor, Actor) and actor.can(Permission.SESSION_VOTE):
        for kind, model in ((WorkKind.APPLICATION, Application), (WorkKind.MEASURE, Measure)):
            row = _table(model)
            told = {"person": row.c.person_id, "title": _kind_of(row)}
            found = panel_queries.to_vote(kind.value, actor.person_id, row, row.c.number, **told)
            yield found.where(row.c.person_id != actor.person_id)
    yield from accreditation.votes(work)
