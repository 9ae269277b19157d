"""What goes out about silence on an application."""

from datetime import date
from typing import Annotated

import msgspec
from pydantic import BeforeValidator

from auth.schemas import Schema
from core import typed
from core.fields import Day


class FiledNotice(Schema):
    """When a notice of default came in on paper."""

    received_on: Annotated[Day, BeforeValidator(typed.day)]


class PenaltyView(msgspec.Struct, frozen=True):
    """What a public body owes so far, in whole euros; `decision_id` once it was set (Awb 4:17, 4:18)."""

    first_day: date | None
    days: int
    amount_eur: int
    decision_id: str | None


class NoticeView(msgspec.Struct, frozen=True):
    """A notice of default; after the two weeks one may appeal, from `appeal_from` on (Awb 4:17(3), 6:12)."""

    received_on: date
    due_on: date
    """The last day to decide, which had passed."""
    appeal_from: date
    penalty: PenaltyView | None
    """None where the register owes none."""
