"""Reads of corrections, scoped to who asks, and of what a decision still carries."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import and_, col, or_, select

from auth.actor import Actor
from auth.permissions import Permission
from core.decisions import Decision, Verdict
from core.errors import NotFound
from core.store.work import Work
from register.committee.corrections.models import Correction
from register.committee.corrections.policy import ENDED, VALUATION, CorrectionState
from register.entries.models import Application, Registration
from register.entries.policy import ApplicationKind

GIVEN = (Verdict.GRANTED, Verdict.GRANTED_SHORTER, Verdict.PARTLY_GRANTED)
KINDS = [kind.value for kind in ApplicationKind]


async def correction(work: Work, id: UUID) -> Correction:
    """A correction that the actor may see; NotFound("no-such-correction")."""
    found = (await work.session.exec(select(Correction).where(_visible(work), Correction.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-correction")
    return found


async def corrections(
    work: Work, state: CorrectionState | None, after: UUID | None, most: int
) -> Sequence[tuple[Correction, str]]:
    """The corrections that the actor may see, oldest first, each with the number of the decision that it is about."""
    wanted = select(Correction, Decision.number).join(Decision, col(Decision.id) == Correction.decision_id)
    wanted = wanted.where(_visible(work))
    if state is not None:
        wanted = wanted.where(Correction.state == state)
    if after is not None:
        wanted = wanted.where(col(Correction.id) > after)
    return (await work.session.exec(wanted.order_by(col(Correction.id)).limit(most))).all()


def _visible(work: Work) -> sa.ColumnElement[bool]:
    """One's own; the secretary all others; who may sign those that wait for a signature."""
    actor = work.actor
    if not isinstance(actor, Actor):
        return sa.true()
    apart = col(Correction.person_id) != actor.person_id
    # What the office found and did not tell yet is not known to the person.
    told = or_(col(Correction.asked), col(Correction.state) != CorrectionState.OPENED)
    ways = [and_(col(Correction.person_id) == actor.person_id, told)]
    if actor.can(Permission.MEASURE_PROPOSE):
        ways.append(apart)
    if actor.can(Permission.MEASURE_SIGN):
        ways.append(and_(apart, col(Correction.state) == CorrectionState.PROPOSED))
    return or_(*ways)


async def runs(work: Work, decision_id: UUID) -> bool:
    """Whether a correction of a decision runs."""
    wanted = select(Correction.id).where(Correction.decision_id == decision_id, col(Correction.state).not_in(ENDED))
    return (await work.session.exec(wanted.limit(1))).first() is not None


async def taken_by(work: Work, decision_id: UUID) -> Correction | None:
    """The correction from which a decision came, if it did."""
    wanted = select(Correction).where(Correction.following_id == decision_id)
    return (await work.session.exec(wanted)).one_or_none()


async def overtaken_by(work: Work, decision: Decision) -> Sequence[Correction]:
    """The corrections that still run of what a decision took the place of, but for the one that it came from."""
    wanted = select(Correction).where(
        Correction.decision_id == decision.replaces,
        col(Correction.state).not_in(ENDED),
        sa.or_(col(Correction.following_id).is_(None), col(Correction.following_id) != decision.id),
    )
    return (await work.session.exec(wanted)).all()


async def entry_behind(work: Work, decision: Decision) -> Registration | None:
    """The entry that a decision on an application is about; none for a valuation."""
    wanted = (
        select(Registration)
        .join(Application, col(Application.registration_id) == Registration.id)
        .where(Application.id == decision.subject_id)
    )
    return (await work.session.exec(wanted)).one_or_none()


async def rests_on(work: Work, decision: Decision) -> bool:
    """Whether nothing was built on a decision that its correction would overturn.

    A granted one is what the entry rests on now. After a refused one nothing was granted in the same register.
    """
    if decision.kind == VALUATION:
        return True
    if decision.outcome in GIVEN:
        entry = await entry_behind(work, decision)
        return entry is not None and entry.decision_id == decision.id
    later = select(Decision.id).where(
        Decision.person_id == decision.person_id,
        Decision.register_code == decision.register_code,
        col(Decision.kind).in_(KINDS),
        col(Decision.outcome).in_(GIVEN),
        col(Decision.id) > decision.id,
    )
    return (await work.session.exec(later.limit(1))).first() is None
