"""What comes in and goes out about a file that the secretary reads."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from auth.schemas import Schema
from core.fields import NeededText
from register.applications.intake.policy import Advice
from register.applications.renewal.schemas import StepView


class NewNote(Schema):
    """A reader's advice, with the reason."""

    advice: Advice
    text: NeededText


class NoteView(msgspec.Struct, frozen=True):
    """What a reader advised."""

    id: UUID
    advice: str
    text: str
    author: str
    written_at: datetime


class FileView(msgspec.Struct, frozen=True):
    """What the rules make of a file if it were decided today; `missing` is what nobody has stated yet."""

    application_id: UUID
    outcome: str
    level: str | None
    due_on: date | None
    grounds: Sequence[str]
    missing: Sequence[str]
    rule_set: str | None
    explanation: Sequence[StepView]
    notes: Sequence[NoteView]
    second_opinion: bool
    """Whether somebody else than who finds it complete must read it before it goes to a session."""
    sampled: bool | None
    """Whether it was drawn for a full check; null where a register does not check by sample."""
