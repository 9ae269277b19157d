"""What comes in and goes out about requests for another name."""

from datetime import date
from uuid import UUID

import msgspec

from auth.schemas import NewName, Schema
from core.fields import NeededText


class NewNameChange(NewName):
    """Another name, and why."""

    reason: NeededText


class Refusal(Schema):
    """Why a request is refused; the person reads it."""

    reason: NeededText


class NameChangeView(msgspec.Struct, frozen=True):
    """A request for another name; `answer` is why it was refused."""

    id: UUID
    number: str
    person_id: UUID
    state: str
    before: str
    """The name as it stands."""
    name: str
    """The name that was asked for, as it would be shown."""
    reason: str
    document: bool
    asked_on: date
    settled_on: date | None
    answer: str
    open_moves: list[str]
