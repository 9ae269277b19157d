"""What comes in and goes out about attendance."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from accreditation.attendance.policy import MOST_ROWS
from auth.schemas import RegisterNumber, Schema
from core.fields import Day, Identifier, Line, NeededLine, NeededText

Sentence = Annotated[str, msgspec.Meta(max_length=4_000)]


class NewRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row: who, and at which run. What is wrong with it is said of it alone."""

    register_number: Sentence
    name: Sentence = ""
    """Where it is given, number and name must agree before anything is booked."""
    run_id: Sentence = ""
    course: Sentence = ""
    """externalCourseID, or our code of the course."""
    run: Sentence = ""
    """externalEditionID; not needed for an e-learning."""
    meeting: Sentence = ""
    """Id or externalMeetingID; without one the whole run is confirmed."""
    ended_on: Sentence = ""
    """2026-05-01; without it the last day of the run."""


class NewList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of attendance; `provider_id` only for who acts for several."""

    rows: Annotated[list[NewRow], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]
    provider_id: UUID | None = None


class RowResult(msgspec.Struct, frozen=True):
    """What became of a row, by its place in the list from 1; `code` says why it was refused."""

    row: int
    outcome: str
    code: str | None = None


class ListResult(msgspec.Struct, frozen=True):
    """What became of a list; `stored` rows were new, the others were there already."""

    id: UUID
    total: int
    accepted: int
    to_be_checked: int
    refused: int
    stored: int
    rows: Sequence[RowResult]


class SentView(msgspec.Struct, frozen=True):
    """A row as its provider sees it: what it sent and what it was told, never whose it is."""

    id: UUID
    register_number: str
    ended_on: date
    meeting: str
    outcome: str
    taken_back: bool
    counts_in: Sequence[str]
    """The registers for which its course is accredited on that day; in any other it counts for nothing."""


class SentEvent(msgspec.Struct, frozen=True):
    """What became of a row, as far as its provider had a hand in it: `received`, `taken-back`, `put-back`."""

    what: str
    at: datetime


class SentDetail(SentView, frozen=True):
    """A row that was sent, with its history and the reason that was given last."""

    run_id: UUID
    source: str
    reason: str
    history: Sequence[SentEvent]
    open_moves: Sequence[str]


class AttendanceView(msgspec.Struct, frozen=True):
    """An attendance as the person sees it, or whoever looks with a second pair of eyes."""

    id: UUID
    run_id: UUID
    course: str
    provider: str
    ended_on: date
    state: str
    doubts: Sequence[str]
    cause: str | None
    said: str
    sent_number: str
    sent_name: str
    open_moves: Sequence[str]


class CreditView(msgspec.Struct, frozen=True):
    """One line of the ledger of course credits."""

    id: UUID
    run_id: UUID
    register_code: str
    done_on: date
    category: str | None
    points: int
    hours: float
    booked_at: datetime


class NewClaim(Schema):
    """What somebody knows of a row that did not find them: the course, the day, the number and name that were sent."""

    course: NeededLine
    """The title or code of the course, as in the catalogue."""
    ended_on: Day
    sent_number: Identifier = ""
    sent_name: Line = ""


class Reason(Schema):
    """Why."""

    reason: NeededText


class NewAssignment(Schema):
    """Whose a row is, as the office found out."""

    register_number: RegisterNumber
    reason: Annotated[NeededText, Field(max_length=2_000)]
