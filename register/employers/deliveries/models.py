"""What boards say of appointments."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned, choice
from register.employers.deliveries.policy import CLAIM, ClaimState
from register.rules.assessment.facts import Role


class AppointmentClaim(Versioned, table=True):
    """What a board says of somebody's appointment, until its holder confirms it: the data are theirs (po-bestuur)."""

    __tablename__ = "appointment_claim"
    __table_args__ = (sa.Index("ix_appointment_claim_waiting", "person_id", "state"),)

    person_id: UUID = Field(foreign_key="person.id")
    appointment_id: UUID | None = Field(default=None, foreign_key="appointment.id")
    """The appointment that would change; None for one that would be added."""
    board_number: str = Field(max_length=5)
    location_code: str = Field(max_length=6)
    role: Role = Field(sa_type=choice(Role))
    appointed_on: date
    ended_on: date | None = None
    state: ClaimState = Field(default=CLAIM.start, sa_type=choice(ClaimState))
    delivered_at: datetime
    answered_at: datetime | None = None
