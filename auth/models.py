"""The identity vault, and what proves that somebody is who they say: accounts, roles, sessions, failures.

Everything that names a person stands in `person` and `account` and nowhere else; the rest of the house knows ids.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from auth.permissions import Role
from auth.policy import PROPOSAL, NameOrder, ProposalState, Purpose, family_names
from core import countries, names
from core.store import indexing
from core.store.db import Row, Versioned, choice, key_column
from core.store.indexing import Indexed


class PersonWord(SQLModel, table=True):
    """A word by which the office finds somebody (core.names): follows from the name, and `verify` derives it anew."""

    __tablename__ = "person_word"

    word: str = Field(primary_key=True, sa_type=key_column(200))
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", index=True)


class Person(Versioned, Indexed, table=True):
    """One human being, with the data of art. 5(2) of the Registerreglement and an own register number. No BSN."""

    __tablename__ = "person"
    __indexed_by__ = ("given_name", "prefix", "family_name", "partner_prefix", "partner_family_name")

    register_number: str = Field(max_length=8, unique=True)
    given_name: str = Field(max_length=80)
    prefix: str = Field(default="", max_length=30)
    family_name: str = Field(max_length=120)
    address: str = Field(max_length=160)
    postcode: str = Field(max_length=12)
    town: str = Field(max_length=80)
    email: str = Field(max_length=254, index=True)
    telephone: str = Field(max_length=20)
    message_box: bool = False
    """Whether letters may come by the message box: as the last row of `message_box_consent` says."""
    hidden: bool = False
    enrolled_at: datetime
    partner_prefix: str = Field(default="", max_length=30)
    partner_family_name: str = Field(default="", max_length=120)
    name_order: NameOrder = Field(default=NameOrder.OWN, sa_type=choice(NameOrder))
    email_confirmed_at: datetime | None = None
    deceased_on: date | None = None
    merged_into: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    """Whom the register numbers of doubles lead to."""

    country: str | None = Field(default=None, max_length=2)
    """Two letters (ISO 3166); None at home, so that no row of an older release changes."""
    erased_on: date | None = None
    """When it was erased who this was (AVG 5(1)(e)); the number leads to nobody since."""

    def stream(self) -> str:
        return f"person/{self.id}"

    def lives_in(self) -> str:
        """The country of the address, by its two letters."""
        return self.country or countries.HOME

    def postal_lines(self) -> tuple[str, ...]:
        """The address as it stands on a letter, under the name."""
        return countries.postal_lines(self.address, self.postcode, self.town, self.lives_in())

    def full_name(self) -> str:
        """The name as it is said: given name, and the family names in the order that was chosen."""
        return names.joined(self.given_name, self.family_names())

    def family_names(self) -> str:
        """The family names in the order that was chosen (naamgebruik): de Vries-van Dijk."""
        return self.families()[-1]

    def families(self) -> tuple[str, ...]:
        """Each family name that somebody bears, alone; and last as it is shown."""
        own, partner = (self.prefix, self.family_name), (self.partner_prefix, self.partner_family_name)
        return family_names(self.name_order, *own, *partner)

    def filed_as(self) -> str:
        """How the name is filed, with each word by which it is found (core.names)."""
        return names.filing_key(self.family_names(), self.given_name)

    @classmethod
    def index_rows(cls, row: "Person") -> Iterator[tuple[sa.Table, dict[str, Any]]]:
        """The words of every name that somebody bears, whichever of them is used."""
        for own in ((row.prefix, row.family_name), (row.partner_prefix, row.partner_family_name)):
            for word in names.found_by(names.joined(*own), row.given_name):
                yield WORD, {"word": word[:200], "person_id": row.id}

    @classmethod
    def index_gone(cls, row: "Person") -> sa.Delete:
        return sa.delete(WORD).where(WORD.c.person_id == row.id)


WORD: sa.Table = PersonWord.__table__  # type: ignore[attr-defined]
indexing.follow(Person)


class FormerName(Versioned, table=True):
    """A name that somebody bore in the register, from a day until the day on which it changed."""

    __tablename__ = "former_name"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    given_name: str = Field(max_length=80)
    family_names: str = Field(max_length=310)
    from_on: date
    until_on: date
    changed_at: datetime | None = None
    """When it changed; rows of earlier releases know only the day."""


class MessageBoxConsent(Versioned, table=True):
    """That somebody said to be reachable by the message box (Awb 2:14), from a day until the day it was withdrawn."""

    __tablename__ = "message_box_consent"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    given_on: date
    withdrawn_on: date | None = None


class AccountState(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"


class Account(Versioned, table=True):
    """A way to sign in for a person. `email` is kept folded, so that one address opens one account."""

    __tablename__ = "account"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    email: str = Field(max_length=254, unique=True)
    password_hash: str = Field(max_length=300)
    totp_secret: str | None = Field(default=None, max_length=400)
    totp_counter: int = 0
    totp_pending: str | None = Field(default=None, max_length=400)
    """A secret that was shown and not confirmed by a code yet."""
    state: AccountState = Field(default=AccountState.ACTIVE, sa_type=choice(AccountState))


class RoleGrant(Versioned, table=True):
    """A role of a person from a day until a day (that day included). `scope` narrows it: a provider, a board."""

    __tablename__ = "role_grant"
    __table_args__ = (sa.Index("ix_role_grant_person", "person_id", "role"),)

    person_id: UUID = Field(foreign_key="person.id")
    role: Role = Field(sa_type=choice(Role))
    scope: str = Field(default="", max_length=60)
    from_on: date
    until_on: date | None = None


class LoginSession(Row, table=True):
    """A signed-in session. Only the hash of its cookie is kept; its end works on the next request."""

    __tablename__ = "login_session"

    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None
    second_factor_at: datetime | None = None
    """When a one-time code was given; without it the roles that need one give nothing."""


class HalfwaySession(Row, table=True):
    """A page sign-in between password and one-time code; it opens nothing and lives five minutes."""

    __tablename__ = "halfway_session"

    account_id: UUID = Field(foreign_key="account.id")
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime


class SignInFailure(Row, table=True):
    """One wrong password or code for an address, known or not; the address is kept as a keyed hash."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (sa.Index("ix_sign_in_failure_who", "who", "at"),)

    who: str = Field(max_length=64)
    at: datetime
    device: str = Field(default="", max_length=64)
    """The mark of the known device from which it came, else of the network: each has its own count."""


class KnownDevice(Row, table=True):
    """A browser in which somebody signed in; only the hash of its cookie is kept."""

    __tablename__ = "known_device"

    account_id: UUID = Field(foreign_key="account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    made_at: datetime


class OneTimeToken(Row, table=True):
    """A link that was mailed: it works once, for a while, and only its hash is kept. `email` is what it proves."""

    __tablename__ = "one_time_token"

    purpose: Purpose = Field(sa_type=choice(Purpose))
    account_id: UUID | None = Field(default=None, foreign_key="account.id", index=True)
    proposal_id: UUID | None = Field(default=None, index=True)
    email: str = Field(max_length=254)
    token_hash: str = Field(max_length=64, unique=True)
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class ResetRequest(Row, table=True):
    """That somebody forgot a password: answered and forgotten within seconds, apart from who asked."""

    __tablename__ = "reset_request"

    email: str = Field(max_length=254)
    asked_at: datetime


class RoleProposal(Versioned, table=True):
    """A role that one administrator proposes and another signs; for somebody new it goes with an invitation."""

    __tablename__ = "role_proposal"

    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    email: str = Field(default="", max_length=254)
    given_name: str = Field(default="", max_length=80)
    prefix: str = Field(default="", max_length=30)
    family_name: str = Field(default="", max_length=120)
    role: Role = Field(sa_type=choice(Role))
    scope: str = Field(default="", max_length=60)
    state: ProposalState = Field(default=PROPOSAL.start, sa_type=choice(ProposalState))
    proposed_by: UUID = Field(foreign_key="person.id")
    proposed_at: datetime
    settled_by: UUID | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime
