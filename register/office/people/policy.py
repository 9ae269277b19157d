"""When the duty to qualify is overdue, when two persons may become one, and why somebody is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import Refused
from core.law.days import add_days, add_months
from register.entries.policy import Register, Status


class HidingGround(StrEnum):
    """Why somebody at risk is not shown (Choices: a person at risk can be hidden by the office)."""

    THREAT = "threat"
    COURT_ORDER = "court-order"
    PROTECTED_ADDRESS = "protected-address"


@dataclass(frozen=True)
class Side:
    """What one of two persons has in a register."""

    status: Status
    application_open: bool = False
    has_portfolio: bool = False

    @property
    def bare(self) -> bool:
        """Enrolled and nothing more: it can go without loss."""
        return self.status is Status.ENROLLED and not self.application_open and not self.has_portfolio


def require_mergeable(kept: Mapping[Register, Side], double: Mapping[Register, Side]) -> frozenset[Register]:
    """The registers in which the double's bare entry goes.

    Refused: `keep-the-other` (only the one to keep is bare), `both-registered` (neither is).
    """
    both = sorted(kept.keys() & double.keys())
    for register in both:
        if double[register].bare:
            continue
        raise Refused("keep-the-other" if kept[register].bare else "both-registered", register=register.value)
    return frozenset(both)


def latest_overdue(today: date, grace_months: int) -> date:
    """The last day of appointment of which the months to qualify are over today (po-assessment)."""
    day = add_days(add_months(today, -grace_months), 3)  # the last day of a shorter month may stand for later ones
    while add_months(day, grace_months) >= today:
        day = add_days(day, -1)
    return day
