"""What a board notes and books, and what it and the holder are shown."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from auth.schemas import Schema
from core.fields import Identifier, NeededLine, TypedDay, in_digits
from register.rules.entitlement.policy import MOST_FACTOR, Kind

Factor = Annotated[Decimal, BeforeValidator(in_digits), Field(ge=0, le=MOST_FACTOR, decimal_places=4)]
Spent = Annotated[Decimal, BeforeValidator(in_digits), Field(ge=0, le=100_000, decimal_places=2)]


class NewTerms(Schema):
    """What holds of an appointment from a day on."""

    cao: Identifier
    """The name of an agreement that this installation has: `po-2019`."""
    saving: bool
    """Whether euros may be saved for the years that the cao names."""
    holds_from: TypedDay
    """The first time the first day of the appointment."""
    factor: Factor
    """The working-time factor from that day on."""


class NewSpending(Schema):
    """One line: what an activity asked, in euros, hours or both."""

    spent_on: TypedDay
    eur: Spent = Decimal(0)
    hours: Spent = Decimal(0)
    kind: Kind = Kind.OWN
    """`assigned` by the employer: it takes nothing."""
    what: NeededLine
    """What it was for."""


class TakeBack(Schema):
    """A counter-booking."""

    reason: NeededLine


class SpendingView(msgspec.Struct, frozen=True):
    """One line of the ledger."""

    id: UUID
    spent_on: date
    eur: str
    hours: str
    kind: str
    what: str
    reverses_id: UUID | None
    """The line that this one takes back."""
    reversed: bool
    """Whether it was taken back."""
    code: str | None
    """Why it takes nothing: `outside-appointment` or `over-budget`; null for a line that counts."""
    booked_at: datetime


class BudgetOfStaff(msgspec.Struct, frozen=True):
    """What is left of the hours and budget of one of the staff."""

    appointment_id: UUID
    register_number: str
    name: str
    role: str
    appointed_on: date
    ended_on: date | None
    available_eur: str
    available_hours: str
    to_general_budget_eur: str
    not_counted: int
    """Lines that are booked and do not count, for what was noted later."""


class BudgetView(msgspec.Struct, frozen=True):
    """The hours and budget of an appointment; `asked` and `entitlement` are null until a board noted its terms."""

    appointment_id: UUID
    board_number: str
    role: str
    appointed_on: date
    ended_on: date | None
    asked: dict[str, Any] | None
    """What `POST /v1/entitlements` takes."""
    entitlement: dict[str, Any] | None
    """And what it answers to that."""
    lines: Sequence[SpendingView]
    """As they were booked, the earliest first."""
