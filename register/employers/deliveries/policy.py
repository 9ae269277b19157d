"""PURE: what a board says of an appointment waits for its holder (po-bestuur: only the leader can change the data)."""

from enum import StrEnum

from core.machine import Machine


class ClaimState(StrEnum):
    """Who moves next: the holder of the appointment (waiting), nobody."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


class ClaimEvent(StrEnum):
    CONFIRM = "confirm"
    REFUSE = "refuse"
    OVERTAKE = "overtake"


CLAIM = Machine(
    "appointment-claim",
    ClaimState.WAITING,
    {
        (ClaimState.WAITING, ClaimEvent.CONFIRM): ClaimState.CONFIRMED,  # duo-stappen: the teacher confirms
        (ClaimState.WAITING, ClaimEvent.REFUSE): ClaimState.REFUSED,  # lp-rol: then it is for the school
        (ClaimState.WAITING, ClaimEvent.OVERTAKE): ClaimState.OVERTAKEN,  # a later delivery says otherwise
    },
)
