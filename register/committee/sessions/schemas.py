"""What comes in and goes out in the committee's room."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from pydantic import Field

from auth.schemas import Schema
from core.fields import Day, NeededText, Text
from core.panel.votes import Vote
from register.committee.measures.schemas import MeasureView
from register.entries.schemas import ApplicationView
from register.notification.api import DecisionView

Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]


class NewSession(Schema):
    """A session to plan; the chair is one of the members, all of them by person id."""

    held_on: Day
    chair_id: UUID
    members: Annotated[list[UUID], Field(min_length=1, max_length=24)]


class NewItem(Schema):
    """A file to put on the agenda: an application, or a measure of which the hearing is over."""

    application_id: UUID


class Fill(Schema):
    """So many files on the agenda at most, the nearest term first."""

    size: Annotated[int, Field(ge=1, le=60)] = 40


class CarryOver(Schema):
    """The session that a file is taken to."""

    session_id: UUID


class NewSeat(Schema):
    """A member to invite, or to put in the chair."""

    member_id: UUID


class Answer(Schema):
    """`accept` or `decline`."""

    answer: Literal["accept", "decline"]


class Attendance(Schema):
    """`miss` for who is not there, `arrive` for who came after all."""

    member_id: UUID
    event: Literal["miss", "arrive"]


class NewVote(Schema):
    """One member's vote; `dissent` goes into the minutes."""

    vote: Vote
    dissent: Text = ""


class NewVotes(Schema):
    """One vote for several files: those named, or all that the rules grant and that one has not voted on."""

    vote: Vote = Vote.FOR
    items: Annotated[list[UUID], Field(max_length=60)] = []
    dissent: Text = ""


class NewRecusal(Schema):
    """Why a member steps aside; it is not undone."""

    ground: Code


class Rulings(Schema):
    """Which files to decide in the words of the library: those named, or all of which the votes are complete."""

    items: Annotated[list[UUID], Field(max_length=60)] = []


class Minutes(Schema):
    """The minutes of a session."""

    minutes: NeededText


class Closing(Schema):
    """The minutes with which a session closes; left out, they are drawn up from what happened."""

    minutes: Text = ""


class Empty(Schema):
    """Nothing more to say: `{}`."""


class MemberView(msgspec.Struct, frozen=True):
    """A member of the pool."""

    id: UUID
    name: str


class SeatView(msgspec.Struct, frozen=True):
    """A member who was invited, and whether they come; `presence` says what came of it: who voted was there."""

    id: UUID
    name: str
    state: str
    presence: str = ""


class ItemView(msgspec.Struct, frozen=True):
    """A file on the agenda. Who may not judge it sees that it is there and not what becomes of it: `open_to_me`."""

    id: UUID
    case_id: UUID
    application_id: UUID | None
    position: int
    state: str
    number: str
    kind: str
    applicant: str
    """Of whom it is; nothing where it is not open to me."""
    open_to_me: bool
    votes: int | None
    complete: bool
    """Everybody who is there and may judge it has voted, and they are enough."""
    my_vote: str | None
    present: Sequence[UUID]
    """Whose vote on it counts: who only was invited, or stepped aside, was not there for this file."""
    tally: dict[str, int | None] | None
    """So many for, against and abstained: to who keeps the session, and once it is dealt with to who voted on it."""
    summary: dict[str, Any]
    """What the rules make of it: `outcome`, `level`, `due_on`, `grounds`; nothing where it is not open to me."""
    recused: Sequence[UUID]
    awaited: Sequence[UUID]
    """The members whose vote is still missing, while the session is open."""
    decide_by: date | None
    decision: UUID | None
    decision_outcome: str | None
    decision_state: str | None


class SessionView(msgspec.Struct, frozen=True):
    """A session with its members and agenda."""

    id: UUID
    held_on: date
    state: str
    quorum: int
    chair_id: UUID
    members: Sequence[SeatView]
    items: Sequence[ItemView]
    minutes: str
    minutes_sha256: str
    signed_by: UUID | None
    warnings: Sequence[str]
    """`pool-too-small`, `pool-too-large`, `quorum-in-danger`."""
    open_moves: Sequence[str]


class ResultView(msgspec.Struct, frozen=True):
    """What came of one file in a deed for several: `done`, or the code of the refusal."""

    item_id: UUID
    number: str
    result: str


class DossierView(msgspec.Struct, frozen=True):
    """A file as a member reads it: the application with its facts, and what the rules make of them; or the measure."""

    item_id: UUID
    session_id: UUID
    state: str
    applicant: str
    register_number: str
    application: ApplicationView | None
    measure: MeasureView | None
    facts: dict[str, Any]
    assessment: dict[str, Any]
    my_vote: str | None
    open_moves: Sequence[str]


class RulingView(msgspec.Struct, frozen=True):
    """The votes on a file and the decision that follows; no decision when a tie sends the file back."""

    votes_for: int
    votes_against: int
    abstained: int
    outcome: str
    decision: DecisionView | None
