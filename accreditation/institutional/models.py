"""Institutional accreditations, and the declarations on which courses go."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from accreditation.institutional.policy import INSTITUTIONAL, InstitutionalState
from core.store.db import Versioned, choice, json_column


class InstitutionalAccreditation(Versioned, table=True):
    """One request of one provider in one register, and what it was given from a day until a day."""

    __tablename__ = "institutional_accreditation"
    __table_args__ = (sa.Index("ix_institutional_accreditation_provider", "provider_id", "register_code"),)

    provider_id: UUID = Field(foreign_key="provider.id")
    register_code: str = Field(max_length=40)
    state: InstitutionalState = Field(default=INSTITUTIONAL.start, sa_type=choice(InstitutionalState))
    asked_on: date
    asked_by: UUID
    from_on: date | None = None
    until_on: date | None = None
    courses_most: int = 0
    """How many courses may go by declaration."""
    withdrawn_on: date | None = None
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")

    def stream(self) -> str:
        return f"provider/{self.provider_id}"

    def covers(self, day: date) -> bool:
        """Whether a course may go by declaration on a day."""
        stands = self.state is InstitutionalState.GRANTED and self.from_on is not None and self.until_on is not None
        return stands and self.from_on <= day <= self.until_on  # type: ignore[operator]


class CourseDeclaration(Versioned, table=True):
    """What a provider declares of one file: what the course is worth, by its own standard."""

    __tablename__ = "course_declaration"
    __table_args__ = (sa.UniqueConstraint("file_id"),)

    file_id: UUID = Field(foreign_key="course_file.id")
    under_id: UUID = Field(foreign_key="institutional_accreditation.id", index=True)
    points: int | None = None
    hours: dict[str, int] = Field(default_factory=dict, sa_type=json_column())
    declared_by: UUID
    declared_at: datetime
    accepted: bool = False

    def stream(self) -> str:
        return f"file/{self.file_id}"
