"""Providers, where each stands in a register, their members, and invitations to become one."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from accreditation.providers.policy import AUTHORISATION, AuthorisationState, MemberRole, Profile, StaffLevel
from core.store.db import Versioned, choice, key_column


class Provider(Versioned, table=True):
    """One organisation that offers courses; a school board may be one. `name_key` is the name as duplicates compare."""

    __tablename__ = "provider"
    __table_args__ = (sa.UniqueConstraint("name_key"),)

    number: str = Field(max_length=20, unique=True)
    name: str = Field(max_length=160)
    name_key: str = Field(sa_type=key_column(160))
    kvk_number: str = Field(max_length=8)
    """The number at the Chamber of Commerce (KvK): eight digits."""
    board_number: str | None = Field(default=None, max_length=5)
    """The number of the school board (bevoegd gezag) that this provider is, if it is one."""
    postcode: str = Field(max_length=12, index=True)
    address: str | None = Field(default=None, max_length=120)
    """Street and number, or a post box; none where it was not asked yet."""
    town: str = Field(max_length=80)
    email: str = Field(max_length=254)
    telephone: str = Field(max_length=20)
    staff_level: StaffLevel = Field(sa_type=choice(StaffLevel))
    quality_procedure: str = ""
    complaints_procedure: str = ""
    started_at: datetime

    def profile(self) -> Profile:
        """What the admission looks at."""
        return Profile(self.kvk_number, self.staff_level, self.quality_procedure, self.complaints_procedure)


class ProviderAuthorisation(Versioned, table=True):
    """Where a provider stands in one register (autorisatie). `round` counts how often it applied."""

    __tablename__ = "provider_authorisation"
    __table_args__ = (sa.UniqueConstraint("provider_id", "register_code"),)

    provider_id: UUID = Field(foreign_key="provider.id")
    register_code: str = Field(max_length=40, index=True)
    state: AuthorisationState = Field(default=AUTHORISATION.start, sa_type=choice(AuthorisationState), index=True)
    round: int = 0
    asked_on: date
    asked_by: UUID
    decide_by_on: date
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")

    def stream(self) -> str:
        return f"provider/{self.provider_id}"


class ProviderIntention(Versioned, table=True):
    """What is meant about a provider or a course of it, told before it is decided; `kind` is that of the decision."""

    __tablename__ = "provider_intention"

    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    subject_id: UUID = Field(index=True)
    register_code: str = Field(max_length=40)
    kind: str = Field(max_length=40)
    grounds: str
    reasons: str
    urgent: str = ""
    """Why the measure could not wait until the provider was heard (Awb 4:11); empty where it waits."""
    told_on: date
    view_until: date
    view: str = ""
    viewed_on: date | None = None
    intended_by: UUID
    ended_on: date | None = None

    def stream(self) -> str:
        return f"provider/{self.provider_id}"


class ProviderMember(Versioned, table=True):
    """Somebody who acts for a provider, until `ended_at`."""

    __tablename__ = "provider_member"
    __table_args__ = (sa.UniqueConstraint("provider_id", "person_id"),)

    provider_id: UUID = Field(foreign_key="provider.id")
    person_id: UUID = Field(foreign_key="person.id", index=True)
    role: MemberRole = Field(sa_type=choice(MemberRole))
    joined_at: datetime
    ended_at: datetime | None = None

    def stream(self) -> str:
        return f"provider/{self.provider_id}"


class ProviderInvitation(Versioned, table=True):
    """An invitation to become a member; only the hash of its code is kept, and no address."""

    __tablename__ = "provider_invitation"

    provider_id: UUID = Field(foreign_key="provider.id", index=True)
    role: MemberRole = Field(sa_type=choice(MemberRole))
    code_hash: str = Field(max_length=64, unique=True)
    invited_at: datetime
    expires_on: date
    used_at: datetime | None = None

    def stream(self) -> str:
        return f"provider/{self.provider_id}"
