"""The national list of higher-education programmes, as imported."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class HigherEducationProgramme(SQLModel, table=True):
    """One row of the list; see `schemas.ProgrammeRow` for what the columns mean, and which four are its key."""

    __tablename__ = "higher_education_programme"
    __table_args__ = (
        sa.Index("ix_higher_education_programme_croho", "croho_code"),
        sa.Index("ix_higher_education_programme_variant", "variant_of"),
    )

    unit_code: str = Field(primary_key=True, max_length=9)
    offer_code: str = Field(primary_key=True, max_length=255)
    own_name: str = Field(primary_key=True, max_length=255)
    study_choice_check: str = Field(primary_key=True, max_length=255)
    croho_code: str | None = Field(default=None, max_length=5)
    variant_of: str | None = Field(default=None, max_length=5)
    kind: str = Field(max_length=255)
    name: str = Field(max_length=255)
    name_en: str | None = Field(default=None, max_length=255)
    level: str = Field(max_length=255)
    degree: str | None = Field(default=None, max_length=255)
    credits: int | None = None
    nlqf: int | None = None
    document_kind: str = Field(max_length=255)
    accreditor: str | None = Field(default=None, max_length=255)
    begins_on: date | None = None
    ends_on: date | None = None
    board_code: str = Field(max_length=255)
    board_name: str = Field(max_length=255)
    provider_code: str | None = Field(default=None, max_length=255)
    provider_name: str | None = Field(default=None, max_length=255)
    form: str | None = Field(default=None, max_length=255)
    languages: str | None = Field(default=None, max_length=255)
    offered_from: date | None = None
    offered_until: date | None = None
    first_intake_on: date | None = None
    last_intake_on: date | None = None
    town: str | None = Field(default=None, max_length=255)
    unlisted_on: date | None = None
    """The day on which we saw that the list no longer has it; its graduates keep their degrees."""
    version: int = 1
