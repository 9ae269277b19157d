"""What comes in and goes out about audits."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from accreditation.audits.policy import Weight
from accreditation.providers.schemas import Code, Register
from auth.schemas import Schema
from core.fields import Identifier, NeededText, Text


class NewRound(Schema):
    """Draw the sample of this year in a register."""

    register_code: Register


class NewAuditor(Schema):
    """Who audits: a member of the accreditation committee without a tie to the provider."""

    auditor_id: UUID


class NewFinding(Schema):
    """One finding: its coded ground, how heavy it is, in which course, and what was seen; no names of people."""

    ground: Code
    weight: Weight = Weight.MINOR
    course_code: Annotated[Identifier, Field(max_length=20)] = ""
    said: NeededText


class NewAuditReport(Schema):
    """What the auditor looked at, and each finding; none means that all was in order."""

    report: NeededText
    findings: Annotated[list[NewFinding], Field(max_length=40)] = []


class NewAnswer(Schema):
    """What the provider says of the findings."""

    answer: NeededText


class NewConclusion(Schema):
    """With what the audit ends, where no measure follows."""

    conclusion: NeededText


class MeasureKind(StrEnum):
    """Suspended first, withdrawn when it is suspended already."""

    SUSPENSION = "suspension"
    WITHDRAWAL = "withdrawal"


class NewAuditMeasure(Schema):
    """A decision on the ground of the findings, with what would repair it."""

    kind: MeasureKind
    reasons: NeededText
    repair: Text = ""


class SignalsView(msgspec.Struct, frozen=True):
    """What was heard of a provider in the year before the draw, and what participants remarked: never who."""

    mean: float | None
    ratings: int
    complaints: int
    attendances: int
    corrections: int
    remarks: Sequence[str]


class FindingView(msgspec.Struct, frozen=True):
    """One finding."""

    ground: str
    weight: str
    course_code: str
    said: str


class AuditView(msgspec.Struct, frozen=True):
    """An audit; `signals` and `auditor` are for secretary and auditor only."""

    id: UUID
    provider_id: UUID
    provider: str
    register_code: str
    year: int
    state: str
    auditor: str | None
    report: str
    findings: Sequence[FindingView]
    reported_on: date | None
    answer_by_on: date | None
    answer: str
    conclusion: str
    closed_on: date | None
    decision_id: UUID | None
    open_moves: Sequence[str]
    signals: SignalsView | None


class AuditLine(msgspec.Struct, frozen=True):
    """An audit in a list."""

    id: UUID
    provider: str
    register_code: str
    year: int
    state: str
    closed_on: date | None


class RoundView(msgspec.Struct, frozen=True):
    """A draw: seed, lots and size are all that it takes to draw it again (SHA-256 of `seed/provider/lot`)."""

    id: UUID
    register_code: str
    year: int
    seed: str
    lots: Mapping[str, int]
    size: int
    drawn: Sequence[UUID]
