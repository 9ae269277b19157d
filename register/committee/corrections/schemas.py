"""What comes in and goes out about corrections."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import Field

from auth.schemas import Schema
from core.fields import Day, Identifier, NeededText, Text
from register.committee.measures.schemas import Code
from register.rules.assessment.facts import Level


class NewCorrection(Schema):
    """Which decision is wrong, by the number on its letter, and what is wrong with it."""

    decision: Identifier
    statement: NeededText


class Found(Schema):
    """What was found otherwise than the decision has it; what is left out stands as it did.

    `points` and `hours` are of a valuation; the days and sizes are of the first proof behind an application; `level` is
    for what rests on a letter.
    """

    level: Level | None = None
    issued_on: Day | None = None
    ects: Annotated[Decimal, Field(ge=0, le=999, max_digits=5, decimal_places=1)] | None = None
    accredited_from: Day | None = None
    accredited_until: Day | None = None
    recognised: bool | None = None
    points: Annotated[int, Field(ge=0, le=100_000)] | None = None
    hours: Annotated[Decimal, Field(ge=0, le=10_000, max_digits=7, decimal_places=2)] | None = None


class NewCorrectionProposal(Schema):
    """The exact text of the new decision and what it rests on; `refuses`: of a request that brings nothing new."""

    refuses: bool = False
    ground: Code
    reasons: NeededText
    repair: Text = ""
    found: Found = Field(default_factory=Found)


class CorrectionView(msgspec.Struct, frozen=True):
    """A correction as its person, the secretary and who signs it see it."""

    id: UUID
    number: str
    state: str
    decision: str
    """The number of the decision that is corrected."""
    decision_id: UUID
    register_code: str
    register_number: str
    name: str
    asked: bool
    statement: str
    refuses: bool
    ground: str
    reasons: str
    repair: str
    gives: Mapping[str, Any]
    hearing_until: date | None
    view: str
    heard_on: date | None
    digest: str
    proposed_on: date | None
    following_id: UUID | None
    open_moves: Sequence[str]
