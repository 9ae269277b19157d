"""What a grant asks of its addressee, and whether it was done."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned


class GrantCondition(Versioned, table=True):
    """One condition of one decision; `met_on` once the secretary has seen that it was met."""

    __tablename__ = "grant_condition"
    __table_args__ = (sa.Index("ix_grant_condition_open", "met_on", "due_on"),)

    decision_id: UUID = Field(foreign_key="decision.id", index=True)
    person_id: UUID
    text: str
    due_on: date
    met_on: date | None = None
    met_by: str | None = Field(default=None, max_length=60)
