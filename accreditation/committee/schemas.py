"""What comes in and goes out in the room of the accreditation committee."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import Field

from accreditation.courses.schemas import PanelView
from accreditation.providers.schemas import Code
from auth.schemas import Schema
from core.fields import Day, NeededText, Text
from core.panel.votes import Vote


class NewSession(Schema):
    """A session to plan; the chair is one of the members, all of them by person id."""

    held_on: Day
    chair_id: UUID
    members: Annotated[list[UUID], Field(min_length=1, max_length=24)]


class NewItem(Schema):
    """A file to put on the agenda, or the panel of one whose composition must be approved."""

    file_id: UUID


class NewVote(Schema):
    """One member's vote; `dissent` goes into the minutes."""

    vote: Vote
    dissent: Text = ""


class NewRecusal(Schema):
    """Why a member steps aside; it is not undone."""

    ground: Code


class Minutes(Schema):
    """The minutes with which a session closes."""

    minutes: NeededText


class MemberView(msgspec.Struct, frozen=True):
    """A member of the pool."""

    id: UUID
    name: str


class ItemView(msgspec.Struct, frozen=True):
    """A file on the agenda, or (`programme-panel`) the composition of a panel."""

    id: UUID
    file_id: UUID
    kind: str
    position: int
    state: str
    number: str
    title: str
    provider: str
    register_code: str
    votes: int
    present: Sequence[UUID]
    """Whose vote on it counts: who only was invited, or stepped aside, was not there for this file."""
    tally: dict[str, int | None] | None
    """So many for, against and abstained: to who keeps the session, and once it is dealt with to who voted on it."""


class SessionView(msgspec.Struct, frozen=True):
    """A session with its members and agenda."""

    id: UUID
    held_on: date
    state: str
    quorum: int
    chair_id: UUID
    members: Sequence[MemberView]
    items: Sequence[ItemView]
    minutes: str
    open_moves: Sequence[str]


class DossierView(msgspec.Struct, frozen=True):
    """A file as a member reads it: the frozen answers, the adviser's draft, the panel."""

    item_id: UUID
    session_id: UUID
    kind: str
    state: str
    number: str
    provider: str
    register_code: str
    course_kind: str
    application_kind: str
    answers: Mapping[str, Any]
    advice: Mapping[str, Any]
    panel: PanelView | None
    decide_by_on: date | None
    my_vote: str | None
    open_moves: Sequence[str]


class CourseRulingView(msgspec.Struct, frozen=True):
    """The votes and what follows; no decision after a tie, or when only a panel was voted on."""

    votes_for: int
    votes_against: int
    abstained: int
    outcome: str
    decision_id: UUID | None
