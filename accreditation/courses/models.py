"""Courses, applications for them, the file that each register decides on, and the accreditation that follows."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from accreditation.courses.policy import (
    ACCREDITATION,
    FILE,
    PANEL,
    AccreditationState,
    ApplicationKind,
    FileState,
    PanelState,
)
from accreditation.courses.succession import covers
from accreditation.kinds import CourseKind
from core.store.db import Versioned, choice, json_column


class Course(Versioned, table=True):
    """Something that a provider offers. What it says of itself is what was accredited last, before that its draft."""

    __tablename__ = "course"
    __table_args__ = (sa.UniqueConstraint("provider_id", "external_id"),)

    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    code: str = Field(max_length=20, unique=True)
    """Our own code, as the offer and portfolios name it."""
    pe_course_id: int = Field(unique=True)
    """PECourseID of the PE-online message: drawn, and tells nothing of how many there are."""
    external_id: str | None = Field(default=None, max_length=60)
    """externalCourseID: the provider's own name for it, one course per name and provider."""
    kind: CourseKind = Field(sa_type=choice(CourseKind))
    croho_code: str | None = Field(default=None, max_length=5)
    title: str = Field(max_length=200)
    summary: str = ""
    themes: list[str] = Field(default_factory=list, sa_type=json_column())
    theme_keys: str = Field(default="", max_length=2000)
    """The themes as a search compares them: `|leiderschap|visie en richting|`."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    """The accredited answers to the wizard, by question."""
    made_at: datetime


class CourseApplication(Versioned, table=True):
    """One application for one or more registers; its answers are the draft, each register freezes its own copy."""

    __tablename__ = "course_application"

    number: str = Field(max_length=20, unique=True)
    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    course_id: UUID = Field(foreign_key="course.id", index=True)
    kind: ApplicationKind = Field(sa_type=choice(ApplicationKind))
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    copied_from: UUID | None = Field(default=None, foreign_key="course_application.id")
    started_by: UUID
    started_at: datetime


class CourseFile(Versioned, table=True):
    """One application in one register: the case that the accreditation committee decides on."""

    __tablename__ = "course_file"
    __table_args__ = (sa.UniqueConstraint("application_id", "register_code"),)

    application_id: UUID = Field(foreign_key="course_application.id")
    course_id: UUID = Field(foreign_key="course.id", index=True)
    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    register_code: str = Field(max_length=40)
    state: FileState = Field(default=FILE.start, sa_type=choice(FileState), index=True)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    """The answers as they were submitted to this register."""
    submitted_by: UUID | None = None
    received_on: date | None = None
    decide_by_on: date | None = None
    question: str = ""
    """What was asked when it was returned, or when more information is needed."""
    asked_on: date | None = None
    """The day on which the term to decide stopped, while the provider answers (Awb 4:15)."""
    suspensions: list[dict[str, str]] = Field(default_factory=list, sa_type=json_column())
    """Earlier stops: `{"asked_on", "ended_on"}`."""
    invoice_id: UUID | None = Field(default=None, foreign_key="invoice.id")
    advice: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    """The adviser's draft: points, hours by category, level, and why."""
    advised_by: UUID | None = None
    round: int = 0
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")

    def stream(self) -> str:
        return f"course/{self.course_id}"


class CourseAccreditation(Versioned, table=True):
    """What the committee gave a course in one register, from a day until a day, that day included."""

    __tablename__ = "course_accreditation"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "register_code", "from_on"),
        sa.CheckConstraint("until_on >= from_on", name="accreditation_has_days"),
        sa.Index("ix_course_accreditation_until", "state", "until_on"),
    )

    course_id: UUID = Field(foreign_key="course.id", index=True)
    register_code: str = Field(max_length=40)
    state: AccreditationState = Field(default=ACCREDITATION.start, sa_type=choice(AccreditationState))
    points: int | None = None
    hours: dict[str, int] = Field(default_factory=dict, sa_type=json_column())
    """For teachers: hours by category, `{"PEDAGOGIC": 8}`."""
    level: int | None = None
    """For programmes: leidinggeven 1 or 2."""
    ects: int | None = None
    from_on: date
    until_on: date
    withdrawn_on: date | None = None
    """From this day on it no longer counts, whatever `until_on` says."""
    decision_id: UUID = Field(foreign_key="decision.id")

    def stream(self) -> str:
        return f"course/{self.course_id}"

    def covers(self, day: date) -> bool:
        """Whether what was followed on a day counts."""
        return covers(self, day)


class ProgrammePanel(Versioned, table=True):
    """Who inspects a programme, in functions and expertise, never in names; and what they reported."""

    __tablename__ = "programme_panel"
    __table_args__ = (sa.UniqueConstraint("file_id"),)

    file_id: UUID = Field(foreign_key="course_file.id")
    state: PanelState = Field(default=PANEL.start, sa_type=choice(PanelState))
    bureau: str = Field(max_length=160)
    composition: str
    report: str = ""
    proposed_on: date
    reported_on: date | None = None


class CourseWithdrawal(Versioned, table=True):
    """A proposal to withdraw an accreditation, that somebody else than its author must confirm (four eyes)."""

    __tablename__ = "course_withdrawal"

    accreditation_id: UUID = Field(foreign_key="course_accreditation.id", index=True)
    grounds: str
    reasons: str
    repair: str
    proposed_by: UUID
    proposed_at: datetime
    confirmed_by: UUID | None = None
    rejected_at: datetime | None = None
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
