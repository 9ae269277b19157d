"""Conditions to a grant: set before it is made known, met or not by their day."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from auth.actor import Actor
from core import agenda
from core.decisions import DecisionState, Verdict
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.store.work import Work
from core.texts import day
from register.committee.conditions.models import GrantCondition
from register.committee.conditions.schemas import NewCondition
from register.notification import service as decisions

CASE, MEET = "grant-condition", "meet-condition"
GRANTED = frozenset({Verdict.GRANTED, Verdict.GRANTED_SHORTER, Verdict.PARTLY_GRANTED})


async def set_condition(work: Work, decision_id: UUID, new: NewCondition) -> GrantCondition:
    """Add a condition to a grant that is not made known yet; the letter tells it.

    Refused: `wrong-state` (made known already), `not-granted`; Invalid("day-passed"); Forbidden("own-case").
    """
    decision = await decisions.decision(work, decision_id)
    if isinstance(work.actor, Actor) and work.actor.person_id == decision.person_id:
        raise Forbidden("own-case")
    if decision.state is not DecisionState.TAKEN:
        raise Refused("wrong-state", state=decision.state.value)
    if decision.outcome not in GRANTED:
        raise Refused("not-granted")
    if new.due_on <= work.today:
        raise Invalid("day-passed", [("due_on", "day-passed")])
    row = GrantCondition(decision_id=decision.id, person_id=decision.person_id, text=new.text, due_on=new.due_on)
    work.add(row)
    told = f"{new.text} (uiterlijk {day(new.due_on, 'nl')})"
    decision.conditions = "\n".join(line for line in (decision.conditions, told) if line)
    await work.flush()
    work.log("condition:set", row, due_on=row.due_on)
    work.log("decision:condition", decision, condition=str(row.id))
    await agenda.expect(work, CASE, row.id, MEET, role="secretary", due_on=row.due_on, register=decision.register_code)
    return row


async def meet(work: Work, id: UUID) -> GrantCondition:
    """Record that a condition was met. Refused("condition-met") when it was before."""
    row = await condition(work, id)
    if isinstance(work.actor, Actor) and work.actor.person_id == row.person_id:
        raise Forbidden("own-case")
    work.expect(row)
    if row.met_on is not None:
        raise Refused("condition-met", met_on=row.met_on)
    row.met_on, row.met_by = work.today, work.actor.ref
    work.log("condition:meet", row, met_on=row.met_on)
    await agenda.done(work, row.id, MEET)
    return row


async def condition(work: Work, id: UUID) -> GrantCondition:
    """A condition of a decision that the actor may see; NotFound("no-such-condition")."""
    row = await work.session.get(GrantCondition, id)
    if row is not None:
        try:
            await decisions.decision(work, row.decision_id)
        except NotFound:
            row = None
    if row is None:
        raise NotFound("no-such-condition")
    return row


async def unmet(work: Work, after: UUID | None, most: int) -> Sequence[GrantCondition]:
    """What is still to be met for somebody else, the oldest first."""
    wanted = select(GrantCondition).where(col(GrantCondition.met_on).is_(None))
    if isinstance(work.actor, Actor):
        wanted = wanted.where(GrantCondition.person_id != work.actor.person_id)
    if after is not None:
        wanted = wanted.where(col(GrantCondition.id) > after)
    return (await work.session.exec(wanted.order_by(col(GrantCondition.id)).limit(most))).all()


async def overdue(work: Work, most: int) -> Sequence[GrantCondition]:
    """What was not met by its day, the longest ago first."""
    wanted = select(GrantCondition).where(col(GrantCondition.met_on).is_(None), GrantCondition.due_on < work.today)
    if isinstance(work.actor, Actor):
        wanted = wanted.where(GrantCondition.person_id != work.actor.person_id)
    return (await work.session.exec(wanted.order_by(col(GrantCondition.due_on)).limit(most))).all()
