"""PURE: the kinds of work that wait, and what one may ask of the list of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from auth.permissions import Permission, Role


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
    NAME_CHANGE = "name-change"
    PUBLICATION = "publication-objection"


OPENED_BY: dict[WorkKind, tuple[Permission, ...]] = {
    WorkKind.APPLICATION: (Permission.WORKLIST_READ, Permission.SESSION_VOTE),
    WorkKind.CONDITION: (Permission.WORKLIST_READ,),
    WorkKind.MEASURE: (Permission.MEASURE_PROPOSE, Permission.SESSION_VOTE),
    WorkKind.CORRECTION: (Permission.MEASURE_PROPOSE,),
    WorkKind.RECONSIDERATION: (Permission.WORKLIST_READ,),
    WorkKind.DIALOGUE: (Permission.DIALOGUE_PLAN,),
    WorkKind.PROVIDER: (Permission.COURSE_ASSESS,),
    WorkKind.COURSE: (Permission.COURSE_ASSESS, Permission.COURSE_VOTE),
    WorkKind.OBJECTION: (Permission.OBJECTION_HANDLE,),
    WorkKind.APPEAL: (Permission.APPEAL_HANDLE,),
    WorkKind.NAME_CHANGE: (Permission.PERSON_KEEP,),
    WorkKind.PUBLICATION: (Permission.PERSON_KEEP,),
}
"""By what a kind may wait for somebody: to be worked on, or to be voted on."""
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
    "notice",
    "decide-anew",
    "settle-name",
    "settle-publication",
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
    if kind in {WorkKind.NAME_CHANGE, WorkKind.PUBLICATION}:
        return frozenset({Role.OFFICE})
    return frozenset({Role.APPEALS_SECRETARY if kind is WorkKind.APPEAL else Role.SECRETARY})


def kinds_for(may: Callable[[Permission], bool]) -> list[WorkKind]:
    """The kinds that can wait for who has these permissions: what they choose from."""
    return [kind for kind in WorkKind if any(map(may, OPENED_BY[kind]))]
