"""What comes in and goes out about people, their posts, and what the office does."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import StringConstraints

from auth.help import AccountStanding
from auth.schemas import RegisterNumber, Schema
from core.fields import Day, Email, Line, NeededText
from register.entries.schemas import BoardNumber, LocationCode
from register.office.people.policy import HidingGround
from register.rules.assessment.facts import Role


class NewAppointment(Schema):
    """A post: at a school by its codes, or at one that is not in the list, in words."""

    role: Role
    appointed_on: Day
    board_number: BoardNumber | None = None
    location_code: LocationCode | None = None
    stated_place: Annotated[Line, StringConstraints(max_length=160)] = ""
    statutory_director: bool = False
    employer_responsibility: bool = False


class AppointmentEnd(Schema):
    """The last day in a post."""

    ended_on: Day


class FoundPlace(Schema):
    """Which school was meant."""

    board_number: BoardNumber
    location_code: LocationCode


class Hiding(Schema):
    """Why somebody is hidden."""

    ground: HidingGround


class HidingEnd(Schema):
    """Why somebody need not be hidden any more."""

    reasons: NeededText


class Proof(StrEnum):
    """By what somebody showed who they are."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity-card"
    DRIVING_LICENCE = "driving-licence"
    RESIDENCE_PERMIT = "residence-permit"


class NewAddress(Schema):
    """Another e-mail address for somebody who showed who they are; of the document nothing but its kind is kept."""

    email: Email
    shown: Proof


class Death(Schema):
    """The day of death."""

    deceased_on: Day


class Merge(Schema):
    """The register number of the double that becomes one with this person."""

    double: RegisterNumber


class AppointmentView(msgspec.Struct, frozen=True):
    """A post; without codes while `stated_place` waits for the office."""

    id: UUID
    role: str
    board_number: str
    location_code: str
    stated_place: str
    appointed_on: date
    ended_on: date | None
    version: int


class Consent(msgspec.Struct, frozen=True):
    """Consent to the message box, with its days."""

    given_on: date
    withdrawn_on: date | None


class Named(msgspec.Struct, frozen=True):
    """A name that was borne, from a day until the day on which it changed."""

    name: str
    from_on: date
    until_on: date


class Profile(msgspec.Struct, frozen=True):
    """What the vault keeps of somebody."""

    id: UUID
    register_number: str
    name: str
    given_name: str
    prefix: str
    family_name: str
    partner_prefix: str
    partner_family_name: str
    name_order: str
    address: str
    postcode: str
    town: str
    country: str
    telephone: str
    email: str
    email_confirmed: bool
    message_box: bool
    consents: Sequence[Consent]
    former_names: Sequence[Named]


class Standing(msgspec.Struct, frozen=True):
    """An entry, as the office sees it."""

    register_code: str
    status: str
    duty_overdue: bool


class FoundPerson(msgspec.Struct, frozen=True):
    """One line of what the office finds."""

    id: UUID
    register_number: str
    name: str
    email: str


class PersonFile(msgspec.Struct, frozen=True):
    """A person as the office sees them."""

    profile: Profile
    hidden: bool
    hidden_ground: str
    hidden_since: date | None
    deceased_on: date | None
    merged_into: str | None
    doubles: Sequence[str]
    entries: Sequence[Standing]
    appointments: Sequence[AppointmentView]
    account: AccountStanding | None
    """None for who has no account, or whose account is closed."""
