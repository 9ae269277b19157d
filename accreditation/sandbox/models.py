"""Keys of the sandbox, and the last messages that came under them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from accreditation.attendance.policy import Source
from core.store.db import Row, Versioned, choice


class SandboxKey(Versioned, table=True):
    """The key with which a provider tries; only its hash is kept. It opens nothing but the sandbox."""

    __tablename__ = "sandbox_key"
    __table_args__ = (sa.UniqueConstraint("provider_id"),)

    provider_id: UUID = Field(foreign_key="provider.id")
    user_id: str = Field(max_length=20, unique=True)
    key_hash: str = Field(max_length=64)
    drawn_at: datetime

    def stream(self) -> str:
        return f"provider/{self.provider_id}"


class SandboxMessage(Row, table=True):
    """One try: what came, on which day it pretended to be, and what was answered. Only the last ones are kept."""

    __tablename__ = "sandbox_message"
    __table_args__ = (sa.Index("ix_sandbox_message_provider", "provider_id", "id"),)

    provider_id: UUID = Field(foreign_key="provider.id")
    source: Source = Field(sa_type=choice(Source))
    received_at: datetime
    pretended_on: date | None = None
    message: str
    answer: str
