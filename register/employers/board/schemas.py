"""What a board asks and says, and what it is told: of its own people what everybody may know, of a list the same."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from auth.schemas import RegisterNumber, Schema
from core import typed
from core.fields import Day, NeededLine
from register.entries.schemas import BoardNumber, LocationCode, PublicEntryView
from register.rules.assessment.facts import Role

TypedDay = Annotated[Day, BeforeValidator(typed.day)]


class NewCheck(Schema):
    """A list: on each line a register number, and perhaps a family name after a semicolon."""

    list: Annotated[str, Field(max_length=200_000)] = ""


class PostEnd(Schema):
    """The last day of a post, as the board knows it."""

    ended_on: TypedDay


class Since(Schema):
    """The day from which one looks for changes."""

    sinds: TypedDay


class NewPost(Schema):
    """Somebody who works here and is not in the list: by number and family name, so that no stranger is asked."""

    register_number: RegisterNumber
    family_name: NeededLine
    board_number: BoardNumber
    location_code: LocationCode
    role: Role
    appointed_on: TypedDay


class CheckedView(msgspec.Struct, frozen=True):
    """One line of a list with its answer, and the public entries under its number."""

    line: int
    number: str
    typed: str
    """What stood on the line, where it is no register number."""
    family_name: str
    answer: str
    """`found`, `name-differs`, `unknown`, `no-number` or `twice`."""
    now_under: str | None
    """The number to use from now on, where this one went over into another."""
    works_here: bool
    entries: Sequence[PublicEntryView]


class ChangeView(msgspec.Struct, frozen=True):
    """How somebody's public standing changed, or that a post began or ended."""

    recorded_on: date
    holds_from: date
    what: str
    """`standing`, `came` or `left`."""
    register_number: str
    name: str
    register_code: str | None
    before: str | None
    status: str | None
    valid_until: date | None


class SaidView(msgspec.Struct, frozen=True):
    """What a board said of a post, and what its holder answered: `waiting`, `confirmed`, `refused`, `overtaken`."""

    id: UUID
    appointment_id: UUID | None
    role: str
    location_code: str
    appointed_on: date
    ended_on: date | None
    state: str
    said_at: datetime
    answered_at: datetime | None
