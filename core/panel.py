"""Committee sessions (zittingen): composition, agenda, recusal, votes, minutes.

The rooms bring the files (`case_kind`, `case_id`) and fill the port `Conflicts`; the panel knows only persons by id.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col, select

from core.db import Versioned, choice
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.voting import (
    ITEM,
    SESSION,
    ItemEvent,
    ItemState,
    SessionEvent,
    SessionState,
    Tally,
    Vote,
    require_seat,
    tally,
)
from core.work import Work

Conflicts = Callable[[Work, str, UUID, UUID], Awaitable[list[str]]]
"""(work, case kind, case id, member) -> grounds on which that member may not judge that file."""


class PanelSession(Versioned, table=True):
    """One session of one committee on one day."""

    __tablename__ = "panel_session"

    committee: str = Field(max_length=40)
    held_on: date
    chair_id: UUID
    quorum: int
    state: SessionState = Field(default=SessionState.PLANNED, sa_type=choice(SessionState))
    minutes: str = ""
    signed_by: UUID | None = None
    signed_at: datetime | None = None


class PanelSeat(Versioned, table=True):
    """A member who was invited to a session."""

    __tablename__ = "panel_seat"
    __table_args__ = (sa.UniqueConstraint("session_id", "member_id"),)

    session_id: UUID = Field(foreign_key="panel_session.id")
    member_id: UUID = Field(index=True)
    present: bool = True


class PanelItem(Versioned, table=True):
    """A file on the agenda of a session."""

    __tablename__ = "panel_item"
    __table_args__ = (sa.UniqueConstraint("session_id", "case_id"),)

    session_id: UUID = Field(foreign_key="panel_session.id")
    case_kind: str = Field(max_length=40)
    case_id: UUID = Field(index=True)
    position: int
    state: ItemState = Field(default=ItemState.LISTED, sa_type=choice(ItemState))


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


async def plan(
    work: Work, committee: str, held_on: date, chair_id: UUID, members: Sequence[UUID], quorum: int
) -> PanelSession:
    """Plan a session; Invalid: `chair-not-seated`, `too-few-members` (fewer than the quorum), `member-twice`."""
    if len(set(members)) != len(members):
        raise Invalid("member-twice", [("members", "member-twice")])
    if chair_id not in members:
        raise Invalid("chair-not-seated", [("chair_id", "chair-not-seated")])
    if len(members) < quorum:
        raise Invalid("too-few-members", [("members", "too-few-members")], quorum=quorum)
    session = PanelSession(committee=committee, held_on=held_on, chair_id=chair_id, quorum=quorum)
    work.add(session)
    await work.flush()
    work.log("session:plan", session, held_on=held_on, quorum=quorum, members=sorted(str(m) for m in members))
    for member in members:
        seat = PanelSeat(session_id=session.id, member_id=member)
        work.add(seat)
        work.log("session:invite", seat, stream=session.stream())
    return session


async def session_of(work: Work, id: UUID) -> PanelSession:
    """The session, locked for what follows; NotFound("no-such-session")."""
    found = (await work.session.exec(select(PanelSession).where(PanelSession.id == id))).one_or_none()
    if found is None:
        raise NotFound("no-such-session")
    return found


async def open_session(work: Work, session: PanelSession) -> None:
    """Open a planned session."""
    session.state = SESSION.after(session.state, SessionEvent.OPEN)
    work.log("session:open", session)


async def list_case(work: Work, session: PanelSession, case_kind: str, case_id: UUID) -> PanelItem:
    """Put a file on the agenda, last; Refused("session-closed"), or "already-listed" when another session has it."""
    if session.state is SessionState.CLOSED:
        raise Refused("session-closed")
    open_elsewhere = select(PanelItem.id).where(PanelItem.case_id == case_id, PanelItem.state == ItemState.LISTED)
    if (await work.session.exec(open_elsewhere)).first():
        raise Refused("already-listed")
    counted = await work.session.exec(select(sa.func.count()).where(col(PanelItem.session_id) == session.id))
    item = PanelItem(session_id=session.id, case_kind=case_kind, case_id=case_id, position=int(counted.one()) + 1)
    work.add(item)
    work.log("session:list", item, stream=session.stream(), case=str(case_id))
    return item


async def remove_case(work: Work, case_id: UUID) -> None:
    """Take a withdrawn file off the agenda on which it stands, if any."""
    listed = select(PanelItem).where(PanelItem.case_id == case_id, PanelItem.state == ItemState.LISTED)
    for item in (await work.session.exec(listed)).all():
        item.state = ITEM.after(item.state, ItemEvent.REMOVE)
        work.log("session:remove", item, stream=f"panel_session/{item.session_id}", case=str(case_id))


async def item_of(work: Work, id: UUID) -> tuple[PanelItem, PanelSession]:
    """A file on an agenda with its session; NotFound("no-such-item")."""
    wanted = select(PanelItem, PanelSession).join(PanelSession).where(PanelItem.id == id)
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-item")
    return found


async def seated(work: Work, session_id: UUID) -> set[UUID]:
    """Who sits in a session and is present."""
    rows = await work.session.exec(
        select(PanelSeat.member_id).where(PanelSeat.session_id == session_id, col(PanelSeat.present).is_(True))
    )
    return set(rows)


async def recused(work: Work, case_id: UUID) -> set[UUID]:
    """Who stepped aside for a file, in whatever session."""
    return set(await work.session.exec(select(PanelRecusal.member_id).where(PanelRecusal.case_id == case_id)))


async def require_judge(work: Work, item: PanelItem, member: UUID, conflicts: Conflicts) -> None:
    """Refuse whoever may not read or judge this file (see voting.require_seat)."""
    grounds = await conflicts(work, item.case_kind, item.case_id, member)
    require_seat(member, await seated(work, item.session_id), await recused(work, item.case_id), grounds)


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
    cast = PanelVote(item_id=item.id, member_id=member, vote=choice, dissent=dissent)
    work.add(cast)
    work.log("session:vote", cast, stream=session.stream())
    return cast


async def recuse(work: Work, item: PanelItem, member: UUID, ground: str) -> PanelRecusal:
    """Step aside for good; a vote that was cast no longer counts. Forbidden("not-seated"), Refused("wrong-state")."""
    if member not in await seated(work, item.session_id):
        raise Forbidden("not-seated")
    if item.state is not ItemState.LISTED:
        raise Refused("wrong-state", open_moves=ITEM.open(item.state), state=item.state.value)
    if member in await recused(work, item.case_id):
        raise Refused("already-recused")
    row = PanelRecusal(case_id=item.case_id, member_id=member, ground=ground)
    work.add(row)
    work.log("session:recuse", row, stream=f"panel_session/{item.session_id}", ground=ground)
    return row


async def conclude(work: Work, item: PanelItem, session: PanelSession, event: ItemEvent) -> Tally:
    """Count the votes on a file and move it; Refused: `session-not-open`, `no-quorum`, `wrong-state`."""
    if session.state is not SessionState.OPEN:
        raise Refused("session-not-open")
    following = ITEM.after(item.state, event)
    rows = await work.session.exec(select(PanelVote).where(PanelVote.item_id == item.id))
    votes = {row.member_id: row.vote for row in rows}
    counted = tally(votes, await seated(work, session.id), await recused(work, item.case_id), session.quorum)
    item.state = following
    facts = {"for": counted.votes_for, "against": counted.votes_against, "abstained": counted.abstained}
    work.log("session:conclude", item, stream=session.stream(), **facts)
    return counted


async def close_session(work: Work, session: PanelSession, minutes: str) -> None:
    """Close with signed minutes; Invalid("minutes-missing"), Refused("files-left") while a file is still listed."""
    if not minutes.strip():
        raise Invalid("minutes-missing", [("minutes", "minutes-missing")])
    left = select(PanelItem.id).where(PanelItem.session_id == session.id, PanelItem.state == ItemState.LISTED)
    if (await work.session.exec(left)).first():
        raise Refused("files-left")
    session.state = SESSION.after(session.state, SessionEvent.CLOSE)
    session.minutes = minutes
    session.signed_at = work.now
    work.log("session:close", session)
