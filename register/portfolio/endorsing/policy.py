"""PURE: the states of an endorsement (a colleague's word for an activity), and the seal on what was endorsed."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum

from core.errors import Refused
from core.machine import Machine


class EndorsementState(StrEnum):
    """Who moves next: the colleague (asked), nobody (declined, ended, revoked); endorsed can only be taken back."""

    ASKED = "asked"
    ENDORSED = "endorsed"
    DECLINED = "declined"
    ENDED = "ended"
    REVOKED = "revoked"


class EndorsementEvent(StrEnum):
    ENDORSE = "endorse"
    DECLINE = "decline"
    END = "end"
    REVOKE = "revoke"


ENDORSEMENT = Machine(
    "endorsement",
    EndorsementState.ASKED,
    {
        (EndorsementState.ASKED, EndorsementEvent.ENDORSE): EndorsementState.ENDORSED,  # evidence, frozen
        (EndorsementState.ASKED, EndorsementEvent.DECLINE): EndorsementState.DECLINED,
        (EndorsementState.ASKED, EndorsementEvent.END): EndorsementState.ENDED,  # the owner asks no longer
        (EndorsementState.ENDORSED, EndorsementEvent.END): EndorsementState.ENDED,  # to change the draft again
        (EndorsementState.ENDORSED, EndorsementEvent.REVOKE): EndorsementState.REVOKED,  # the colleague's own
    },
)


def seal(claim: Mapping[str, object], peer: str, statement: str) -> str:
    """SHA-256 over what was endorsed, by whom and in what words: the evidence as it is frozen."""
    said = {"claim": claim, "peer": peer, "statement": statement}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def require_another(peer: object, owner: object) -> None:
    """Refused("own-endorsement"): nobody endorses an activity of their own."""
    if peer == owner:
        raise Refused("own-endorsement")


def require_draft(*, draft: bool) -> None:
    """Refused("entry-frozen"): what was handed in gets no further evidence, and keeps what it has."""
    if not draft:
        raise Refused("entry-frozen")
