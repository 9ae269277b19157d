"""What boards note and book; append only: a mistake is noted anew, or taken back by a line of its own."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Field

from core.store.db import Versioned, choice
from register.employers.budgets.policy import CENTS, FACTORS, Booking, Terms
from register.rules.entitlement.policy import Kind


class BudgetTerms(Versioned, table=True):
    """By which cao somebody's budget is worked out, whether euros may be saved, and the factor from a day on."""

    __tablename__ = "budget_terms"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    appointment_id: UUID = Field(foreign_key="appointment.id", index=True)
    cao: str = Field(max_length=60)
    saving: bool
    holds_from: date
    factor: int
    """In ten-thousandths."""
    noted_at: datetime
    noted_by: UUID

    def terms(self) -> Terms:
        """As the policy sees it."""
        return Terms(self.cao, self.saving, self.holds_from, Decimal(self.factor) / FACTORS)


class BudgetLine(Versioned, table=True):
    """Euros and hours of an activity; with `reverses_id` the counter-booking of another line, in its amounts."""

    __tablename__ = "budget_line"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    appointment_id: UUID = Field(foreign_key="appointment.id", index=True)
    spent_on: date
    cents: int
    hundredths: int
    """Of an hour."""
    kind: Kind = Field(sa_type=choice(Kind))
    what: str = Field(max_length=160)
    """What it was for, or why it was taken back."""
    reverses_id: UUID | None = Field(default=None, foreign_key="budget_line.id", unique=True)
    booked_at: datetime
    booked_by: UUID

    def booking(self) -> Booking:
        """As the policy sees it."""
        eur, hours = Decimal(self.cents) / CENTS, Decimal(self.hundredths) / CENTS
        return Booking(self.id, self.spent_on, eur, hours, self.kind, self.reverses_id)
