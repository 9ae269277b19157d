"""PURE: the kinds of work that wait, and what one may ask of the list of it."""

from dataclasses import dataclass
from enum import StrEnum

from auth.permissions import Role


class WorkKind(StrEnum):
    """What waits; the value is that of the agenda."""

    APPLICATION = "application"
    CONDITION = "grant-condition"
    MEASURE = "measure"
    CORRECTION = "correction"
    RECONSIDERATION = "reconsideration"
    DIALOGUE = "valuation-dialogue"
    PROVIDER = "provider-authorisation"
    COURSE = "course-file"
    OBJECTION = "objection"
    APPEAL = "appeal"


OF_MEMBERS = ("vote", "prepare")
"""What a member of a committee does with a file on an agenda: vote in an open session, read before one."""
TASKS = (
    "decide",
    "leave-untreated",
    "meet-condition",
    "hear",
    "reconsider",
    "plan",
    "repair",
    "defence",
    "documents",
    "hearing",
    "notify",
    "penalty",
)


@dataclass(frozen=True)
class Filter:
    """What of the list: one kind, one task, one's own, what nobody works on, what is overdue."""

    kind: WorkKind | None = None
    task: str = ""
    mine: bool = False
    free: bool = False
    overdue: bool = False


def colleagues_for(kind: WorkKind) -> frozenset[Role]:
    """The roles whose holders may work on such a file."""
    if kind is WorkKind.OBJECTION:
        return frozenset({Role.SECRETARY, Role.OBJECTION_ADVISER})
    return frozenset({Role.APPEALS_SECRETARY if kind is WorkKind.APPEAL else Role.SECRETARY})
