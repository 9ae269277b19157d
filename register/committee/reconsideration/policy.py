"""PURE: what becomes of a decision that is looked at again."""

from enum import StrEnum

from core.machine import Machine


class ReopenedState(StrEnum):
    """Who moves next: the secretary (open)."""

    OPEN = "open"
    LEFT_STANDING = "left-standing"
    REPLACED = "replaced"


class ReopenedEvent(StrEnum):
    LEAVE = "leave"
    REPLACE = "replace"
    OVERTAKE = "overtake"


REOPENED = Machine(
    "reconsideration",
    ReopenedState.OPEN,
    {
        (ReopenedState.OPEN, ReopenedEvent.LEAVE): ReopenedState.LEFT_STANDING,  # with reasons (Awb 3:46)
        (ReopenedState.OPEN, ReopenedEvent.REPLACE): ReopenedState.REPLACED,  # by a new decision (Awb 7:11)
        (ReopenedState.OPEN, ReopenedEvent.OVERTAKE): ReopenedState.REPLACED,  # somebody else replaced it meanwhile
    },
)
