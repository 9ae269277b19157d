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


class ProofAsked(Schema):
    """What must be shown before a name can be confirmed; the person reads it."""

    note: NeededText


class NameChangeView(msgspec.Struct, frozen=True):
    """A request for another name; `answer` is what proof was asked while it waits, and why it was refused after."""

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
    answer_by: date
    """The last day on which the office answers."""
    late: bool
    """Nobody answered, and that day is over."""
    settled_on: date | None
    settled_by: str
    answer: str
    open_moves: list[str]
