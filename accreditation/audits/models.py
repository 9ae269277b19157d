"""The draw of a year, the audits in it, and what was found."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from accreditation.audits.policy import AUDIT, AuditState, Weight
from core.store.db import Versioned, choice, json_column


class AuditRound(Versioned, table=True):
    """The sample of one year in one register: seed and lots are kept, so that anybody can draw it again."""

    __tablename__ = "audit_round"
    __table_args__ = (sa.UniqueConstraint("register_code", "year"),)

    register_code: str = Field(max_length=40)
    year: int
    seed: str = Field(max_length=64)
    lots: dict[str, int] = Field(default_factory=dict, sa_type=json_column())
    """How many lots each provider had, by its id."""
    size: int
    drawn_at: datetime


class ProviderAudit(Versioned, table=True):
    """The audit (verificatieaudit) of one provider in one year."""

    __tablename__ = "provider_audit"
    __table_args__ = (sa.UniqueConstraint("round_id", "provider_id"),)

    round_id: UUID = Field(foreign_key="audit_round.id")
    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    register_code: str = Field(max_length=40)
    year: int
    state: AuditState = Field(default=AUDIT.start, sa_type=choice(AuditState), index=True)
    auditor_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    report: str = ""
    reported_on: date | None = None
    answer_by_on: date | None = None
    answer: str = ""
    """What the provider says of the findings."""
    conclusion: str = ""
    closed_on: date | None = None
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    """The measure that followed."""

    def stream(self) -> str:
        return f"provider/{self.provider_id}"


class AuditFinding(Versioned, table=True):
    """One thing that was found, on a coded ground."""

    __tablename__ = "audit_finding"

    audit_id: UUID = Field(foreign_key="provider_audit.id", index=True)
    position: int
    ground: str = Field(max_length=40)
    weight: Weight = Field(sa_type=choice(Weight))
    course_code: str = Field(default="", max_length=20)
    said: str
    """What was seen, without names of people."""

    def stream(self) -> str:
        return f"audit/{self.audit_id}"
