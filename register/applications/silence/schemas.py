"""What goes out about silence on an application."""

from datetime import date

import msgspec


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
