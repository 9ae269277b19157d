"""What goes out about how an entry stood on a day."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec


class StandingView(msgspec.Struct, frozen=True):
    """How an entry stands from a day until a day (both included); `recorded_at` is when we wrote it down."""

    from_on: date
    until_on: date | None
    recorded_at: datetime
    event: str
    status: str
    title: str
    level: str | None
    registered_on: date | None
    period_began_on: date | None
    due_on: date | None
    decision_id: UUID | None


class HistoryView(msgspec.Struct, frozen=True):
    """The history of an entry, as far as it was recorded on a legal day (`recorded_on`), oldest first."""

    registration_id: UUID
    register_code: str
    recorded_on: date
    standings: Sequence[StandingView]


class StandingOnDay(msgspec.Struct, frozen=True):
    """How an entry stood on a day, as far as it was recorded on another; null before its enrolment."""

    registration_id: UUID
    register_code: str
    on: date
    recorded_on: date
    standing: StandingView | None


class PublicStanding(msgspec.Struct, frozen=True):
    """What everybody may know of an entry on a day, as we know it now."""

    register_number: str
    register_code: str
    on: date
    status: str
    registered: bool
    title: str
    level: str | None
    valid_until: date | None
