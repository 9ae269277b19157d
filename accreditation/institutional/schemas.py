"""What comes in and goes out about institutional accreditations and declarations."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from accreditation.providers.schemas import Code, Register
from auth.schemas import Schema
from core.fields import NeededText, Text


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 5 else value


class NewInstitutional(Schema):
    """Ask for an institutional accreditation in a register."""

    provider_id: UUID
    register_code: Register


class NewInstitutionalDecision(Schema):
    """Grant or refuse, with reasons; a refusal needs grounds and what would repair it."""

    granted: bool
    reasons: NeededText
    grounds: Annotated[list[Code], Field(max_length=10)] = []
    repair: Text = ""


class NewDeclaration(Schema):
    """What a course is worth by the provider's own declaration: points, or hours by category."""

    points: Annotated[int, BeforeValidator(_number), Field(ge=0, le=1000)] | None = None
    hours: dict[str, Annotated[int, Field(ge=1, le=1000)]] = {}


class InstitutionalView(msgspec.Struct, frozen=True):
    """One of them; `lacking` are the grounds on which the conditions would refuse it today."""

    id: UUID
    provider_id: UUID
    provider: str
    register_code: str
    state: str
    asked_on: date
    from_on: date | None
    until_on: date | None
    courses_most: int
    declared: int
    withdrawn_on: date | None
    decision_id: UUID | None
    lacking: Sequence[str]
    open_moves: Sequence[str]


class DeclarationView(msgspec.Struct, frozen=True):
    """A declaration that waits for its decision, or has it."""

    id: UUID
    file_id: UUID
    course: str
    provider: str
    register_code: str
    points: int | None
    hours: Mapping[str, int]
    accepted: bool
