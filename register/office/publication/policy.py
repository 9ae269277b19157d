"""PURE: the moves of an objection to publication, and whether the entry is withheld while it is weighed."""

from enum import StrEnum

from core.machine import Machine
from register.entries.policy import Status

WITHHOLDS = "withhold-while-weighed"
"""The switch of a register that restricts what is objected to until it is weighed (AVG 18(1)(d))."""
GROUND = "public-interest"
"""On which publication goes on: the interest of others weighs more than that of the person (AVG 21(1))."""


class PublicationState(StrEnum):
    """Who moves next: the office (asked), nobody (the others)."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PublicationEvent(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    OVERTURN = "overturn"
    WITHDRAW = "withdraw"


PUBLICATION = Machine(
    "publication-objection",
    PublicationState.ASKED,
    {
        (PublicationState.ASKED, PublicationEvent.GRANT): PublicationState.GRANTED,  # AVG 21(1)
        (PublicationState.ASKED, PublicationEvent.REFUSE): PublicationState.REFUSED,  # AVG 12(4), 21(1)
        (PublicationState.ASKED, PublicationEvent.WITHDRAW): PublicationState.WITHDRAWN,
        (PublicationState.REFUSED, PublicationEvent.OVERTURN): PublicationState.GRANTED,  # Awb 7:11(2)
        (PublicationState.GRANTED, PublicationEvent.WITHDRAW): PublicationState.WITHDRAWN,  # shown again, as asked
    },
)


def withheld_meanwhile(status: Status, *, withholds: bool, lapse_is_public: bool, refused_before: bool) -> bool:
    """Whether an entry is out of sight until it is weighed; a public mark of a lapse stays, for others (AVG 18(2)).

    Who was refused contests that: asking once more is weighed, and hides nobody meanwhile (AVG 12(5)).
    """
    return withholds and not refused_before and not (status is Status.LAPSED and lapse_is_public)
