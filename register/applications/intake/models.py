"""What readers of a file wrote before it went to the committee."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from core.store.db import Versioned, choice
from register.applications.intake.policy import Advice


class FileNote(Versioned, table=True):
    """One reader's advice on one file; `author` is who wrote it, as the trail names them."""

    __tablename__ = "file_note"

    application_id: UUID = Field(foreign_key="application.id", index=True)
    person_id: UUID
    author: str = Field(max_length=60)
    advice: Advice = Field(sa_type=choice(Advice))
    text: str
    written_at: datetime
