"""The document that a portfolio travels as, what of it is read back, and the report of an import."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from core.fields import Day, Identifier, Line, NeededLine, Text
from register.portfolio.policy import EntryKind, EntryState
from register.portfolio.schemas import Hours, Points, Themes
from register.rules.assessment.facts import Category, Valuation


class FileEntry(msgspec.Struct, frozen=True):
    """A piece of evidence: its path in the file, and the SHA-256 of its bytes."""

    path: str
    name: str
    media_type: str
    size: int
    sha256: str


class EntryDocument(msgspec.Struct, frozen=True):
    """An entry as it stands; hours as text, so that no number is rounded."""

    id: UUID
    origin_id: UUID | None
    kind: str
    title: str
    description: str
    done_on: date
    points: int | None
    hours: str | None
    contact_hours: str | None
    category: str | None
    themes: Sequence[str]
    valuation: str
    provider: str
    offer_code: str | None
    state: str
    given_points: int | None
    given_hours: str | None
    decision: str | None
    """The number of the decision on it."""
    added_at: datetime
    submitted_at: datetime | None
    goal_id: UUID | None
    history: Any
    file: FileEntry | None


class Document(msgspec.Struct, frozen=True):
    """`portfolio.json`, version 1: everything that is kept of one portfolio. See docs/portfolio-format.md."""

    format: str
    version: int
    exported_at: datetime
    register: str
    rule_set: str
    owner: dict[str, str]
    registration: dict[str, Any]
    entries: Sequence[EntryDocument]
    periods: Sequence[Any]
    ledger: Sequence[Any]
    decisions: Sequence[dict[str, Any]]
    plan: Sequence[dict[str, Any]]
    endorsements: Sequence[Any]
    shares: Sequence[Any]
    looks: Sequence[Any]


class FileRead(BaseModel):
    """A piece of evidence as a document names it."""

    model_config = ConfigDict(extra="ignore")

    path: Annotated[str, Field(max_length=200)]
    name: Line
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class EntryRead(BaseModel):
    """What is read back of an entry, within the same bounds as what is typed; what is not known is left out."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    origin_id: UUID | None = None
    kind: EntryKind
    title: NeededLine
    description: Text = ""
    done_on: Day
    points: Points | None = None
    hours: Hours | None = None
    contact_hours: Hours | None = None
    category: Category | None = None
    themes: Themes = []
    valuation: Valuation
    provider: Line = ""
    offer_code: Annotated[Identifier, Field(max_length=20)] | None = None
    state: EntryState
    given_points: Points | None = None
    given_hours: Hours | None = None
    decision: Annotated[Identifier, Field(max_length=40)] | None = None
    goal_id: UUID | None = None
    file: FileRead | None = None


class GoalRead(BaseModel):
    """What is read back of a goal."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    title: NeededLine
    themes: Themes = []
    category: Category | None = None
    reach_by: Day
    reached_on: Day | None = None


class RowReport(msgspec.Struct, frozen=True):
    """What became of one entry of the document, counted from 1; `code` says why where it was refused."""

    row: int
    id: str | None
    title: str
    becomes: str
    code: str | None
    evidence: bool


class ImportReport(msgspec.Struct, frozen=True):
    """What an import did, or would do: the numbers of entries add up to the rows.

    `goals` of the plan for development came along; `goals_refused` cannot be read, or are more than a plan holds.
    """

    dry_run: bool
    register_code: str
    drafts: int
    history: int
    already_there: int
    left_out: int
    refused: int
    goals: int
    goals_refused: int
    rows: Sequence[RowReport]
