"""Committee sessions (zittingen): composition, agenda, recusal, votes, minutes.

The rooms bring the files (`case_kind`, `case_id`) and fill the port `Conflicts`; the panel knows only persons by id.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col, select

from core.errors import Forbidden, NotFound, Refused
from core.panel.votes import (
    ITEM,
    SEAT,
    SITS,
    TAKES_FILES,
    ItemEvent,
    ItemState,
    Outcome,
    SeatState,
    SessionState,
    Tally,
    Vote,
    require_seat,
    tally,
)
from core.store.db import Versioned, choice, json_column
from core.store.work import Work

Pair = tuple[UUID, UUID]
"""A case and a member."""
Conflicts = Callable[[Work, Collection[UUID], Collection[UUID]], Awaitable[Mapping[Pair, list[str]]]]
"""(work, cases, members) -> the grounds on which a member may not judge a file, for each pair that has any."""


class PanelSession(Versioned, table=True):
    """One session of one committee on one day."""

    __tablename__ = "panel_session"

    committee: str = Field(max_length=40)
    held_on: date
    chair_id: UUID
    quorum: int
    state: SessionState = Field(default=SessionState.PLANNED, sa_type=choice(SessionState))
    minutes: str = ""
    minutes_sha256: str = Field(default="", max_length=64)
    """Of the text that the chair signed."""
    signed_by: UUID | None = None
    signed_at: datetime | None = None


class PanelSeat(Versioned, table=True):
    """A member who was invited to a session, and what came of it."""

    __tablename__ = "panel_seat"
    __table_args__ = (sa.UniqueConstraint("session_id", "member_id"),)

    session_id: UUID = Field(foreign_key="panel_session.id")
    member_id: UUID = Field(index=True)
    state: SeatState = Field(default=SEAT.start, sa_type=choice(SeatState))


class PanelItem(Versioned, table=True):
    """A file on the agenda of a session; `summary` is what its room told of it when it was listed or opened."""

    __tablename__ = "panel_item"
    __table_args__ = (sa.UniqueConstraint("session_id", "case_id"),)

    session_id: UUID = Field(foreign_key="panel_session.id")
    case_kind: str = Field(max_length=40)
    case_id: UUID = Field(index=True)
    position: int
    state: ItemState = Field(default=ItemState.LISTED, sa_type=choice(ItemState))
    summary: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())


class PanelVote(Versioned, table=True):
    """One vote; a dissenting member may say why."""

    __tablename__ = "panel_vote"
    __table_args__ = (sa.UniqueConstraint("item_id", "member_id"),)

    item_id: UUID = Field(foreign_key="panel_item.id")
    member_id: UUID
    vote: Vote = Field(sa_type=choice(Vote))
    dissent: str = ""


class PanelRecusal(Versioned, table=True):
    """A member who may not judge a file; never undone, in this session or a later one."""

    __tablename__ = "panel_recusal"
    __table_args__ = (sa.UniqueConstraint("case_id", "member_id"),)

    case_id: UUID = Field(index=True)
    member_id: UUID
    ground: str = Field(max_length=60)


async def session_of(work: Work, id: UUID, committee: str) -> PanelSession:
    """A session of this committee, locked for what follows; NotFound("no-such-session"), also for one of another."""
    wanted = select(PanelSession).where(PanelSession.id == id, PanelSession.committee == committee)
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-session")
    return found


async def list_case(
    work: Work, session: PanelSession, case_kind: str, case_id: UUID, summary: Mapping[str, Any] | None = None
) -> PanelItem:
    """Put a file on the agenda, last; Refused: as `require_takes_files`, "already-listed" when it stands on one.

    A file that was taken off or returned goes to another session: here its votes were cast.
    """
    require_takes_files(work, session)
    here = (PanelItem.session_id == session.id) | (PanelItem.state == ItemState.LISTED)
    if (await work.session.exec(select(PanelItem.id).where(PanelItem.case_id == case_id, here))).first():
        raise Refused("already-listed")
    (item,) = await list_cases(work, session, [(case_kind, case_id, summary or {})])
    return item


def takes_files(session: PanelSession, today: date) -> bool:
    """Whether a file can still be added to its agenda."""
    return session.state in TAKES_FILES and session.held_on >= today


def require_takes_files(work: Work, session: PanelSession) -> None:
    """Refused: `session-closed`, and `session-over` once the day of the session is past."""
    if session.state not in TAKES_FILES:
        raise Refused("session-closed")
    if session.held_on < work.today:
        raise Refused("session-over", held_on=session.held_on.isoformat())


async def list_cases(
    work: Work, session: PanelSession, cases: Sequence[tuple[str, UUID, Mapping[str, Any]]]
) -> list[PanelItem]:
    """Put files that stand on no agenda on this one, in this order."""
    counted = await work.session.exec(select(sa.func.count()).where(col(PanelItem.session_id) == session.id))
    items = [
        PanelItem(session_id=session.id, case_kind=kind, case_id=case_id, position=at, summary=dict(summary))
        for at, (kind, case_id, summary) in enumerate(cases, start=int(counted.one()) + 1)
    ]
    work.add(*items)
    await work.flush()
    for item in items:
        work.log("session:list", item, stream=session.stream(), case=str(item.case_id))
    return items


async def remove_case(work: Work, case_id: UUID) -> None:
    """Take a withdrawn file off the agenda on which it stands, if any."""
    listed = select(PanelItem).where(PanelItem.case_id == case_id, PanelItem.state == ItemState.LISTED)
    for item in (await work.session.exec(listed)).all():
        move_item(work, item, ItemEvent.REMOVE)


def move_item(work: Work, item: PanelItem, event: ItemEvent) -> None:
    """Move a file by its machine; Refused("wrong-state")."""
    item.state = ITEM.after(item.state, event)
    work.log(f"session:{event.value}", item, stream=f"panel_session/{item.session_id}", case=str(item.case_id))


async def item_of(work: Work, id: UUID, committee: str) -> tuple[PanelItem, PanelSession]:
    """A file on an agenda of this committee with its session; NotFound("no-such-item")."""
    wanted = select(PanelItem, PanelSession).join(PanelSession)
    wanted = wanted.where(PanelItem.id == id, PanelSession.committee == committee)
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-item")
    return found


async def seats_of(work: Work, session_id: UUID) -> Sequence[PanelSeat]:
    """Everybody who was invited, in that order."""
    wanted = select(PanelSeat).where(PanelSeat.session_id == session_id)
    return (await work.session.exec(wanted.order_by(col(PanelSeat.id)))).all()


async def seated(work: Work, session_id: UUID) -> set[UUID]:
    """Who was invited, did not say no, and is not absent."""
    return {seat.member_id for seat in await seats_of(work, session_id) if seat.state in SITS}


async def recused(work: Work, case_ids: Collection[UUID]) -> set[Pair]:
    """Who stepped aside for which of these files, in whatever session."""
    wanted = select(PanelRecusal.case_id, PanelRecusal.member_id).where(col(PanelRecusal.case_id).in_(list(case_ids)))
    return {(case, member) for case, member in await work.session.exec(wanted)}


async def recuse_conflicted(
    work: Work, session_id: UUID, case_ids: Collection[UUID], members: Collection[UUID], conflicts: Conflicts
) -> None:
    """Note for good who may not judge which of these files, so that it holds also when the reason ends later."""
    already = await recused(work, case_ids)
    for (case, member), grounds in sorted((await conflicts(work, case_ids, members)).items()):
        if (case, member) not in already:
            _step_aside(work, session_id, case, member, grounds[0])
    await work.flush()


def _step_aside(work: Work, session_id: UUID, case_id: UUID, member: UUID, ground: str) -> PanelRecusal:
    row = PanelRecusal(case_id=case_id, member_id=member, ground=ground)
    work.add(row)
    work.log("session:recuse", row, stream=f"panel_session/{session_id}", ground=ground)
    return row


async def require_judge(work: Work, item: PanelItem, member: UUID, conflicts: Conflicts) -> None:
    """Refuse whoever may not read or judge this file (see voting.require_seat)."""
    found = await conflicts(work, [item.case_id], [member])
    aside = {who for _, who in await recused(work, [item.case_id])}
    require_seat(member, await seated(work, item.session_id), aside, found.get((item.case_id, member), []))


async def vote(
    work: Work, item: PanelItem, session: PanelSession, member: UUID, choice: Vote, dissent: str, conflicts: Conflicts
) -> PanelVote:
    """Cast one vote; Refused("session-not-open"), "wrong-state", "already-voted"; Forbidden as in require_judge."""
    await require_judge(work, item, member, conflicts)
    if session.state is not SessionState.OPEN:
        raise Refused("session-not-open")
    if item.state is not ItemState.LISTED:
        raise Refused("wrong-state", open_moves=ITEM.open(item.state), state=item.state.value)
    before = select(PanelVote.id).where(PanelVote.item_id == item.id, PanelVote.member_id == member)
    if (await work.session.exec(before)).first():
        raise Refused("already-voted")
    return cast_vote(work, item, member, choice, dissent)


def cast_vote(work: Work, item: PanelItem, member: UUID, choice: Vote, dissent: str) -> PanelVote:
    """Cast a vote that was found to be allowed."""
    cast = PanelVote(item_id=item.id, member_id=member, vote=choice, dissent=dissent)
    work.add(cast)
    work.log("session:vote", cast, stream=f"panel_session/{item.session_id}")
    return cast


async def recuse(work: Work, item: PanelItem, member: UUID, ground: str) -> PanelRecusal:
    """Step aside for good; a vote that was cast no longer counts. Forbidden("not-seated"), Refused("wrong-state")."""
    if member not in await seated(work, item.session_id):
        raise Forbidden("not-seated")
    if item.state is not ItemState.LISTED:
        raise Refused("wrong-state", open_moves=ITEM.open(item.state), state=item.state.value)
    if (item.case_id, member) in await recused(work, [item.case_id]):
        raise Refused("already-recused")
    return _step_aside(work, item.session_id, item.case_id, member, ground)


async def conclude(work: Work, item: PanelItem, session: PanelSession, event: ItemEvent, conflicts: Conflicts) -> Tally:
    """Count the votes on a file and move it; Refused: `session-not-open`, `no-quorum`, `wrong-state`.

    A conflict that came to light after a vote voids it, as recusal does.
    """
    if session.state is not SessionState.OPEN:
        raise Refused("session-not-open")
    following = ITEM.after(item.state, event)
    votes = {row.member_id: row.vote for row in await votes_on(work, [item.id])}
    await recuse_conflicted(work, session.id, [item.case_id], votes, conflicts)
    aside = {who for _, who in await recused(work, [item.case_id])}
    counted = tally(votes, await seated(work, session.id), aside, session.quorum)
    item.state = following
    facts = {"for": counted.votes_for, "against": counted.votes_against, "abstained": counted.abstained}
    work.log("session:conclude", item, stream=session.stream(), **facts)
    return counted


async def leaning(work: Work, item: PanelItem, otherwise: Outcome) -> Outcome:
    """What the votes on a file come to so far, whoever is still to vote; `otherwise` while there is no majority."""
    votes = await counted(work, item)
    ahead = votes[Vote.FOR] - votes[Vote.AGAINST]
    return otherwise if ahead == 0 else Outcome.CARRIED if ahead > 0 else Outcome.LOST


async def counted(work: Work, item: PanelItem) -> Counter[Vote]:
    """The votes on a file that count so far: of who sits in the session and did not step aside."""
    judges = await judges_of(work, item)
    return Counter(row.vote for row in await votes_on(work, [item.id]) if row.member_id in judges)


async def judges_of(work: Work, item: PanelItem) -> set[UUID]:
    """Who sits in the session and did not step aside for a file."""
    return await seated(work, item.session_id) - {who for _, who in await recused(work, [item.case_id])}


async def votes_on(work: Work, item_ids: Collection[UUID]) -> Sequence[PanelVote]:
    """The votes that were cast on these files, in that order."""
    wanted = select(PanelVote).where(col(PanelVote.item_id).in_(list(item_ids)))
    return (await work.session.exec(wanted.order_by(col(PanelVote.id)))).all()


async def items_of(work: Work, session_id: UUID) -> Sequence[PanelItem]:
    """The agenda of a session, in its order."""
    wanted = select(PanelItem).where(PanelItem.session_id == session_id)
    return (await work.session.exec(wanted.order_by(col(PanelItem.position)))).all()
