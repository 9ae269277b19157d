"""What comes in and goes out about ratings."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from accreditation.rating.policy import LEAST, MOST
from auth.schemas import Schema
from core.fields import Text


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 3 else value


Stars = Annotated[int, BeforeValidator(_number), Field(ge=LEAST, le=MOST)]


class NewRating(Schema):
    """One to five stars; the remark and a complaint are read by who audits the provider, never by the provider."""

    stars: Stars
    remark: Annotated[Text, Field(max_length=2000)] = ""
    complaint: bool = False


class RatingView(msgspec.Struct, frozen=True):
    """A rating of one's own; `change_until` is the last day on which it may change."""

    id: UUID
    run_id: UUID
    course: str
    stars: int
    remark: str
    complaint: bool
    rated_on: date
    change_until: date
