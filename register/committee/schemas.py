"""What comes in and goes out in the committee's room."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import Field

from auth.schemas import Schema
from core.fields import Day, NeededText, Text
from core.voting import Vote
from register.assessment.facts import Level
from register.decisions.api import DecisionView
from register.registration.schemas import ApplicationView

Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]


class NewSession(Schema):
    """A session to plan; the chair is one of the members, all of them by person id."""

    held_on: Day
    chair_id: UUID
    members: Annotated[list[UUID], Field(min_length=1, max_length=24)]


class NewItem(Schema):
    """A file to put on the agenda."""

    application_id: UUID


class NewVote(Schema):
    """One member's vote; `dissent` goes into the minutes."""

    vote: Vote
    dissent: Text = ""


class NewRecusal(Schema):
    """Why a member steps aside; it is not undone."""

    ground: Code


class NewRuling(Schema):
    """What goes into the decision beside the votes: reasons always, grounds and repair for a refusal."""

    reasons: NeededText
    grounds: Annotated[list[Code], Field(max_length=20)] = []
    repair: Text = ""
    level: Level | None = None


class Minutes(Schema):
    """The minutes with which a session closes."""

    minutes: NeededText


class Empty(Schema):
    """Nothing more to say: `{}`."""


class MemberView(msgspec.Struct, frozen=True):
    """A member of the pool."""

    id: UUID
    name: str


class ItemView(msgspec.Struct, frozen=True):
    """A file on the agenda."""

    id: UUID
    application_id: UUID
    position: int
    state: str
    number: str
    kind: str
    votes: int
    recused: Sequence[UUID]


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
    """A file as a member reads it: the application, the facts, and what the rules make of them today."""

    item_id: UUID
    session_id: UUID
    state: str
    applicant: str
    register_number: str
    application: ApplicationView
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
