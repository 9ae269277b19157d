"""What comes in and goes out about measures."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from auth.schemas import RegisterNumber, Schema
from core.fields import Day, NeededText, Text
from register.committee.measures.policy import MeasureKind
from register.entries.policy import Register

Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]


class NewMeasure(Schema):
    """A measure that is intended; empty texts are taken from the library of grounds."""

    register_number: RegisterNumber
    register_code: Register
    kind: MeasureKind
    grounds: Annotated[list[Code], Field(min_length=1, max_length=5)]
    reasons: Text = ""
    repair: Text = ""


class View(Schema):
    """What the person says of it."""

    view: NeededText


class NewProposal(Schema):
    """The exact text of a strike-off and the day from which it works."""

    effect_on: Day
    reasons: NeededText
    repair: NeededText
    answer: Text = ""
    """What the view is answered with; needed where one was given (Awb 3:46)."""


class Signature(Schema):
    """The digest of the proposal that was read."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class CandidateView(msgspec.Struct, frozen=True):
    """An entry under conditions of which the months have passed."""

    registration_id: UUID
    register_number: str
    register_code: str
    name: str
    due_on: date
    limit: date


class MeasureView(msgspec.Struct, frozen=True):
    """A measure as its person, the secretary and who signs it see it."""

    id: UUID
    number: str
    kind: str
    state: str
    register_code: str
    register_number: str
    name: str
    grounds: Sequence[str]
    reasons: str
    repair: str
    effect_on: date | None
    hearing_until: date
    view: str
    heard_on: date | None
    digest: str
    proposed_on: date | None
    decision_id: UUID | None
    open_moves: Sequence[str]
