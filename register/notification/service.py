"""Decisions as their addressee and the secretary see them, and the word to make one known."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import and_, col, not_, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.decisions import Channel, Decision, DecisionState
from core.errors import Forbidden, NotFound
from core.store.work import Work
from register.notification import announcing

DISPUTES = ("objection", "appeal")


async def decision(work: Work, id: UUID) -> Decision:
    """A decision that the actor may see; NotFound("no-such-decision"). An addressee sees it once it is made known."""
    found = (await work.session.exec(_visible(work).where(Decision.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-decision")
    return found


async def numbered(work: Work, number: str) -> Decision:
    """A decision that the actor may see, by the number on its letter; NotFound("no-such-decision")."""
    found = (await work.session.exec(_visible(work).where(Decision.number == number))).one_or_none()
    if found is None:
        raise NotFound("no-such-decision")
    return found


async def read(work: Work, id: UUID) -> Decision:
    """A decision that the actor may see: opened by its addressee, or with a trace of anybody else's look."""
    found = await decision(work, id)
    if is_addressed_to(work.actor, found):
        actor = work.actor
        work.then(lambda means: means.do(actor, lambda aside: announcing.opened(aside, id)))
    else:
        work.looked("decision:read", stream=found.stream(), decision=str(found.id))
    return found


def is_addressed_to(actor: object, decision: Decision) -> bool:
    """Whether a decision is one's own: taken on one's own request, or addressed to an organisation one acts for."""
    if not isinstance(actor, Actor):
        return False
    if decision.organisation_id is not None:
        return decision.organisation_id in actor.organisations
    return decision.person_id == actor.person_id


async def decisions(work: Work, state: DecisionState | None, after: UUID | None, most: int) -> Sequence[Decision]:
    """The decisions that the actor may see, oldest first."""
    wanted = _visible(work)
    if state is not None:
        wanted = wanted.where(Decision.state == state)
    if after is not None:
        wanted = wanted.where(col(Decision.id) > after)
    return (await work.session.exec(wanted.order_by(col(Decision.id)).limit(most))).all()


async def own_decisions(work: Work, most: int) -> Sequence[Decision]:
    """The last ones about the actor that were made known, newest last."""
    about = (Decision.person_id == person_of(work.actor), col(Decision.organisation_id).is_(None))
    wanted = select(Decision).where(*about, col(Decision.notified_on).is_not(None))
    return (await work.session.exec(wanted.order_by(col(Decision.id).desc()).limit(most))).all()[::-1]


def _visible(work: Work) -> SelectOfScalar[Decision]:
    actor = work.actor
    wanted = select(Decision)
    if not isinstance(actor, Actor):
        return wanted
    mine = and_(col(Decision.organisation_id).is_(None), col(Decision.person_id) == actor.person_id)
    if actor.organisations:
        # Said twice, because IN over nothing known is neither true nor false.
        theirs = and_(
            col(Decision.organisation_id).is_not(None), col(Decision.organisation_id).in_(actor.organisations)
        )
        mine = or_(mine, theirs)
    own = and_(mine, col(Decision.notified_on).is_not(None))
    if actor.can(Permission.DECISION_READ):
        # One on an objection or appeal is read in the dispute, where who took part is shut out (Awb 7:5, 10:3).
        return wanted.where(or_(own, and_(not_(mine), col(Decision.subject_kind).not_in(DISPUTES))))
    return wanted.where(own)


async def earlier(work: Work, person_id: UUID, register: str, but: UUID, most: int = 20) -> Sequence[Decision]:
    """What was made known to a person in a register, the latest first, but for one case; for who judges their file."""
    wanted = select(Decision).where(
        Decision.person_id == person_id,
        Decision.register_code == register,
        Decision.subject_id != but,
        col(Decision.notified_on).is_not(None),
        col(Decision.organisation_id).is_(None),
        col(Decision.subject_kind).not_in(DISPUTES),
    )
    return (await work.session.exec(wanted.order_by(col(Decision.notified_on).desc()).limit(most))).all()


async def notify(work: Work, id: UUID, channel: Channel | None, sent_on: date | None = None) -> Decision:
    """Make a decision known by the message box, or by post: at once when it was sent, else over the posting list.

    Refuses as `announcing.announce` does; Forbidden("own-case").
    """
    found = await decision(work, id)
    work.expect(found)
    if is_addressed_to(work.actor, found):
        raise Forbidden("own-case")
    return await announce(work, found, channel, sent_on)


async def announce(work: Work, found: Decision, channel: Channel | None, sent_on: date | None = None) -> Decision:
    """Send a decision on its way to its addressee; as `announcing.announce`."""
    await announcing.announce(work, found, channel, sent_on)
    return found
