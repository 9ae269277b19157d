"""What a timeline is made of: the trail of a case, what was told in it, what is decided on it, what waits for a day."""

import json
from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec
from sqlmodel import col, select

from core.agenda import AgendaEntry
from core.decisions import Decision, DecisionState
from core.law.articles import in_register
from core.remedies import Remedy, remedy_of
from core.store.audit import TrailEvent
from core.store.work import TOLD, Work
from core.timeline.policy import Act, Case, Coming, Known, Line, Table, Telling

REMEDIES = {Remedy.OBJECTION: "may-object", Remedy.APPEAL: "may-appeal", Remedy.COURT: ""}
"""What comes after a decision; what follows a ruling its letter says."""


async def tasks_of(work: Work, case_id: UUID) -> Sequence[AgendaEntry]:
    """What is still to be done in a case, nearest day first."""
    wanted = select(AgendaEntry).where(AgendaEntry.case_id == case_id, col(AgendaEntry.done_at).is_(None))
    return (await work.session.exec(wanted.order_by(col(AgendaEntry.due_on), col(AgendaEntry.id)))).all()


async def case_of(
    work: Work,
    case_id: UUID,
    table: Table,
    *,
    beside: Collection[UUID] = (),
    told: Sequence[Telling] = (),
    coming: Sequence[Coming] = (),
) -> Case:
    """The facts of a case with a day; `told` and `coming` are what its room knows beside the trail and the agenda.

    `beside` are rows that belong to it, of which the trail tells by themselves.
    """
    actions = [*table.steps, TOLD]
    wanted = (
        select(TrailEvent)
        .where(col(TrailEvent.object_id).in_([str(case_id), *map(str, beside)]), col(TrailEvent.action).in_(actions))
        .order_by(col(TrailEvent.id))
    )
    acts: list[Act] = []
    mailed: list[Telling] = []
    for event in (await work.session.exec(wanted)).all():
        said = json.loads(event.facts)
        if event.action == TOLD:
            mailed.append(Telling(said["topic"], event.on_day, said["to"]))
        else:
            acts.append(Act(event.action, event.on_day, said))
    tasks = [
        Coming(one.task, one.due_on, one.article, inside=one.task in table.inside)
        for one in await tasks_of(work, case_id)
    ]
    decided = select(Decision).where(Decision.subject_id == case_id).order_by(col(Decision.id))
    known = [_known(one, table.known) for one in (await work.session.exec(decided)).all()]
    return Case(acts, [*told, *mailed], known, [*tasks, *coming])


def _known(one: Decision, law: str) -> Known:
    stands = one.state is DecisionState.NOTIFIED
    return Known(
        one.number,
        one.decided_on,
        one.notified_on,
        one.last_day_to_object if stands else None,
        law,
        REMEDIES[remedy_of(one)],
        "6:7",
    )


def in_words_of(work: Work, register: str, lines: Sequence[Line]) -> list[Line]:
    """The articles of lines as they bind this register: a private one follows the Awb by its own regulation."""
    said: dict[str, str] = {}
    for one in lines:
        if one.article not in said:
            said[one.article] = in_register(work, register, one.article)
    return [msgspec.structs.replace(one, article=said[one.article]) for one in lines]
