"""Reads of endorsements: the owner's, by activity, and those that a colleague was asked for."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select

from auth.actor import person_of
from core.errors import NotFound
from core.store.work import Work
from register.portfolio.endorsing.models import Endorsement
from register.portfolio.endorsing.policy import EndorsementState
from register.portfolio.models import PortfolioEntry


async def asked_of_me(work: Work, id: UUID) -> tuple[Endorsement, PortfolioEntry]:
    """A request to who asks, with the activity; NotFound("no-such-request"), also once the owner ended it."""
    wanted = (
        select(Endorsement, PortfolioEntry)
        .join(PortfolioEntry, col(PortfolioEntry.id) == Endorsement.entry_id)
        .where(Endorsement.id == id, Endorsement.peer_id == person_of(work.actor))
        .where(Endorsement.state != EndorsementState.ENDED)
    )
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-request")
    return found


async def all_asked_of_me(work: Work, after: UUID | None, most: int) -> Sequence[Endorsement]:
    """What one was asked to endorse, the latest first."""
    wanted = select(Endorsement).where(
        Endorsement.peer_id == person_of(work.actor), Endorsement.state != EndorsementState.ENDED
    )
    if after is not None:
        wanted = wanted.where(col(Endorsement.id) < after)
    return (await work.session.exec(wanted.order_by(col(Endorsement.id).desc()).limit(most))).all()


async def own(work: Work, id: UUID) -> Endorsement:
    """An endorsement of an activity of one's own; NotFound("no-such-request")."""
    wanted = select(Endorsement).where(Endorsement.id == id, Endorsement.person_id == person_of(work.actor))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-request")
    return found


async def of_entries(work: Work, entry_ids: Collection[UUID]) -> Sequence[Endorsement]:
    """Everything that was asked and said about these activities, in order."""
    wanted = select(Endorsement).where(col(Endorsement.entry_id).in_(list(entry_ids)))
    return (await work.session.exec(wanted.order_by(col(Endorsement.id)))).all()
