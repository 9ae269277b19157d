"""PURE: the moves of a request for another name, and by when the office answers it."""

from datetime import date
from enum import StrEnum

from core.law.days import add_days
from core.machine import Machine

ANSWER_WITHIN = 28
"""Days; the register's own term, not that of a decision (a name is a fact, art. 5(2) "truthfully")."""


class NameChangeState(StrEnum):
    """Who moves next: the office (asked), nobody (the others)."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class NameChangeEvent(StrEnum):
    CONFIRM = "confirm"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


NAME_CHANGE = Machine(
    "name-change",
    NameChangeState.ASKED,
    {
        (NameChangeState.ASKED, NameChangeEvent.CONFIRM): NameChangeState.CONFIRMED,
        (NameChangeState.ASKED, NameChangeEvent.REFUSE): NameChangeState.REFUSED,
        (NameChangeState.ASKED, NameChangeEvent.WITHDRAW): NameChangeState.WITHDRAWN,
    },
)


def answer_by(asked_on: date) -> date:
    """The day by which the office answers."""
    return add_days(asked_on, ANSWER_WITHIN)
