"""Periods, entries and the ledger; hours are kept in hundredths, so that both databases add them up exactly."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.records import filled
from core.store.db import Versioned, choice, json_column
from register.entries.policy import Register
from register.portfolio.ledger import Amount, Booking, Cause, Credit, Period
from register.portfolio.policy import COUNTING, ENTRY, Claim, EntryKind, EntryState, HandedIn
from register.rules.assessment.facts import Category, Valuation


def hundredths(hours: Decimal | None) -> int | None:
    """Hours as they are kept."""
    return None if hours is None else int(hours * 100)


def hours_of(kept: int | None) -> Decimal | None:
    """Hours as they are said."""
    return None if kept is None else Decimal(kept) / 100


class PortfolioPeriod(Versioned, table=True):
    """One period of one registration; `counts_until` once a renewal, or a new registration, closed it."""

    __tablename__ = "portfolio_period"

    person_id: UUID = Field(foreign_key="person.id")
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    register_code: Register = Field(sa_type=choice(Register))
    began_on: date
    due_on: date
    counts_until: date | None = None
    closed_by: UUID | None = Field(default=None, foreign_key="decision.id")

    def period(self) -> Period:
        """As the ledger sees it."""
        return Period(self.id, self.began_on, self.due_on, self.counts_until)


class DevelopmentGoal(Versioned, table=True):
    """One line of the plan for development (plan voor ontwikkeling): what somebody wants to learn, and by when."""

    __tablename__ = "development_goal"

    person_id: UUID = Field(foreign_key="person.id")
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    title: str = Field(max_length=160)
    themes: list[str] = Field(default_factory=list, sa_type=json_column())
    category: Category | None = Field(default=None, sa_type=choice(Category))
    reach_by: date
    reached_on: date | None = None


class PortfolioEntry(Versioned, table=True):
    """One activity with its evidence: what the owner claims, and what a valuation made of it."""

    __tablename__ = "portfolio_entry"
    __table_args__ = (
        sa.Index("ix_portfolio_entry_queue", "state", "submitted_at"),
        sa.UniqueConstraint("registration_id", "origin_id"),
        sa.CheckConstraint("points IS NULL OR points BETWEEN 0 AND 100", name="points_of_one_entry"),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    register_code: Register = Field(sa_type=choice(Register))
    kind: EntryKind = Field(sa_type=choice(EntryKind))
    title: str = Field(max_length=160)
    description: str = ""
    done_on: date
    claimed_points: int | None = None
    claimed_hundredths: int | None = None
    contact_hundredths: int | None = None
    category: Category | None = Field(default=None, sa_type=choice(Category))
    themes: list[str] = Field(default_factory=list, sa_type=json_column())
    valuation: Valuation = Field(sa_type=choice(Valuation))
    provider: str = Field(default="", max_length=160)
    offer_code: str | None = Field(default=None, max_length=20)
    """The accredited offer that it was filled in from."""
    state: EntryState = Field(default=ENTRY.start, sa_type=choice(EntryState))
    points: int | None = None
    hundredths: int | None = None
    file_id: UUID | None = Field(default=None, foreign_key="stored_file.id")
    frozen_sha256: str | None = Field(default=None, max_length=64, index=True)
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    added_at: datetime
    submitted_at: datetime | None = None
    endorsed_sha256: str | None = Field(default=None, max_length=64)
    """The seal of the endorsement that stands as evidence."""
    peers_asked: int = 0
    goal_id: UUID | None = Field(default=None, foreign_key="development_goal.id", index=True)
    origin_id: UUID | None = None
    """What it was called where it was imported from."""
    history: dict[str, Any] | None = Field(default=None, sa_type=json_column())
    """What had become of it there: state, points, hours, number of the decision."""

    def claim(self) -> Claim:
        """What the owner states, for the policy."""
        return filled(
            Claim,
            self,
            points=self.claimed_points,
            hours=hours_of(self.claimed_hundredths),
            contact_hours=hours_of(self.contact_hundredths),
            has_evidence=self.file_id is not None or self.endorsed_sha256 is not None,
        )

    def handed_in(self, sha256: str | None) -> HandedIn:
        """What tells it apart from another of its day, with the evidence of this digest."""
        return filled(HandedIn, self, points=self.claimed_points, hundredths=self.claimed_hundredths, sha256=sha256)

    def worth(self) -> Amount:
        """What it counts for: nothing unless it is accepted."""
        if self.state not in COUNTING:
            return Amount()
        return Amount(self.points or 0, hours_of(self.hundredths) or Decimal(0))

    def credit(self) -> Credit:
        """What the ledger should hold of it."""
        return Credit(self.id, self.done_on, self.worth())


class LedgerLine(Versioned, table=True):
    """One booking; append only. Negative amounts take back."""

    __tablename__ = "ledger_line"

    person_id: UUID = Field(foreign_key="person.id")
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    entry_id: UUID = Field(foreign_key="portfolio_entry.id", index=True)
    period_id: UUID = Field(foreign_key="portfolio_period.id", index=True)
    points: int
    hundredths: int
    cause: Cause = Field(sa_type=choice(Cause))
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    booked_at: datetime

    def booking(self) -> Booking:
        """As the ledger sees it."""
        amount = Amount(self.points, hours_of(self.hundredths) or Decimal(0))
        return Booking(self.entry_id, self.period_id, amount, self.cause)
