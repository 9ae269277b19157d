"""A notice of default (ingebrekestelling) on an application: the first one stands, on the day it was received."""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from core.store.db import Versioned


class DefaultNotice(Versioned, table=True):
    """That an applicant asked to decide after all (Awb 4:17(3), 6:12(2)); dated by us, whatever it says of itself."""

    __tablename__ = "default_notice"

    application_id: UUID = Field(foreign_key="application.id", unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    received_on: date
    due_on: date
    """The last day to decide, which had passed."""
