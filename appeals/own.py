"""What somebody lodged against a decision about themselves, for the pages that show that decision."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select

from appeals.disputes.models import Contested, Dispute
from appeals.disputes.policy import FULLY_MET, Kind, ObjectionState
from auth.actor import Actor
from core.decisions import Decision
from core.store.work import Work

HOME = {Kind.OBJECTION: "/bezwaren", Kind.APPEAL: "/beroepen"}


@dataclass(frozen=True)
class Lodged:
    """An objection or appeal that was not taken back."""

    number: str
    kind: Kind
    received_on: date
    href: str


async def lodged_against(work: Work, decisions: Collection[UUID]) -> dict[UUID, Lodged]:
    """The latest that the actor, or who speaks for them, lodged against each of these decisions, or that each joined by
    itself (Awb 6:20); one query for all."""
    actor = work.actor
    if not decisions or not isinstance(actor, Actor):
        return {}
    own = sa.and_(col(Dispute.organisation_id).is_(None), col(Dispute.person_id) == actor.person_id)
    theirs = col(Dispute.organisation_id).in_(list(actor.organisations))
    whole = aliased(Decision)  # with which a decision came, and is contested (Awb 7:11)
    with_it = select(whole.id).where(whole.number == Decision.part_of)
    about = or_(Contested.decision_id == Decision.id, col(Contested.decision_id).in_(with_it))
    lodged = select(Contested.id).where(Contested.dispute_id == Dispute.id, about)
    joined = sa.and_(
        col(Dispute.about_id) == Decision.subject_id,
        col(Decision.notified_on) >= Dispute.received_on,
        col(Decision.outcome).not_in(FULLY_MET),
    )
    wanted = (
        select(col(Decision.id), Dispute)
        .join(Dispute, or_(lodged.exists(), joined))
        .where(col(Decision.id).in_(list(decisions)), Dispute.state != ObjectionState.WITHDRAWN.value)
        .where(or_(own, theirs))
        .order_by(col(Dispute.id))
    )
    return {decision: _lodged(row) for decision, row in await work.session.exec(wanted)}


def _lodged(row: Dispute) -> Lodged:
    return Lodged(row.number, row.kind, row.received_on, f"{HOME[row.kind]}/{row.id}")
