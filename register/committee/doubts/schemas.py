"""What comes in and goes out about doubts."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from auth.schemas import Schema
from core.fields import NeededText, Text
from register.committee.doubts.policy import Unheard
from register.committee.ruling import Code


class NewDoubt(Schema):
    """What differs from what the applicant said, and on which grounds that might be refused.

    `unheard` where nobody need be heard first (Awb 4:11), with its reasons.
    """

    grounds: Annotated[list[Code], Field(min_length=1, max_length=5)]
    differs: NeededText
    unheard: Unheard | None = None
    unheard_reasons: Text = ""


class NewView(Schema):
    """What the applicant says of it."""

    view: NeededText


class DoubtView(msgspec.Struct, frozen=True):
    """A doubt as its applicant and the secretary see it."""

    id: UUID
    application_id: UUID
    number: str
    grounds: Sequence[str]
    differs: str
    raised_on: date
    until_on: date
    view: str
    viewed_on: date | None
    unheard: str
    unheard_reasons: str
