"""What comes in and goes out about objections to publication."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from auth.schemas import Schema
from core.fields import NeededText
from register.entries.policy import Register


class NewPublicationObjection(Schema):
    """In which register somebody does not want to be shown, and why (AVG 21(1))."""

    register_code: Register
    reasons: NeededText


class Weighed(Schema):
    """Why publication ends or goes on; the person reads it."""

    reasons: NeededText


class PublicationView(msgspec.Struct, frozen=True):
    """An objection to publication as its person and the office see it."""

    id: UUID
    number: str
    person_id: UUID
    register_code: str
    state: str
    reasons: str
    asked_on: date
    answer_by: date
    """The last day to answer (AVG 12(3))."""
    late: bool
    withheld: bool
    """Whether the entry is out of sight while this is weighed (AVG 18(1)(d))."""
    settled_on: date | None
    decision_id: UUID | None
    open_moves: Sequence[str]
