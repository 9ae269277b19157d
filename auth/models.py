"""The identity vault, and what proves that somebody is who they say: accounts, roles, sessions, failures.

Everything that names a person stands in `person` and `account` and nowhere else; the rest of the house knows ids.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from auth.permissions import Role
from core.db import Row, Versioned, choice


class Person(Versioned, table=True):
    """One human being, with the data of art. 5(2) of the Registerreglement and an own register number. No BSN."""

    __tablename__ = "person"

    register_number: str = Field(max_length=8, unique=True)
    given_name: str = Field(max_length=80)
    prefix: str = Field(default="", max_length=30)
    family_name: str = Field(max_length=120)
    address: str = Field(max_length=160)
    postcode: str = Field(max_length=12)
    town: str = Field(max_length=80)
    email: str = Field(max_length=254)
    telephone: str = Field(max_length=20)
    message_box: bool = True
    hidden: bool = False
    enrolled_at: datetime

    def stream(self) -> str:
        return f"person/{self.id}"

    def full_name(self) -> str:
        """The name as it is said: given name, prefix, family name."""
        return " ".join(part for part in (self.given_name, self.prefix, self.family_name) if part)


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
