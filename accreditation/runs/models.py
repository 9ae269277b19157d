"""Runs and their meetings."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from accreditation.courses.policy import Given
from accreditation.runs.policy import RUN, RunState, Sitting
from core.clock import legal_day
from core.store.db import Versioned, choice


class Run(Versioned, table=True):
    """One run of one course. `pe_edition_id` and `external_id` are what platforms call it."""

    __tablename__ = "course_run"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "external_id"),
        sa.Index("ix_course_run_agenda", "state", "starts_on"),
        sa.CheckConstraint("ends_on >= starts_on", name="run_has_days"),
    )

    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    course_id: UUID = Field(foreign_key="course.id")
    pe_edition_id: int = Field(unique=True)
    """PEEditionID of the PE-online message: drawn."""
    external_id: str | None = Field(default=None, max_length=60)
    """externalEditionID: the provider's own name for it, one run per name and course."""
    form: Given = Field(sa_type=choice(Given))
    state: RunState = Field(default=RUN.start, sa_type=choice(RunState))
    starts_on: date
    ends_on: date
    place: str = Field(default="", max_length=160)
    capacity: int | None = None
    withdrawn_reason: str = Field(default="", max_length=160)

    def stream(self) -> str:
        return f"course/{self.course_id}"


class Meeting(Versioned, table=True):
    """One meeting (bijeenkomst) of a run."""

    __tablename__ = "course_meeting"
    __table_args__ = (sa.UniqueConstraint("run_id", "external_id"),)

    run_id: UUID = Field(foreign_key="course_run.id", index=True)
    pe_meeting_id: int = Field(unique=True)
    external_id: str | None = Field(default=None, max_length=60)
    starts_at: datetime
    ends_at: datetime

    def stream(self) -> str:
        return f"run/{self.run_id}"

    def sitting(self) -> Sitting:
        """As the policy sees it."""
        return sitting(self.starts_at, self.ends_at)


def sitting(starts_at: datetime, ends_at: datetime) -> Sitting:
    """Two instants with the legal days on which they fall."""
    return Sitting(starts_at, ends_at, legal_day(starts_at), legal_day(ends_at))
