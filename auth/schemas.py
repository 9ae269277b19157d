"""What comes in and goes out about persons, accounts and sessions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlmodel import SQLModel

from core.fields import Email, Identifier, Line, NeededLine, Postcode, Telephone

Secret = Annotated[str, StringConstraints(max_length=1000)]


class Schema(BaseModel):
    """The base of what comes in: an unknown field is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Schema):
    """Sign-in; `otp` only where a role of the person needs it."""

    email: Secret
    password: Secret
    otp: Annotated[str, StringConstraints(max_length=20)] | None = None


class NewPerson(SQLModel):
    """The data of art. 5(2) about the person; what is said of employer and schools goes with it to `register`."""

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]

    given_name: Annotated[NeededLine, StringConstraints(max_length=80)]
    prefix: Annotated[Line, StringConstraints(max_length=30)] = ""
    family_name: Annotated[NeededLine, StringConstraints(max_length=120)]
    address: NeededLine
    postcode: Postcode
    town: Annotated[NeededLine, StringConstraints(max_length=80)]
    email: Email
    telephone: Telephone
    password: Secret


class NewRole(Schema):
    """A role for a person, by register number."""

    register_number: Identifier
    role: str


class Token(msgspec.Struct, frozen=True):
    """A bearer token for /v1; `expires_in` in seconds."""

    access_token: str
    token_type: str
    expires_in: int


class Me(msgspec.Struct, frozen=True):
    """The signed-in person."""

    id: UUID
    register_number: str
    name: str
    email: str
    roles: Sequence[str]


class LoginSessionView(msgspec.Struct, frozen=True):
    """One signed-in session of the person."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    current: bool
