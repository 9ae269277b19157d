"""What comes in and goes out about persons, accounts and sessions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlmodel import SQLModel

from auth.numbers import bare
from auth.permissions import Role
from auth.policy import NameOrder, RoleEnd
from core.countries import HOME
from core.fields import (
    AnyPostcode,
    Country,
    Email,
    FamilyName,
    GivenName,
    Identifier,
    Name,
    NeededLine,
    Telephone,
    refuse,
)

Secret = Annotated[str, StringConstraints(max_length=1000)]


def _number(value: str) -> str:
    number = bare(value)
    if value and not (number.isascii() and number.isdigit()):
        raise refuse("not-a-register-number")
    return number


RegisterNumber = Annotated[Identifier, AfterValidator(_number)]
"""A register number as people type it, with blanks or dots; what has other signs is refused. Whose it is, is asked
later (`no-such-person`)."""


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

    given_name: GivenName = ""
    prefix: Annotated[Name, StringConstraints(max_length=30)] = ""
    family_name: FamilyName = ""
    address: NeededLine
    country: Country = HOME
    postcode: AnyPostcode = ""
    town: Annotated[NeededLine, StringConstraints(max_length=80)]
    email: Email
    telephone: Telephone
    message_box: bool = False
    """Consent to letters by the message box instead of post (Awb 2:14)."""
    password: Secret


class NewName(Schema):
    """A name with the partner's, and in which order they are used (naamgebruik)."""

    given_name: GivenName = ""
    prefix: Annotated[Name, StringConstraints(max_length=30)] = ""
    family_name: FamilyName = ""
    partner_prefix: Annotated[Name, StringConstraints(max_length=30)] = ""
    partner_family_name: Annotated[Name, StringConstraints(max_length=120)] = ""
    name_order: NameOrder = NameOrder.OWN


class NewDetails(Schema):
    """Where somebody lives and is reached; leaving `message_box` out withdraws consent."""

    address: NeededLine
    country: Country = HOME
    postcode: AnyPostcode = ""
    town: Annotated[NeededLine, StringConstraints(max_length=80)]
    telephone: Telephone
    message_box: bool = False


class NewProposal(Schema):
    """A role for a person by register number, or for somebody new by e-mail and name."""

    role: Role
    scope: Annotated[Identifier, StringConstraints(max_length=60)] = ""
    register_number: RegisterNumber | None = None
    email: Email | None = None
    given_name: Annotated[Name, StringConstraints(max_length=80)] = ""
    prefix: Annotated[Name, StringConstraints(max_length=30)] = ""
    family_name: Annotated[Name, StringConstraints(max_length=120)] = ""


class EndOfRole(Schema):
    """Why a role ends."""

    reason: RoleEnd


class ForgottenPassword(Schema):
    """An address, known or not."""

    email: Secret


class NewPassword(Schema):
    """A mailed link and the password that it may set."""

    token: Secret
    password: Secret


class MailedLink(Schema):
    """The token of a mailed link."""

    token: Secret


class NewEmail(Schema):
    """Another address, with the password of the account."""

    email: Email
    password: Secret


class ProposalView(msgspec.Struct, frozen=True):
    """A role that was proposed; `person` and `proposed_by` are names, for who may read roles."""

    id: UUID
    role: str
    scope: str
    state: str
    person: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime


class NewSecondFactor(Schema):
    """The password of the account, and a code where it has a second factor already."""

    password: Secret
    otp: Secret | None = None


class OneTimeCode(Schema):
    """A one-time code of six digits."""

    otp: Secret


class SecondFactor(msgspec.Struct, frozen=True):
    """A secret for one-time codes, shown this once; `uri` is what a QR code of it says."""

    totp_secret: str
    uri: str


class Accepted(msgspec.Struct, frozen=True):
    """The same answer whether or not anything is known."""

    status: str = "accepted"


class Invited(msgspec.Struct, frozen=True):
    """The account that came of an invitation; the secret for one-time codes is shown this once."""

    email: str
    totp_secret: str


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
    """What this session may use: those that need a second factor only where it gave one."""
    second_factor: bool
    """Whether this session gave a one-time code."""


class LoginSessionView(msgspec.Struct, frozen=True):
    """One signed-in session of the person."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    current: bool
