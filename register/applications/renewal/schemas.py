"""What goes out about a renewal that has not been asked for yet."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec


class StepView(msgspec.Struct, frozen=True):
    """One rule that was applied, with its source, and the stretch of days where there is one."""

    rule: str
    code: str
    why: str
    from_on: date | None
    to_on: date | None


class ReadingView(msgspec.Struct, frozen=True):
    """One entry: what it counts for, and with which code it does not, or not in full."""

    entry_id: UUID
    title: str
    done_on: date
    state: str
    counts: bool
    points: int
    hours: float
    themes: int
    code: str | None


class RungView(msgspec.Struct, frozen=True):
    """From so many points on registered until `due_on`; `short` is how many are lacking."""

    points: int
    years: int
    due_on: date
    short: int


class WhatIfView(msgspec.Struct, frozen=True):
    """What a renewal would give if it were decided today; `missing` is what nobody has stated yet."""

    register_code: str
    decided_on: date
    outcome: str
    level: str | None
    status: str
    due_on: date | None
    grounds: Sequence[str]
    missing: Sequence[str]
    rule_set: str | None
    explanation: Sequence[StepView]
    lines: Sequence[ReadingView]
    ladder: Sequence[RungView]
