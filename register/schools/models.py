"""Boards and locations, as imported: keyed by DUO's own codes, changed by an import only.

They are no part of the trail row by row: an import leaves one line there, with a digest of all that it brought.
"""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.store.db import choice, key_column
from register.schools.duo.rows import Kind, Source


class Board(SQLModel, table=True):
    """A competent authority (bevoegd gezag)."""

    __tablename__ = "school_board"

    number: str = Field(primary_key=True, max_length=5)
    """Five digits (bestuursnummer)."""
    name: str | None = Field(default=None, max_length=255)
    """None for a board that only its schools name."""
    name_key: str = Field(default="", sa_type=key_column(300), index=True)
    kvk: str | None = Field(default=None, max_length=8)
    sectors: str | None = Field(default=None, max_length=40)
    version: int = 1


class Location(SQLModel, table=True):
    """A location (vestiging) of a school, open or closed; see `policy.Place` for what the columns mean."""

    __tablename__ = "school_location"
    __table_args__ = (
        sa.Index("ix_school_location_name", "name_key", "code"),
        sa.Index("ix_school_location_board", "board_number", "code"),
    )

    code: str = Field(primary_key=True, max_length=6)
    brin: str = Field(max_length=4, index=True)
    kind: Kind = Field(sa_type=choice(Kind))
    name: str = Field(max_length=255)
    name_key: str = Field(sa_type=key_column(300))
    board_number: str | None = Field(default=None, max_length=5, foreign_key="school_board.number")
    street: str | None = Field(default=None, max_length=255)
    house_number: str | None = Field(default=None, max_length=255)
    postcode: str | None = Field(default=None, max_length=6)
    town: str | None = Field(default=None, max_length=255)
    town_key: str = Field(sa_type=key_column(300))
    """Of the town, or the municipality where only that is known."""
    municipality_code: str | None = Field(default=None, max_length=4)
    municipality: str | None = Field(default=None, max_length=255)
    province: str | None = Field(default=None, max_length=255)
    denomination: str | None = Field(default=None, max_length=255)
    site: str | None = Field(default=None, max_length=255)
    structure: str | None = Field(default=None, max_length=255)
    longitude: float | None = None
    latitude: float | None = None
    opened_on: date | None = None
    counted_until: int | None = None
    closed_on: date | None = None
    listed: bool | None = None
    source: Source = Field(sa_type=choice(Source))
    version: int = 1
