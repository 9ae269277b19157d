"""Reads of a committee's sessions: those that a member sits in, or all of them for who plans."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.errors import NotFound
from core.panel import PanelSeat, PanelSession
from core.voting import TAKES_FILES
from core.work import Work

Sessions = SelectOfScalar[PanelSession]


def of_all(committee: str) -> Sessions:
    """Every session of a committee."""
    return select(PanelSession).where(PanelSession.committee == committee)


def of_member(committee: str, member: UUID) -> Sessions:
    """The sessions to which a member was invited."""
    mine = select(PanelSeat.session_id).where(PanelSeat.member_id == member)
    return of_all(committee).where(col(PanelSession.id).in_(mine))


async def page(work: Work, wanted: Sessions, after: UUID | None, most: int) -> Sequence[PanelSession]:
    """A page of sessions, in the order in which they were planned."""
    if after is not None:
        wanted = wanted.where(col(PanelSession.id) > after)
    return (await work.session.exec(wanted.order_by(col(PanelSession.id)).limit(most))).all()


async def latest(work: Work, wanted: Sessions, most: int) -> Sequence[PanelSession]:
    """The latest day first."""
    by_day = wanted.order_by(col(PanelSession.held_on).desc(), col(PanelSession.id).desc())
    return (await work.session.exec(by_day.limit(most))).all()


async def taking_files(work: Work, wanted: Sessions) -> Sequence[PanelSession]:
    """Those to whose agenda a file can still be added, the nearest day first."""
    still = wanted.where(col(PanelSession.state).in_(list(TAKES_FILES)))
    return (await work.session.exec(still.order_by(col(PanelSession.held_on), col(PanelSession.id)))).all()


async def one(work: Work, wanted: Sessions, id: UUID) -> PanelSession:
    """One of these sessions; NotFound("no-such-session")."""
    found = (await work.session.exec(wanted.where(PanelSession.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-session")
    return found
