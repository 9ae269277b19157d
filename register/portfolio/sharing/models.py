"""Shares of a portfolio: to a board or to a person, until a day, as far as the owner says."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.store.db import Versioned, choice, json_column
from register.entries.policy import Register
from register.portfolio.sharing.policy import Grant, Scope, stands


class PortfolioShare(Versioned, table=True):
    """Sight (inzage) that an owner grants. A board reads as long as the owner works there without a break."""

    __tablename__ = "portfolio_share"
    __table_args__ = (
        sa.CheckConstraint("(board_number IS NULL) <> (grantee_id IS NULL)", name="share_has_one_reader"),
        sa.Index("ix_portfolio_share_board", "board_number", "person_id"),
    )

    person_id: UUID = Field(foreign_key="person.id", index=True)
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    register_code: Register = Field(sa_type=choice(Register))
    scope: Scope = Field(sa_type=choice(Scope))
    period_id: UUID | None = Field(default=None, foreign_key="portfolio_period.id")
    entry_ids: list[str] = Field(default_factory=list, sa_type=json_column())
    with_files: bool = False
    board_number: str | None = Field(default=None, max_length=5)
    grantee_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    granted_at: datetime
    granted_on: date
    until_on: date
    """The last day, included."""
    ended_at: datetime | None = None

    def grant(self) -> Grant:
        """As far as it reaches, for the policy."""
        named = frozenset(UUID(id) for id in self.entry_ids)
        return Grant(self.id, self.scope, self.with_files, self.period_id, named)

    def stands(self, today: date) -> bool:
        """Whether it was not taken back and has not run out; employment is the query's to see."""
        return stands(self.until_on, self.ended_at is not None, today)
