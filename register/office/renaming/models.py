"""Requests for another name: the name as it would be, why, and what the office answered."""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from auth.policy import NameOrder
from core.store.db import Versioned, choice
from register.office.renaming.policy import NAME_CHANGE, NameChangeState


class NameChange(Versioned, table=True):
    """One request; until it is confirmed the old name stands everywhere."""

    __tablename__ = "name_change"

    number: str = Field(max_length=20, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    given_name: str = Field(default="", max_length=80)
    prefix: str = Field(default="", max_length=30)
    family_name: str = Field(default="", max_length=120)
    partner_prefix: str = Field(default="", max_length=30)
    partner_family_name: str = Field(default="", max_length=120)
    name_order: NameOrder = Field(default=NameOrder.OWN, sa_type=choice(NameOrder))
    reason: str
    file_id: UUID | None = Field(default=None, foreign_key="stored_file.id")
    state: NameChangeState = Field(default=NAME_CHANGE.start, sa_type=choice(NameChangeState), index=True)
    asked_on: date
    settled_by: UUID | None = None
    settled_on: date | None = None
    answer: str = ""
    """Which proof was asked while it waits; why it was refused."""
