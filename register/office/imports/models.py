"""What was taken over from other systems, line by line."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.store.db import choice, json_column
from register.entries.policy import Register


class TakenOver(SQLModel, table=True):
    """One line of an existing register as it was stored here. It changes by an import only, which leaves its digest.

    `content` is a digest of the line, so that a second run knows what is new in it; `stood` is how the entry stood when
    the line was stored, from which `verify` derives what followed.
    """

    __tablename__ = "taken_over"
    __traced__: ClassVar[bool] = False
    __table_args__ = (sa.UniqueConstraint("registration_id"),)

    source: str = Field(primary_key=True, max_length=60)
    source_number: str = Field(primary_key=True, max_length=60)
    register_code: Register = Field(primary_key=True, sa_type=choice(Register))
    person_id: UUID = Field(foreign_key="person.id", index=True)
    registration_id: UUID = Field(foreign_key="registration.id")
    content: str = Field(max_length=64)
    stood: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    stored_at: datetime
    version: int = 1
