"""Corrections: what is wrong with which decision, what is found, what the person said of it, who signed."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned, choice, json_column
from register.committee.corrections.policy import CORRECTION, CorrectionState
from register.entries.policy import Register


class Correction(Versioned, table=True):
    """One correction of one decision. `digest` is of the exact proposal that a second person signs."""

    __tablename__ = "correction"
    __table_args__ = (
        sa.CheckConstraint("signed_by IS NULL OR signed_by <> proposed_by", name="four_eyes"),
        sa.CheckConstraint("state NOT IN ('intended', 'heard') OR hearing_until IS NOT NULL", name="heard_in_a_term"),
    )

    number: str = Field(max_length=20, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    register_code: Register = Field(sa_type=choice(Register))
    decision_id: UUID = Field(foreign_key="decision.id", index=True)
    """The decision that is corrected."""
    state: CorrectionState = Field(default=CORRECTION.start, sa_type=choice(CorrectionState), index=True)
    asked: bool
    """By the person: then a decision follows, also when nothing is corrected (Awb 4:6)."""
    statement: str
    """What is wrong, as the person asks or the office found it."""
    hearing_until: date | None = None
    view: str = ""
    heard_on: date | None = None
    refuses: bool = False
    ground: str = Field(default="", max_length=60)
    reasons: str = ""
    repair: str = ""
    found: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    """What was found otherwise than the decision has it."""
    gives: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    """What the new decision will give: outcome, level, due_on, worth."""
    digest: str = Field(default="", max_length=64)
    proposed_by: UUID | None = None
    proposed_on: date | None = None
    signed_by: UUID | None = None
    following_id: UUID | None = Field(default=None, foreign_key="decision.id", index=True)
    """The decision that was taken."""
