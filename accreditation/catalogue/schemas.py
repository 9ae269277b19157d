"""What may be asked of the agenda, and what it answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from accreditation.catalogue.policy import Listing
from accreditation.courses.policy import Given
from auth.schemas import Schema
from core.fields import Day, Line, refuse
from core.typed import day


def _number(value: object) -> object:
    """A number as an address bar holds it."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 5 else value


Points = Annotated[int, BeforeValidator(_number), Field(ge=0, le=1000)]


class Wish(Schema):
    """What somebody looks for; all of it must hold. Without days: from today on."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)  # the language and the cursor ride along

    listing: Annotated[Listing | None, Field(alias="list")] = None
    register_code: Annotated[Line | None, Field(alias="register")] = None
    q: Line = ""
    """Words in the title or the name of the provider."""
    theme: Line = ""
    place: Line = ""
    form: Given | None = None
    from_on: Annotated[Day | None, Field(alias="from")] = None
    until_on: Annotated[Day | None, Field(alias="until")] = None
    min_points: Annotated[Points | None, Field(alias="minPoints")] = None
    max_points: Annotated[Points | None, Field(alias="maxPoints")] = None

    @model_validator(mode="after")
    def _in_order(self) -> "Wish":
        if self.from_on and self.until_on and self.until_on < self.from_on:
            raise refuse("ends-before-start")
        return self


class TypedWish(Wish):
    """A wish as one types it into a page: also with days as one writes them."""

    from_on: Annotated[Day | None, BeforeValidator(day), Field(alias="from")] = None
    until_on: Annotated[Day | None, BeforeValidator(day), Field(alias="until")] = None


class ListedRun(msgspec.Struct, frozen=True):
    """One run of an accredited course in one register; `points`, or `hours` by category, are what it is worth."""

    run_id: UUID
    course_id: UUID
    course_code: str
    register_code: str
    list: str
    kind: str
    title: str
    provider: str
    themes: Sequence[str]
    form: str
    starts_on: date
    ends_on: date
    place: str
    points: int | None
    hours: Mapping[str, int]
    level: int | None
    ects: int | None
    rating: float | None = None
    """What participants thought of the course, one to five; nothing while too few of them said so."""
    ratings: int | None = None
    """How many they were."""


class ListedMeeting(msgspec.Struct, frozen=True):
    """One meeting of a run."""

    run_id: UUID
    starts_at: datetime
    ends_at: datetime


class ListedCourse(msgspec.Struct, frozen=True):
    """A course as everybody may see it: its public answers, and its runs to come with their meetings."""

    code: str
    kind: str
    title: str
    provider: str
    answers: Mapping[str, Any]
    runs: Sequence[ListedRun]
    meetings: Sequence[ListedMeeting]
