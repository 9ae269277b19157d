"""What comes in and goes out about shares, about what they show, and about the staff of a board."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from auth.schemas import RegisterNumber, Schema
from core.fields import Day, NeededLine
from register.entries.policy import Register
from register.entries.schemas import BoardNumber, PublicEntryView
from register.portfolio.schemas import FileView, NormView
from register.portfolio.sharing.policy import Scope


class Reader(Schema):
    """A person, by register number and family name: a slip of the pen must not reach a stranger."""

    register_number: RegisterNumber
    family_name: NeededLine


class NewShare(Schema):
    """Sight for a board or a person until a day, that day included."""

    register_code: Register
    scope: Scope
    period_id: UUID | None = None
    entry_ids: Annotated[list[UUID], Field(max_length=500)] = []
    with_files: bool = False
    board_number: BoardNumber | None = None
    """One's own employer at this moment; it reads as long as one works there."""
    reader: Reader | None = None
    until_on: Day


class ShareView(msgspec.Struct, frozen=True):
    """A share as its owner sees it. `holds` is whether it opens anything today; `why` the code when it does not."""

    id: UUID
    register_code: str
    scope: str
    period_id: UUID | None
    entry_ids: Sequence[UUID]
    with_files: bool
    board_number: str | None
    to: str
    """The name of the board or the person."""
    granted_at: datetime
    until_on: date
    ended_at: datetime | None
    holds: bool
    why: str | None


class LookView(msgspec.Struct, frozen=True):
    """One look by somebody else. `name` where a share or a request made them known to the owner."""

    id: UUID
    at: datetime
    what: str
    outcome: str
    capacity: str
    name: str | None
    entry_id: str | None


class SharedItem(msgspec.Struct, frozen=True):
    """A portfolio that is shown to whoever asks; `until_on` is the last day of the longest share."""

    registration_id: UUID
    register_code: str
    name: str
    register_number: str
    until_on: date


class SharedPeriodView(msgspec.Struct, frozen=True):
    """A period and what it comes to."""

    id: UUID
    began_on: date
    due_on: date
    counts_from: date
    """The first day that counts for it: after the one before stopped counting."""
    points: int
    hours: float


class SharedEntryView(msgspec.Struct, frozen=True):
    """An activity that was handed in, without the decision on it; `file` only where evidence is shared too."""

    id: UUID
    period_id: UUID | None
    kind: str
    title: str
    description: str
    done_on: date
    category: str | None
    themes: Sequence[str]
    provider: str
    state: str
    points: int | None
    hours: float | None
    file: FileView | None
    why: str | None = None
    """For what the attendance behind it waits."""


class SharedPortfolioView(msgspec.Struct, frozen=True):
    """As much of a portfolio as its owner shows: sums where the share covers all that they are made of."""

    registration_id: UUID
    register_code: str
    name: str
    register_number: str
    measure: str
    periods: Sequence[SharedPeriodView]
    entries: Sequence[SharedEntryView]
    norms: Sequence[NormView]


class StaffShareView(msgspec.Struct, frozen=True):
    """A share that was granted to the board."""

    registration_id: UUID
    register_code: str
    scope: str
    until_on: date


class StaffView(msgspec.Struct, frozen=True):
    """Somebody who works for the board now: what everybody may know of them, and what they chose to show."""

    register_number: str
    entry: PublicEntryView
    shares: Sequence[StaffShareView]
