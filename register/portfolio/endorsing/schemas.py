"""What comes in and goes out about endorsements."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from auth.schemas import RegisterNumber, Schema
from core.fields import NeededLine, NeededText


class NewRequest(Schema):
    """A colleague, by register number and family name."""

    register_number: RegisterNumber
    family_name: NeededLine


class Statement(Schema):
    """What the colleague says of the activity: how they know, and what was seen."""

    statement: Annotated[NeededText, Field(max_length=4000)]


class EndorsementView(msgspec.Struct, frozen=True):
    """An endorsement as the owner of the activity sees it; `seal` is the SHA-256 over what was endorsed."""

    id: UUID
    entry_id: UUID
    colleague: str
    state: str
    statement: str
    seal: str | None
    asked_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None


class RequestItem(msgspec.Struct, frozen=True):
    """A request to a colleague; what it is about shows when it is opened, and that leaves a trace."""

    id: UUID
    owner: str
    state: str
    asked_at: datetime


class RequestView(msgspec.Struct, frozen=True):
    """A request with the activity as the colleague is asked to endorse it."""

    id: UUID
    owner: str
    owner_number: str
    state: str
    kind: str
    title: str
    description: str
    done_on: date
    points: int | None
    hours: float | None
    contact_hours: float | None
    category: str | None
    statement: str
    asked_at: datetime
    answered_at: datetime | None
