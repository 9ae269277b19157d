"""What comes in and goes out about providers, where they stand, and who acts for them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from pydantic import Field

from accreditation.providers.policy import MemberRole, StaffLevel
from auth.schemas import Schema
from core.fields import Email, Identifier, NeededLine, NeededText, Postcode, Telephone, Text

Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]
Register = Annotated[str, Field(max_length=40, pattern=r"^[a-z-]+$")]


class NewProfile(Schema):
    """What a provider says of itself (rl-aanbieders); its name stays what it was."""

    kvk_number: Annotated[str, Field(pattern=r"^[0-9]{8}$")]
    """Eight digits, of the Chamber of Commerce."""
    board_number: Annotated[str, Field(pattern=r"^[0-9]{5}$")] | None = None
    """Of a school board that offers courses itself."""
    postcode: Postcode
    address: Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f]*$")] | None = None
    """Street and number, or a post box: where letters go."""
    town: Annotated[NeededLine, Field(max_length=80)]
    email: Email
    telephone: Telephone
    staff_level: StaffLevel
    quality_procedure: NeededText
    """How the offer is developed, evaluated and kept in touch with practice."""
    complaints_procedure: NeededText


class NewProvider(NewProfile):
    """A provider that asks to be authorised in one or more registers (rl-aanbieders)."""

    name: NeededLine
    registers: Annotated[list[Register], Field(min_length=1, max_length=10)]


class NewRequest(Schema):
    """A further register, or the same one again after a refusal, a withdrawal or an end."""

    register_code: Register


class NewAdmission(Schema):
    """The decision on an application: reasons always, grounds and repair for a refusal."""

    granted: bool
    reasons: NeededText
    grounds: Annotated[list[Code], Field(max_length=10)] = []
    repair: Text = ""


class NewMeasure(Schema):
    """Why a provider is suspended, or its authorisation withdrawn, and what would undo it."""

    reasons: NeededText
    grounds: Annotated[list[Code], Field(min_length=1, max_length=10)]
    repair: NeededText
    answer: Text = ""
    """What the view of the provider is answered with; needed where it gave one (Awb 3:46)."""
    urgent: Text = ""
    """Why a suspension cannot wait until the provider was heard (Awb 4:11); it is heard right afterwards."""


class NewIntention(Schema):
    """Which measure is meant about an admission, on which grounds and why."""

    kind: Literal["provider-suspension", "provider-withdrawal"]
    reasons: NeededText
    grounds: Annotated[list[Code], Field(min_length=1, max_length=10)]


class NewView(Schema):
    """What a provider thinks of what is meant (zienswijze)."""

    view: NeededText


class IntentionView(msgspec.Struct, frozen=True):
    """What is meant about a provider; `view_until` is the last day for its view, `urgent` why it was done first."""

    id: UUID
    provider_id: UUID
    subject_id: UUID
    register_code: str
    kind: str
    grounds: Sequence[str]
    reasons: str
    urgent: str
    told_on: date
    view_until: date
    view: str
    viewed_on: date | None
    ended_on: date | None


class NewInvitation(Schema):
    """Whom to invite, in which role; the address is not kept."""

    email: Email
    role: MemberRole


class NewMembership(Schema):
    """The code of an invitation, as its letter gives it."""

    code: Identifier


class NewMemberRole(Schema):
    """Another role for a member."""

    role: MemberRole


class AuthorisationView(msgspec.Struct, frozen=True):
    """Where a provider stands in a register; `decide_by_on` is the last day to decide on what is asked."""

    id: UUID
    provider_id: UUID
    register_code: str
    state: str
    round: int
    asked_on: date
    decide_by_on: date
    decision_id: UUID | None
    open_moves: Sequence[str]


class MemberView(msgspec.Struct, frozen=True):
    """Who acts for a provider."""

    id: UUID
    name: str
    role: str
    joined_at: datetime
    version: int


class ProviderView(msgspec.Struct, frozen=True):
    """A provider as its members and the secretary see it. `warnings`: `same-postcode` where another one is there."""

    id: UUID
    number: str
    name: str
    kvk_number: str
    board_number: str | None
    postcode: str
    address: str | None
    town: str
    email: str
    telephone: str
    staff_level: str
    quality_procedure: str
    complaints_procedure: str
    authorisations: Sequence[AuthorisationView]
    warnings: Sequence[str] = ()


class InvitationView(msgspec.Struct, frozen=True):
    """An invitation that was sent; its code is in the message only."""

    id: UUID
    role: str
    expires_on: date
