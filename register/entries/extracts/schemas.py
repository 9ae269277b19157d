"""What an extract says, and what comes in and goes out when somebody checks one."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from auth.schemas import Schema
from core.fields import Line, Text
from register.entries.extracts.policy import Difference
from register.entries.schemas import PublicEntryView


class OwnStanding(msgspec.Struct, frozen=True):
    """What only somebody themselves gets to hand over of an entry."""

    register_code: str
    status: str
    level: str | None
    registered_on: date | None
    period_began_on: date | None
    due_on: date | None


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """What the register says of somebody on a day (`on`), as recorded by an instant (`recorded_at`).

    Board, school and town stand in an extract of the day on which it was made: the register keeps no history of them.
    """

    scope: str
    register_number: str
    name: str
    on: date
    recorded_at: datetime
    entries: Sequence[PublicEntryView]
    own: Sequence[OwnStanding] = ()


class SignedExtract(Extract, frozen=True, kw_only=True):
    """The same with what proves it: `signed`, compact JWS (ES256; keys at /.well-known/jwks.json), and `code`."""

    made_at: datetime
    made_on: date
    code: str
    signed: str


class NewExtractCheck(Schema):
    """What somebody was handed: the signed text, or the code at the foot of the paper."""

    signed: Text = ""
    code: Line = ""


class ExtractCheck(msgspec.Struct, frozen=True, kw_only=True):
    """An extract of ours: what it said, and what has changed since.

    `shown` is false when the public register no longer shows this person; then nothing is told of today, and of a
    public extract by its code nothing at all. `correct`: what it says of its own day is what we know of it now, else
    `corrected` says what is otherwise. `current`: it is still so today, else `changed`. `key_id`: which key signed.
    """

    key_id: str | None
    extract: Extract | None
    shown: bool
    correct: bool
    current: bool
    corrected: Sequence[Difference]
    changed: Sequence[Difference]
    checked_on: date
