"""Objections to publication: which entry, why, and what was decided."""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from core.store.db import Versioned, choice
from register.entries.policy import Register
from register.office.publication.policy import PUBLICATION, PublicationState


class PublicationObjection(Versioned, table=True):
    """One objection of a person to the publication of their entry in one register (AVG 21)."""

    __tablename__ = "publication_objection"

    number: str = Field(max_length=20, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    register_code: Register = Field(sa_type=choice(Register))
    reasons: str
    state: PublicationState = Field(default=PUBLICATION.start, sa_type=choice(PublicationState), index=True)
    asked_on: date
    answer_by: date
    """The last day to answer (AVG 12(3))."""
    withheld: bool
    """Whether the entry is out of sight while this is weighed (AVG 18(1)(d))."""
    settled_on: date | None = None
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
