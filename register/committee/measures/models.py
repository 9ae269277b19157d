"""Measures: what is intended, what the person said of it, who proposed and who signed."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned, choice, json_column
from register.committee.measures.policy import MEASURE, MeasureKind, MeasureState
from register.entries.policy import Register


class Measure(Versioned, table=True):
    """One measure against one entry. `digest` is of the exact proposal that a second person signs."""

    __tablename__ = "measure"
    __table_args__ = (
        sa.Index("ix_measure_due", "state", "effect_on"),
        sa.CheckConstraint("signed_by IS NULL OR signed_by <> proposed_by", name="four_eyes"),
        sa.CheckConstraint("grounds <> '' AND reasons <> '' AND repair <> ''", name="grounds_reasons_and_repair"),
    )

    number: str = Field(max_length=20, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    register_code: Register = Field(sa_type=choice(Register))
    kind: MeasureKind = Field(sa_type=choice(MeasureKind))
    state: MeasureState = Field(default=MEASURE.start, sa_type=choice(MeasureState))
    grounds: str
    reasons: str
    repair: str
    effect_on: date | None = None
    """From which day a strike-off works."""
    hearing_until: date
    view: str = ""
    """What the person said (zienswijze), in their words or as the secretary wrote it down."""
    heard_on: date | None = None
    digest: str = Field(default="", max_length=64)
    proposed_by: UUID | None = None
    proposed_on: date | None = None
    signed_by: UUID | None = None
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    intended: dict[str, Any] | None = Field(default=None, sa_type=json_column(), nullable=True)
    """Reasons and repair as the notice of the intent had them; none of before this was kept."""

    def ground_codes(self) -> list[str]:
        """The coded grounds, in the order in which they were given."""
        return self.grounds.split()
