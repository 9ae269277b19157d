"""What holds erasing back, and what was erased: how much of what, by which article, on which day."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from core.store.db import Versioned


class RetentionHold(Versioned, table=True):
    """That the data of a person stay beyond their term, since somebody needs them for a claim (AVG 17(3)(e), 18)."""

    __tablename__ = "retention_hold"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    reasons: str
    held_on: date
    ended_on: date | None = None


class Erasure(Versioned, table=True):
    """One line of the ledger: so many rows of one table were erased on a day. Of whom it does not say."""

    __tablename__ = "erasure"

    erased_on: date = Field(index=True)
    what: str = Field(max_length=60)
    """The table, as the package of a person calls it; `stored-bytes` for the content of files."""
    number: int
    article: str = Field(max_length=40)


class LooseBytes(SQLModel, table=True):
    """Content that no row names any more: it goes from the store after the commit that erased its last row."""

    __tablename__ = "loose_bytes"

    sha256: str = Field(primary_key=True, max_length=64)
    since: datetime
