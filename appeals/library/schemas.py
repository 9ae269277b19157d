"""What comes in about the library, and what goes out: nobody's name."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field

from appeals.disputes.policy import Kind
from auth.schemas import Schema
from core.fields import NeededLine, NeededText


class NewLibraryEntry(Schema):
    """Which dispute; its names are taken out of what was decided, and a second person checks the rest."""

    kind: Kind
    dispute_id: UUID


class Rewriting(Schema):
    """The title and the text as they would be published."""

    title: Annotated[NeededLine, Field(max_length=200)]
    text: NeededText


class LibraryView(msgspec.Struct, frozen=True):
    """A decision on objection or appeal, with the names removed."""

    id: UUID
    kind: str
    outcome: str
    register_code: str
    about: str
    decided_on: date
    title: str
    text: str
    state: str
    published_on: date | None
