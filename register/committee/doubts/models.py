"""A doubt: what we found that differs from what an applicant said, and what they say of it."""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from core.store.db import Versioned, json_column


class Doubt(Versioned, table=True):
    """Facts about the applicant that differ from their own (Awb 4:7), and the view (zienswijze) asked on them."""

    __tablename__ = "application_doubt"

    application_id: UUID = Field(foreign_key="application.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    number: str = Field(max_length=20)
    """The application's, as its applicant knows it."""
    grounds: list[str] = Field(default_factory=list, sa_type=json_column())
    differs: str
    raised_on: date
    until_on: date
    view: str = ""
    viewed_on: date | None = None
    unheard: str = Field(default="", max_length=20)
    """Why nobody is heard on it (Awb 4:11), as policy.Unheard."""
    unheard_reasons: str = ""
