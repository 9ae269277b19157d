"""Ratings (beoordelingen): one for each participant and run."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned


class CourseRating(Versioned, table=True):
    """What one participant thought of one run; nobody but they and the auditor of the provider read the words."""

    __tablename__ = "course_rating"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "person_id"),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="stars_in_range"),
    )

    run_id: UUID = Field(foreign_key="course_run.id")
    course_id: UUID = Field(foreign_key="course.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    register_code: str = Field(max_length=40)
    """The register in which the credit was booked."""
    stars: int
    remark: str = ""
    complaint: bool = False
    """Whether they complain: it weighs in the yearly sample."""
    rated_on: date

    def stream(self) -> str:
        return f"course/{self.course_id}"
