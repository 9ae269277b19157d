"""The life of a committee session: planned, members invited, opened, closed, its minutes signed by the chair."""

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import select

from core.errors import Forbidden, Invalid, NotFound, Refused
from core.panel.service import PanelItem, PanelSeat, PanelSession, seats_of
from core.panel.votes import SEAT, SESSION, TAKES_FILES, ItemState, SeatEvent, SessionEvent, SessionState
from core.store.work import Work


async def plan(
    work: Work, committee: str, held_on: date, chair_id: UUID, members: Sequence[UUID], quorum: int
) -> PanelSession:
    """Plan a session, today or later.

    Invalid: `chair-not-seated`, `too-few-members` (fewer than the quorum), `member-twice`, `session-before-today`.
    """
    if held_on < work.today:
        raise Invalid("session-before-today", [("held_on", "session-before-today")], today=work.today)
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
        await _seat(work, session, member)
    return session


async def invite(work: Work, session: PanelSession, member_id: UUID) -> PanelSeat:
    """Invite one more member, for who declined; Refused: `session-closed`, `already-invited`."""
    if session.state not in TAKES_FILES:
        raise Refused("session-closed")
    if any(seat.member_id == member_id for seat in await seats_of(work, session.id)):
        raise Refused("already-invited")
    return await _seat(work, session, member_id)


async def _seat(work: Work, session: PanelSession, member_id: UUID) -> PanelSeat:
    seat = PanelSeat(session_id=session.id, member_id=member_id)
    work.add(seat)
    await work.flush()
    work.log("session:invite", seat, stream=session.stream())
    return seat


async def answer(work: Work, session: PanelSession, member_id: UUID, event: SeatEvent) -> PanelSeat:
    """A member's own answer, or what the secretary notes of them; NotFound("no-such-seat"), Refused: as the machine,
    `session-closed`."""
    if session.state not in TAKES_FILES:
        raise Refused("session-closed")
    wanted = select(PanelSeat).where(PanelSeat.session_id == session.id, PanelSeat.member_id == member_id)
    seat = (await work.session.exec(wanted)).one_or_none()
    if seat is None:
        raise NotFound("no-such-seat")
    seat.state = SEAT.after(seat.state, event)
    work.log(f"session:{event.value}", seat, stream=session.stream())
    return seat


async def put_in_chair(work: Work, session: PanelSession, member_id: UUID) -> None:
    """Another member takes the chair; Invalid("chair-not-seated"), Refused("session-closed")."""
    if session.state not in TAKES_FILES:
        raise Refused("session-closed")
    if member_id not in {seat.member_id for seat in await seats_of(work, session.id)}:
        raise Invalid("chair-not-seated", [("chair_id", "chair-not-seated")])
    session.chair_id = member_id
    work.log("session:chair", session, chair=str(member_id))


async def open_session(work: Work, session: PanelSession) -> None:
    """Open a planned session."""
    session.state = SESSION.after(session.state, SessionEvent.OPEN)
    work.log("session:open", session)


async def close_session(work: Work, session: PanelSession, minutes: str) -> None:
    """Close with minutes that the chair will sign; Invalid("minutes-missing"), Refused("files-left") while a file is
    still listed."""
    following = SESSION.after(session.state, SessionEvent.CLOSE)
    left = select(PanelItem.id).where(PanelItem.session_id == session.id, PanelItem.state == ItemState.LISTED)
    if (await work.session.exec(left)).first():
        raise Refused("files-left")
    session.state = following
    _write(session, minutes)
    work.log("session:close", session)


def rewrite_minutes(work: Work, session: PanelSession, minutes: str) -> None:
    """Another text, as long as it is not signed; Refused: `minutes-signed`, `session-not-closed`."""
    if session.state is SessionState.SIGNED:
        raise Refused("minutes-signed")
    if session.state is not SessionState.CLOSED:
        raise Refused("session-not-closed", open_moves=SESSION.open(session.state), state=session.state.value)
    _write(session, minutes)
    work.log("session:minutes", session, sha256=digest_of_text(minutes))


def _write(session: PanelSession, minutes: str) -> None:
    if not minutes.strip():
        raise Invalid("minutes-missing", [("minutes", "minutes-missing")])
    session.minutes = minutes


def sign_minutes(work: Work, session: PanelSession, member_id: UUID) -> None:
    """The chair signs the text as it stands, for good; Forbidden("not-in-the-chair"), Refused("wrong-state")."""
    if member_id != session.chair_id:
        raise Forbidden("not-in-the-chair")
    session.state = SESSION.after(session.state, SessionEvent.SIGN)
    session.minutes_sha256 = digest_of_text(session.minutes)
    session.signed_by, session.signed_at = member_id, work.now
    work.log("session:sign", session, sha256=session.minutes_sha256)


def digest_of_text(text: str) -> str:
    """SHA-256 of a text, by which a signature says which text it is under."""
    return hashlib.sha256(text.encode()).hexdigest()
