"""The keys under which platforms send attendance for a provider, and the calls that had a wrong one."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from accreditation.peonline.policy import KeyDays
from core.store.db import Row, Versioned


class PlatformKey(Versioned, table=True):
    """One key of one platform; only its hash is kept. `user_id` names the provider and platform, as PE-online does."""

    __tablename__ = "platform_key"
    __table_args__ = (sa.Index("ix_platform_key_user", "user_id"),)

    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    user_id: str = Field(max_length=20)
    platform: str = Field(max_length=80)
    key_hash: str = Field(max_length=64)
    from_on: date
    until_on: date | None = None
    """The last day on which it opens the door, that day included."""

    def stream(self) -> str:
        return f"provider/{self.provider_id}"

    def days(self) -> KeyDays:
        """As the policy sees it."""
        return KeyDays(self.from_on, self.until_on)


class PlatformKeyUse(Row, table=True):
    """When a key was used last, and how many rows came under it in that hour; of the machine's time, and no history."""

    __tablename__ = "platform_key_use"

    key_id: UUID = Field(foreign_key="platform_key.id", unique=True)
    used_at: datetime
    hour_at: datetime
    rows: int


class WrongKey(Row, table=True):
    """One call with a wrong user or key; who it was about is kept as a hash."""

    __tablename__ = "platform_wrong_key"
    __table_args__ = (sa.Index("ix_platform_wrong_key_who", "who", "at"),)

    who: str = Field(max_length=64)
    at: datetime
