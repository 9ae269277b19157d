"""Endorsements: the request to a colleague, the answer in their words, and its seal."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned, choice
from register.portfolio.endorsing.policy import ENDORSEMENT, EndorsementState


class Endorsement(Versioned, table=True):
    """One colleague's word for one activity; a row is never removed, and its statement never changed."""

    __tablename__ = "portfolio_endorsement"
    __table_args__ = (sa.Index("ix_portfolio_endorsement_peer", "peer_id", "state"),)

    person_id: UUID = Field(foreign_key="person.id")
    """Whose activity it is."""
    entry_id: UUID = Field(foreign_key="portfolio_entry.id", index=True)
    peer_id: UUID = Field(foreign_key="person.id")
    state: EndorsementState = Field(default=ENDORSEMENT.start, sa_type=choice(EndorsementState))
    statement: str = ""
    seal: str | None = Field(default=None, max_length=64)
    asked_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
