"""What comes in and goes out about retention."""

from datetime import date
from uuid import UUID

import msgspec

from auth.schemas import Schema
from core.fields import NeededText


class NewHold(Schema):
    """Why the data of somebody must stay beyond their term."""

    reasons: NeededText


class HoldView(msgspec.Struct, frozen=True):
    """A hold on the data of a person."""

    id: UUID
    person_id: UUID
    reasons: str
    held_on: date
    ended_on: date | None


class ErasureView(msgspec.Struct, frozen=True):
    """So many rows of a kind were erased on a day."""

    erased_on: date
    what: str
    number: int
    article: str
