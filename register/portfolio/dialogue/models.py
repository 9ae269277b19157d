"""Dialogues on what was learnt."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned, choice
from register.entries.policy import Register
from register.portfolio.dialogue.policy import DIALOGUE, DialogueState


class ValuationDialogue(Versioned, table=True):
    """One talk about one activity; a row is never removed."""

    __tablename__ = "valuation_dialogue"
    __table_args__ = (sa.Index("ix_valuation_dialogue_state", "state", "asked_at"),)

    person_id: UUID = Field(foreign_key="person.id", index=True)
    """Whose activity it is."""
    entry_id: UUID = Field(foreign_key="portfolio_entry.id", index=True)
    register_code: Register = Field(sa_type=choice(Register))
    state: DialogueState = Field(default=DIALOGUE.start, sa_type=choice(DialogueState))
    preparation: str
    """What the owner wants to show, by theme."""
    question: str = ""
    """Why the preparation came back."""
    asked_at: datetime
    peer_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    assessor_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    held_at: datetime | None = None
    place: str = Field(default="", max_length=160)
    account: str = ""
    """What the colleague heard."""
    report: str = ""
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
