"""PURE: when a committee may decide, and what its votes come to.

Quorum and majority come from the rule set; a tie refuses nothing, the file returns to the next session.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from core.errors import Forbidden, Refused
from core.machine import Machine

P = TypeVar("P")


class Vote(StrEnum):
    """What a member wants for the file."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class SessionState(StrEnum):
    """A session (zitting): the secretary plans, opens and closes it; the chair signs its minutes, and nobody else."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    SIGNED = "signed"


class SessionEvent(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    SIGN = "sign"


SESSION = Machine(
    "session",
    SessionState.PLANNED,
    {
        (SessionState.PLANNED, SessionEvent.OPEN): SessionState.OPEN,
        (SessionState.OPEN, SessionEvent.CLOSE): SessionState.CLOSED,
        (SessionState.CLOSED, SessionEvent.SIGN): SessionState.SIGNED,  # from here the minutes are what they are
    },
)
TAKES_FILES = frozenset({SessionState.PLANNED, SessionState.OPEN})


class SeatState(StrEnum):
    """What came of an invitation: the member answers, the secretary notes during the session who is not there."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ABSENT = "absent"


class SeatEvent(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    MISS = "miss"
    ARRIVE = "arrive"


SEAT = Machine(
    "seat",
    SeatState.INVITED,
    {
        (SeatState.INVITED, SeatEvent.ACCEPT): SeatState.ACCEPTED,
        (SeatState.INVITED, SeatEvent.DECLINE): SeatState.DECLINED,
        (SeatState.ACCEPTED, SeatEvent.DECLINE): SeatState.DECLINED,
        (SeatState.DECLINED, SeatEvent.ACCEPT): SeatState.ACCEPTED,
        (SeatState.INVITED, SeatEvent.MISS): SeatState.ABSENT,
        (SeatState.ACCEPTED, SeatEvent.MISS): SeatState.ABSENT,
        (SeatState.ABSENT, SeatEvent.ARRIVE): SeatState.ACCEPTED,  # late, or back
        (SeatState.DECLINED, SeatEvent.ARRIVE): SeatState.ACCEPTED,  # came after all
    },
)
SITS = frozenset({SeatState.INVITED, SeatState.ACCEPTED})
"""Who did not say no and is not missed; nobody else votes or counts for the quorum."""


class ItemState(StrEnum):
    """A file on the agenda of one session."""

    LISTED = "listed"
    DECIDED = "decided"
    RETURNED = "returned"
    REMOVED = "removed"


class ItemEvent(StrEnum):
    DECIDE = "decide"
    RETURN = "return"
    REMOVE = "remove"


ITEM = Machine(
    "agenda-item",
    ItemState.LISTED,
    {
        (ItemState.LISTED, ItemEvent.DECIDE): ItemState.DECIDED,
        (ItemState.LISTED, ItemEvent.RETURN): ItemState.RETURNED,  # a tie, no quorum left, or taken to the next session
        (ItemState.LISTED, ItemEvent.REMOVE): ItemState.REMOVED,  # withdrawn by the applicant, or taken off
    },
)


class Outcome(StrEnum):
    """What the votes come to."""

    CARRIED = "carried"
    LOST = "lost"
    TIE = "tie"


@dataclass(frozen=True)
class Tally:
    """The count of one file; votes of recused members are not in it."""

    votes_for: int
    votes_against: int
    abstained: int
    outcome: Outcome


def require_seat(person: P, seated: Collection[P], recused: Collection[P], conflicts: Collection[str]) -> None:
    """Refuse `not-seated`, `recused` and `conflict-of-interest` before a member may read or vote (Awb 2:4)."""
    if person not in seated:
        raise Forbidden("not-seated")
    if person in recused:
        raise Forbidden("recused")
    if conflicts:
        raise Forbidden("conflict-of-interest", grounds=sorted(conflicts))


def tally(votes: Mapping[P, Vote], present: Collection[P], recused: Collection[P], quorum: int) -> Tally:
    """Count, or refuse `no-quorum` when too few members who may judge have voted.

    A simple majority of the votes for and against carries; votes of members who were recused afterwards are void.
    """
    valid = {person: vote for person, vote in votes.items() if person in present and person not in recused}
    if len(valid) < quorum:
        raise Refused("no-quorum", present=len(valid), quorum=quorum)
    votes_for = sum(vote is Vote.FOR for vote in valid.values())
    votes_against = sum(vote is Vote.AGAINST for vote in valid.values())
    outcome = Outcome.TIE
    if votes_for != votes_against:
        outcome = Outcome.CARRIED if votes_for > votes_against else Outcome.LOST
    return Tally(votes_for, votes_against, len(valid) - votes_for - votes_against, outcome)
