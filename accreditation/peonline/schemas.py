"""What comes in and goes out about the keys of platforms."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import StringConstraints

from auth.schemas import Schema
from core.fields import NeededLine


class NewKey(Schema):
    """A platform that will send attendance; `provider_id` only for who acts for several."""

    platform: Annotated[NeededLine, StringConstraints(max_length=80)]
    provider_id: UUID | None = None


class KeyView(msgspec.Struct, frozen=True):
    """One key: `user_id` and, this once, `user_key` are what a platform fills in."""

    id: UUID
    platform: str
    user_id: str
    user_key: str | None
    from_on: date
    until_on: date | None
    """The last day on which it opens the door; none while nobody replaced or closed it."""
    last_used_at: datetime | None
