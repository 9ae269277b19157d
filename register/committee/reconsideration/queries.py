"""Reads of reconsiderations: one's own, and for the secretary all others."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from auth.actor import Actor
from auth.permissions import Permission
from core.decisions import Decision, DecisionState
from core.errors import NotFound
from core.store.work import Work
from register.committee.reconsideration.models import Reconsideration
from register.committee.reconsideration.policy import ReopenedState

Told = tuple[Reconsideration, Decision, Decision]


async def reconsideration(work: Work, id: UUID) -> Told:
    """One that the actor may see, with the decision and what it is looked at again for; NotFound."""
    found = (await work.session.exec(_visible(work).where(Reconsideration.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-reconsideration")
    return found


async def reconsiderations(work: Work, state: ReopenedState | None, after: UUID | None, most: int) -> Sequence[Told]:
    """Those that the actor may see, oldest first."""
    wanted = _visible(work)
    if state is not None:
        wanted = wanted.where(Reconsideration.state == state)
    if after is not None:
        wanted = wanted.where(col(Reconsideration.id) > after)
    return (await work.session.exec(wanted.order_by(col(Reconsideration.id)).limit(most))).all()


def _visible(work: Work) -> Select[Reconsideration, Decision, Decision]:
    actor, because = work.actor, aliased(Decision)
    wanted = (
        select(Reconsideration, Decision, because)
        .join(Decision, col(Decision.id) == Reconsideration.decision_id)
        .join(because, col(because.id) == Reconsideration.because_of)
    )
    if not isinstance(actor, Actor):
        return wanted
    own = col(Reconsideration.person_id) == actor.person_id
    return wanted if actor.can(Permission.WORKLIST_READ) else wanted.where(own)


async def opened(work: Work, decision: Decision, because_of: Decision) -> Reconsideration | None:
    """The file that was opened for a decision because of another one."""
    wanted = select(Reconsideration).where(
        Reconsideration.decision_id == decision.id, Reconsideration.because_of == because_of.id
    )
    return (await work.session.exec(wanted)).one_or_none()


async def overtaken(work: Work, most: int) -> Sequence[Reconsideration]:
    """Those that still run about a decision that no longer stands."""
    wanted = (
        select(Reconsideration)
        .join(Decision, col(Decision.id) == Reconsideration.decision_id)
        .where(
            Reconsideration.state == ReopenedState.OPEN,
            col(Decision.state).in_([DecisionState.REPLACED, DecisionState.ANNULLED]),
        )
    )
    return (await work.session.exec(wanted.order_by(col(Reconsideration.id)).limit(most))).all()
