"""Reads of a committee's sessions: those that a member sits in, or all of them for who plans."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from core import agenda
from core.errors import NotFound
from core.panel import service as panel
from core.panel.service import PanelItem, PanelRecusal, PanelSeat, PanelSession, PanelVote
from core.panel.votes import SITS, TAKES_FILES, ItemState, SessionState, Vote
from core.store.work import Work

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
    still = wanted.where(col(PanelSession.state).in_(list(TAKES_FILES)), PanelSession.held_on >= work.today)
    return (await work.session.exec(still.order_by(col(PanelSession.held_on), col(PanelSession.id)))).all()


async def one(work: Work, wanted: Sessions, id: UUID) -> PanelSession:
    """One of these sessions; NotFound("no-such-session")."""
    found = (await work.session.exec(wanted.where(PanelSession.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-session")
    return found


async def files_on(work: Work, session_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many files stand on the agenda of each session; those that were taken off are not counted."""
    wanted = (
        select(col(PanelItem.session_id), sa.func.count())
        .where(col(PanelItem.session_id).in_(list(session_ids)), PanelItem.state != ItemState.REMOVED)
        .group_by(col(PanelItem.session_id))
    )
    return dict((await work.session.exec(wanted)).all())


async def place_of(work: Work, item: PanelItem, voter: UUID | None) -> tuple[int, int, UUID | None]:
    """Which file this is of how many on its agenda, and the next one that waits, from here round to here.

    For who votes that is one without their vote, for who does not (`voter` is nobody) one that is not decided.
    """
    items = [one for one in await panel.items_of(work, item.session_id) if one.state is not ItemState.REMOVED]
    at = next((n for n, one in enumerate(items, start=1) if one.id == item.id), 0)
    waiting = [one for one in (*items[at:], *items[: max(at - 1, 0)]) if one.state is ItemState.LISTED]
    if voter is not None:
        aside = await panel.recused(work, [one.case_id for one in waiting])
        votes = await panel.votes_on(work, [one.id for one in waiting])
        voted = {vote.item_id for vote in votes if vote.member_id == voter}
        waiting = [one for one in waiting if one.id not in voted and (one.case_id, voter) not in aside]
    return at, len(items), waiting[0].id if waiting else None


async def count_shown(work: Work, item: PanelItem, *, keeps: bool, reader: UUID | None) -> dict[str, int | None]:
    """How many votes count on a file; and what they were, to who keeps the session, and once the file is dealt with to
    whoever voted on it."""
    judges = await panel.judges_of(work, item)
    votes = {row.member_id: row.vote for row in await panel.votes_on(work, [item.id]) if row.member_id in judges}
    how = keeps or knows_votes(item, votes, reader)
    return {"cast": len(votes), **(tally_shown(votes.values()) if how else dict.fromkeys(Vote, None))}


def knows_votes(item: PanelItem, voted: Collection[UUID], reader: UUID | None) -> bool:
    """Whether a member is told what was voted: on a file that is dealt with, and on which their own vote counts."""
    return item.state is not ItemState.LISTED and reader in voted


def tally_shown(votes: Collection[Vote]) -> dict[str, int | None]:
    """So many for, against and abstained."""
    return {vote.value: sum(one is vote for one in votes) for vote in Vote}


ITEM: Any = PanelItem.__table__  # type: ignore[attr-defined]
SESSION: Any = PanelSession.__table__  # type: ignore[attr-defined]
SEAT: Any = PanelSeat.__table__  # type: ignore[attr-defined]
VOTE: Any = PanelVote.__table__  # type: ignore[attr-defined]
ASIDE: Any = PanelRecusal.__table__  # type: ignore[attr-defined]


def to_vote(
    kind: str,
    member: UUID,
    row: Any,
    number: Any,
    *,
    title: Any = agenda.UNTITLED,
    person: Any = agenda.NOBODY,
    term_of: Any = None,
) -> sa.Select[Any]:
    """The files on agendas that wait for the vote of a member, in the shape of core.agenda.files.

    Until the session opens they wait to be read. The day is the last one to decide (of the case `term_of`, itself
    unless told), or that of the session where no term runs.
    """
    case = row.c.id if term_of is None else term_of
    task = sa.case((SESSION.c.state == SessionState.OPEN, "vote"), else_="prepare")
    term = agenda.TASK
    due_on = sa.func.coalesce(term.c.due_on, SESSION.c.held_on)
    running = sa.and_(term.c.case_id == case, term.c.task == "decide", term.c.done_at.is_(None))
    voted = sa.exists().where(VOTE.c.item_id == ITEM.c.id, VOTE.c.member_id == member)
    aside = sa.exists().where(ASIDE.c.case_id == ITEM.c.case_id, ASIDE.c.member_id == member)
    to = {"id": ITEM.c.id, "leads_to": ITEM.c.id, "within": SESSION.c.id}
    return (
        agenda.listed(kind, ITEM.c.case_id, number, **to, person=person, title=title)
        .add_columns(task.label("task"), due_on.label("due_on"), sa.func.coalesce(term.c.article, "").label("article"))
        .select_from(ITEM)
        .join(SESSION, SESSION.c.id == ITEM.c.session_id)
        .join(SEAT, sa.and_(SEAT.c.session_id == SESSION.c.id, SEAT.c.member_id == member))
        .join(row, row.c.id == ITEM.c.case_id)
        .outerjoin(term, running)
        .where(ITEM.c.state == ItemState.LISTED, SESSION.c.state.in_(list(TAKES_FILES)), SEAT.c.state.in_(list(SITS)))
        .where(~voted, ~aside)
    )
