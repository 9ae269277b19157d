"""A decision in the library, with its names removed: who wrote it so, and who checked it."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from appeals.disputes.policy import Kind
from appeals.library.policy import LIBRARY, LibraryState
from core.store.db import Versioned, choice


class LibraryEntry(Versioned, table=True):
    """One decision. It names nobody, so it belongs to nobody's stream; `found_by` is folded for searching."""

    __tablename__ = "library_entry"
    __table_args__ = (
        sa.Index("ix_library_entry_state_decided_on", "state", "decided_on"),
        sa.CheckConstraint("checked_by IS NULL OR checked_by <> prepared_by", name="four_eyes"),
        sa.CheckConstraint("state <> 'published' OR checked_by IS NOT NULL", name="checked_before_publication"),
    )

    decision_id: UUID = Field(foreign_key="decision.id", unique=True)
    dispute_id: UUID = Field(foreign_key="dispute.id")
    kind: Kind = Field(sa_type=choice(Kind))
    outcome: str = Field(max_length=40)
    register_code: str = Field(max_length=40)
    about: str = Field(max_length=40)
    """The kind of the decision that was contested."""
    decided_on: date
    title: str = Field(max_length=200)
    text: str
    found_by: str
    state: LibraryState = Field(default=LIBRARY.start, sa_type=choice(LibraryState))
    prepared_by: UUID
    checked_by: UUID | None = None
    published_on: date | None = None
