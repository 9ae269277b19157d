"""What comes in and goes out about runs."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from accreditation.courses.policy import Given
from auth.schemas import Schema
from core.fields import Clock, Day, Identifier, Line, NeededLine, refuse


def _whole(value: object) -> object:
    if isinstance(value, bool):
        raise refuse("int-type")
    return value


Seats = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=100_000)]


class NewMeeting(Schema):
    """One meeting, on one day in the Netherlands."""

    held_on: Day
    begins: Clock
    ends: Clock
    external_id: Identifier | None = None
    """externalMeetingID of the PE-online message."""


class NewRun(Schema):
    """One run of an accredited course; a classroom has a place and seats."""

    form: Given = Given.CLASSROOM
    starts_on: Day
    ends_on: Day
    place: Line = ""
    capacity: Seats | None = None
    external_id: Identifier | None = None
    """externalEditionID of the PE-online message."""
    meetings: Annotated[list[NewMeeting], Field(max_length=60)] = []


class ChangedRun(Schema):
    """What changes in a run that stands; what is left out stays as it is."""

    starts_on: Day | None = None
    ends_on: Day | None = None
    place: Line | None = None
    capacity: Seats | None = None


class Withdrawal(Schema):
    """Why a run is withdrawn; every participant is told."""

    reason: NeededLine


class MeetingView(msgspec.Struct, frozen=True):
    """One meeting."""

    id: UUID
    pe_meeting_id: int
    external_id: str | None
    starts_at: datetime
    ends_at: datetime


class RunView(msgspec.Struct, frozen=True):
    """One run as its provider sees it."""

    id: UUID
    course_id: UUID
    pe_edition_id: int
    external_id: str | None
    form: str
    state: str
    starts_on: date
    ends_on: date
    place: str
    capacity: int | None
    open_moves: Sequence[str]
    meetings: Sequence[MeetingView] = ()
