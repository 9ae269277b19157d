"""Reads of the library: what is published for who decides, drafts for who may see the dispute."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from appeals.disputes import queries as disputes
from appeals.disputes.policy import Kind
from appeals.library.models import LibraryEntry
from appeals.library.policy import LibraryState, folded
from core.errors import NotFound
from core.store.work import Work


def _visible(work: Work) -> SelectOfScalar[LibraryEntry]:
    wanted = select(LibraryEntry)
    drafts = [col(LibraryEntry.dispute_id).in_(disputes.handled(work, kind)) for kind in Kind]
    return wanted.where(or_(col(LibraryEntry.state) == LibraryState.PUBLISHED, *drafts))


async def entry(work: Work, id: UUID) -> LibraryEntry:
    """A decision in the library; NotFound("no-such-library-entry")."""
    found = (await work.session.exec(_visible(work).where(LibraryEntry.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-library-entry")
    return found


async def entries(work: Work, words: str, kind: Kind | None, after: UUID | None, most: int) -> Sequence[LibraryEntry]:
    """What has every one of these words, oldest first."""
    wanted = _visible(work)
    for word in folded(words).split()[:8]:
        wanted = wanted.where(col(LibraryEntry.found_by).contains(word, autoescape=True))
    if kind is not None:
        wanted = wanted.where(LibraryEntry.kind == kind)
    if after is not None:
        wanted = wanted.where(col(LibraryEntry.id) > after)
    return (await work.session.exec(wanted.order_by(col(LibraryEntry.id)).limit(most))).all()


async def of_decision(work: Work, decision_id: UUID) -> bool:
    """Whether a decision is in the library."""
    wanted = select(LibraryEntry.id).where(LibraryEntry.decision_id == decision_id)
    return (await work.session.exec(wanted)).first() is not None
