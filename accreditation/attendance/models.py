"""Lists as they came, the attendances in them, and the ledger of the credits that follow."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from accreditation.attendance.policy import ATTENDANCE, Amount, Cause, Line, Source, State
from core.store.db import Row, Versioned, choice


class AttendanceBatch(Versioned, table=True):
    """One list as it came; its line in the trail vouches for its rows."""

    __tablename__ = "attendance_batch"

    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    source: Source = Field(sa_type=choice(Source))
    received_at: datetime
    total: int
    accepted: int
    to_be_checked: int
    refused: int
    stored: int
    """How many rows were new; a row that was sent before is accepted and stored once."""
    rows_digest: str = Field(max_length=64)

    def stream(self) -> str:
        return f"provider/{self.provider_id}"


class Attendance(Versioned, table=True):
    """Somebody was at a run, or at one meeting of it, as a provider claims.

    Rows come by the thousand: the trail knows each by its digest under its list, until a move of its own is told. What
    was sent of a name is kept only where nobody was found, for who claims the row.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        # A row sent again is booked once: `who` is the person that was found, else what was sent.
        sa.UniqueConstraint("run_id", "meeting", "who"),
        sa.Index("ix_attendance_person", "person_id", "ended_on"),
        sa.Index("ix_attendance_state", "state", "id"),
        sa.Index("ix_attendance_batch", "batch_id", "line"),
    )

    batch_id: UUID = Field(foreign_key="attendance_batch.id")
    line: int
    provider_id: UUID = Field(foreign_key="provider.id")
    run_id: UUID = Field(foreign_key="course_run.id")
    meeting: str = Field(default="", max_length=36)
    who: str = Field(max_length=70)
    sent_number: str = Field(max_length=40)
    sent_name: str = Field(default="", max_length=160)
    ended_on: date
    first_state: State = Field(sa_type=choice(State))
    first_person_id: UUID | None = None
    state: State = Field(default=ATTENDANCE.start, sa_type=choice(State))
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    doubts: str = Field(default="", max_length=120)
    cause: Cause | None = Field(default=None, sa_type=choice(Cause))
    said: str = ""
    """Why somebody disputes it, or how that was settled."""

    def stream(self) -> str:
        return f"person/{self.person_id}" if self.person_id else f"attendance/{self.id}"

    def doubt_codes(self) -> list[str]:
        """Why it waits for a second pair of eyes."""
        return self.doubts.split()


class CreditLine(Row, table=True):
    """One booking for one person, run and register; append only, negative amounts take back. `verify` derives it."""

    __tablename__ = "credit_line"
    __table_args__ = (sa.Index("ix_credit_line_person", "person_id", "register_code", "run_id"),)

    person_id: UUID = Field(foreign_key="person.id")
    run_id: UUID = Field(foreign_key="course_run.id", index=True)
    register_code: str = Field(max_length=40)
    done_on: date
    category: str | None = Field(default=None, max_length=40)
    points: int
    hundredths: int
    booked_at: datetime

    def booking(self) -> Line:
        """As the ledger sees it."""
        return Line(self.register_code, self.done_on, self.category, Amount(self.points, self.hundredths))
