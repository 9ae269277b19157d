"""What comes in and goes out about portfolios."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from auth.schemas import Schema
from core.fields import Day, Identifier, Line, NeededLine, NeededText, Text, refuse
from register.entries.policy import Register
from register.portfolio.policy import EntryKind
from register.rules.assessment.facts import Category, Valuation


def _number(value: object) -> object:
    """True is no number, whatever Python says; the framework reads bodies without strictness."""
    if isinstance(value, bool):
        raise refuse("int-type")
    return value


Points = Annotated[int, BeforeValidator(_number), Field(ge=0, le=100)]
"""Whole points of one activity."""
Hours = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=2000, decimal_places=2)]
"""Hours of one activity, in hundredths at the finest."""
Themes = Annotated[list[Identifier], Field(max_length=20)]
Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]


class NewEntry(Schema):
    """An activity; its evidence follows. Leaders may claim points, teachers state hours and a category."""

    register_code: Register
    kind: EntryKind | None = None
    """May be left out, as the title, where `offer_code` says it."""
    title: Line = ""
    description: Text = ""
    done_on: Day
    points: Points | None = None
    hours: Hours | None = None
    contact_hours: Hours | None = None
    category: Category | None = None
    themes: Themes = []
    valuation: Valuation | None = None
    """Left out: valued afterwards for leaders, not validated for teachers."""
    provider: Line = ""
    offer_code: Annotated[Identifier, Field(max_length=20)] | None = None
    """Accredited offer, from which kind, title and provider are filled in."""


class ChangedEntry(Schema):
    """What changes in a draft; what is left out stays as it is."""

    kind: EntryKind = EntryKind.COURSE
    title: NeededLine = ""
    description: Text = ""
    done_on: Day = date(1900, 1, 1)
    points: Points | None = None
    hours: Hours | None = None
    contact_hours: Hours | None = None
    category: Category | None = None
    themes: Themes = []
    valuation: Valuation = Valuation.AFTERWARDS
    provider: Line = ""


class NewValuation(Schema):
    """What an assessor decides. Grounds and what would repair it are due when it gives less than was claimed."""

    points: Points | None = None
    hours: Hours | None = None
    """Only for what is counted in hours; left out: as stated."""
    themes: Themes | None = None
    """The themes that were covered, of those that were stated; left out: all of them."""
    above_claim: bool = False
    """That more points than were asked are meant."""
    reasons: NeededText
    grounds: Annotated[list[Code], Field(max_length=20)] = []
    repair: Text = ""


class FileView(msgspec.Struct, frozen=True):
    """The evidence behind an entry."""

    name: str
    media_type: str
    size: int


class EntryView(msgspec.Struct, frozen=True):
    """One activity. `sha256` from the day it was handed in; `seen_before` only for an assessor."""

    id: UUID
    register_code: str
    kind: str
    title: str
    description: str
    done_on: date
    claimed_points: int | None
    claimed_hours: float | None
    contact_hours: float | None
    category: str | None
    themes: Sequence[str]
    valuation: str
    provider: str
    state: str
    points: int | None
    hours: float | None
    file: FileView | None
    sha256: str | None
    decision_id: UUID | None
    added_at: datetime
    submitted_at: datetime | None
    open_moves: Sequence[str]
    offer_code: str | None
    endorsed: bool
    """Whether a colleague's word stands as evidence."""
    goal_id: UUID | None
    history: Mapping[str, object] | None
    """What had become of an imported entry where it came from."""
    seen_before: int | None = None


class QueueItem(msgspec.Struct, frozen=True):
    """An entry that waits; it says nothing of whose it is or what it was about until it is opened."""

    id: UUID
    register_code: str
    kind: str
    valuation: str
    claimed_points: int | None
    done_on: date
    submitted_at: datetime | None


class ValuationView(msgspec.Struct, frozen=True):
    """The decision on an entry, made known at once."""

    id: UUID
    number: str
    entry_id: UUID
    outcome: str
    points: int | None
    hours: float | None
    grounds: Sequence[str]
    reasons: str
    repair: str
    remedy: str
    notified_on: date | None
    last_day_to_object: date | None
    replaces: UUID | None
    entry_state: str


class PeriodView(msgspec.Struct, frozen=True):
    """A period with what it comes to; days from `counts_from` up to and including `counts_until` count for it."""

    id: UUID
    began_on: date
    due_on: date
    counts_from: date
    counts_until: date | None
    closed_by: UUID | None
    running: bool
    points: int
    hours: float


class LineView(msgspec.Struct, frozen=True):
    """One line of the ledger; a reversal takes back what was booked."""

    id: UUID
    entry_id: UUID
    period_id: UUID
    cause: str
    points: int
    hours: float
    decision_id: UUID | None
    booked_at: datetime


class ActivityView(msgspec.Struct, frozen=True):
    """One entry: whether it counts for the running period, for how much, and with which code it does not."""

    entry_id: UUID
    title: str
    kind: str
    done_on: date
    state: str
    period_id: UUID | None
    counts: bool
    points: int
    hours: float
    why: str | None
    used_on: date | None = None
    """The day of the renewal that it counted for."""


class NormView(msgspec.Struct, frozen=True):
    """One thing that a renewal measures; `sectors` empty means in all.

    `need` is what a renewal takes at least, `towards` the step of a ladder that one is working towards.
    """

    name: str
    have: float
    need: float
    short: float
    sectors: Sequence[str]
    towards: float


class PortfolioView(msgspec.Struct, frozen=True):
    """A portfolio: periods, what counts line by line, the ledger behind it, and what a renewal still takes."""

    registration_id: UUID
    register_code: str
    measure: str
    rule_set: str
    periods: Sequence[PeriodView]
    activities: Sequence[ActivityView]
    ledger: Sequence[LineView]
    norms: Sequence[NormView]
