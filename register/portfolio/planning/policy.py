"""PURE: what a goal may say. It binds nobody: no norm looks at it, and nobody but its owner sees it (S 003)."""

from datetime import date
from enum import StrEnum

from core.errors import Invalid

MOST_GOALS = 100
"""In one portfolio."""


class Progress(StrEnum):
    """How a goal stands today."""

    OPEN = "open"
    LATE = "late"
    REACHED = "reached"


def require_ahead(reach_by: date, today: date) -> None:
    """A new goal, or one that moves, lies ahead: Invalid("goal-in-the-past")."""
    if reach_by < today:
        raise Invalid("invalid-input", [("reach_by", "goal-in-the-past")])


def require_reached(reached_on: date | None, today: date) -> None:
    """What is still to come was not reached: Invalid("not-done-yet")."""
    if reached_on is not None and reached_on > today:
        raise Invalid("invalid-input", [("reached_on", "not-done-yet")])


def progress(reach_by: date, reached_on: date | None, today: date) -> Progress:
    """How a goal stands on a day."""
    if reached_on is not None:
        return Progress.REACHED
    return Progress.LATE if reach_by < today else Progress.OPEN
