"""What comes in and goes out about conditions."""

from datetime import date
from uuid import UUID

import msgspec

from auth.schemas import Schema
from core.fields import Day, NeededLine


class NewCondition(Schema):
    """What must be done, and by which day."""

    text: NeededLine
    due_on: Day


class ConditionView(msgspec.Struct, frozen=True):
    """A condition; `overdue` when its day passed and nobody saw it met."""

    id: UUID
    decision_id: UUID
    text: str
    due_on: date
    met_on: date | None
    overdue: bool
