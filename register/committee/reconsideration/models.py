"""The file of a decision that is looked at again: because of which other one, until when, and what came of it."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned, choice
from register.committee.reconsideration.policy import REOPENED, ReopenedState


class Reconsideration(Versioned, table=True):
    """One decision that is looked at again; `following_id` is what took its place."""

    __tablename__ = "reconsideration"
    __table_args__ = (
        sa.UniqueConstraint("decision_id", "because_of"),
        sa.Index("ix_reconsideration_state_due_on", "state", "due_on"),
        sa.CheckConstraint("state <> 'left-standing' OR reasons <> ''", name="left_standing_with_reasons"),
    )

    number: str = Field(max_length=20, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    register_code: str = Field(max_length=40)
    decision_id: UUID = Field(foreign_key="decision.id", index=True)
    because_of: UUID = Field(foreign_key="decision.id")
    opened_on: date
    due_on: date
    state: ReopenedState = Field(default=REOPENED.start, sa_type=choice(ReopenedState))
    reasons: str = ""
    concluded_on: date | None = None
    following_id: UUID | None = Field(default=None, foreign_key="decision.id")
