"""What comes in about a reconsideration, and what goes out."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from auth.schemas import Schema
from core.fields import NeededText, Text


def _several(value: object) -> object:
    return value.split() if isinstance(value, str) else value


class Standing(Schema):
    """Why the decision stands as it is."""

    reasons: NeededText


class Replacement(Schema):
    """What the request comes to now; assessed anew by the rules of then, on what counts today."""

    reasons: NeededText
    level: Annotated[str, Field(max_length=40)] | None = None
    grounds: Annotated[list[str], BeforeValidator(_several), Field(max_length=20)] = []
    """Coded grounds, where it is still refused."""
    repair: Text = ""


class ReconsiderationView(msgspec.Struct, frozen=True):
    """A decision that is looked at again because another one, on which it rested, was replaced."""

    id: UUID
    number: str
    state: str
    register_code: str
    decision_id: UUID
    decision: str
    """Its number."""
    kind: str
    because_of: str
    """The number of the decision that changed."""
    opened_on: date
    due_on: date
    reasons: str
    concluded_on: date | None
    following_id: UUID | None
