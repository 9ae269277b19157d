"""What comes in and goes out about the sandbox."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from auth.schemas import Schema


class NewSandboxKey(Schema):
    """For which provider; left out by who acts for one."""

    provider_id: UUID | None = None


class SandboxKeyView(msgspec.Struct, frozen=True):
    """What a platform fills in to try; the key is shown this once."""

    user_id: str
    user_key: str
    drawn_at: datetime


class SandboxMessageView(msgspec.Struct, frozen=True):
    """One try: the message without its key, and the answer as it was given."""

    id: UUID
    source: str
    received_at: datetime
    pretended_on: date | None
    message: str
    answer: str
