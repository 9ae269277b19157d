"""What sign-in allows: how often one may guess, how long a session or a mailed link lives; names; roles by four eyes.

PURE: moments come in as arguments, and they are the machine's (core.clock), never the legal moment.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.errors import Forbidden
from core.machine import Machine
from core.names import joined

# After so many wrong guesses within a window, nobody may guess for so long. The second row holds guesses per account
# below ten an hour for as long as it takes (security.md R15; OWASP ASVS 5.0 v5.0.0-6.3.1).
LOCKS = (
    (5, timedelta(minutes=15), timedelta(minutes=15)),
    (10, timedelta(hours=1), timedelta(hours=1)),
)

# So many wrong guesses for one account within an hour, whoever made them, and only a browser that it knows may go on.
MOST_AN_HOUR = 100

# Older failures than these lock nobody any more.
FAILURE_WINDOW = max(window + pause for _, window, pause in LOCKS)

# NIST SP 800-63B-3 4.2.3 (AAL2), asked for by ASVS v5.0.0-7.3.1 and 7.3.2
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
# How far two machines' clocks may differ before a session from the future is a forgery.
SKEW = timedelta(minutes=1)


class RoleEnd(StrEnum):
    """Why a role ends."""

    LEFT = "left"
    OTHER_WORK = "other-work"
    TERM_OVER = "term-over"
    GIVEN_WRONGLY = "given-wrongly"
    MISUSE = "misuse"


class Purpose(StrEnum):
    """What a mailed link is for."""

    CONFIRM = "confirm-email"
    RESET = "reset-password"
    INVITE = "accept-invitation"


# ASVS v5.0.0-6.4.1, 6.5.5: a link that opens something lives shortly.
LIFETIMES = {
    Purpose.CONFIRM: timedelta(days=7),
    Purpose.RESET: timedelta(hours=1),
    Purpose.INVITE: timedelta(days=7),
}
MOST_RESETS_AN_HOUR = 3


class NameOrder(StrEnum):
    """Which family name is used (naamgebruik): the own, the partner's, or both."""

    OWN = "own"
    PARTNER = "partner"
    OWN_PARTNER = "own-partner"
    PARTNER_OWN = "partner-own"


def in_order(order: NameOrder, own: str, partner: str) -> str:
    """The family names as they are shown; the own one alone where there is no other."""
    if not partner or (own and order is NameOrder.OWN):
        return own
    if not own:
        return partner
    shown = {
        NameOrder.PARTNER: partner,
        NameOrder.OWN_PARTNER: f"{own}-{partner}",
        NameOrder.PARTNER_OWN: f"{partner}-{own}",
    }
    return shown[order]


def family_names(
    order: NameOrder, prefix: str, family_name: str, partner_prefix: str, partner_family_name: str
) -> tuple[str, ...]:
    """Each family name that somebody bears, alone; and last as it is shown."""
    own, partner = joined(prefix, family_name), joined(partner_prefix, partner_family_name)
    return (own, *([partner] if partner else []), in_order(order, own, partner))


class ProposalState(StrEnum):
    """Who moves next: another administrator (`proposed`), the one who was invited (`invited`), nobody."""

    PROPOSED = "proposed"
    INVITED = "invited"
    GRANTED = "granted"
    REJECTED = "rejected"
    EXPIRED = "expired"


class ProposalEvent(StrEnum):
    GRANT = "grant"
    INVITE = "invite"
    ACCEPT = "accept"
    REJECT = "reject"
    EXPIRE = "expire"


PROPOSAL = Machine(
    "role-proposal",
    ProposalState.PROPOSED,
    {
        (ProposalState.PROPOSED, ProposalEvent.GRANT): ProposalState.GRANTED,  # security.md 2, rule 4
        (ProposalState.PROPOSED, ProposalEvent.INVITE): ProposalState.INVITED,
        (ProposalState.PROPOSED, ProposalEvent.REJECT): ProposalState.REJECTED,
        (ProposalState.PROPOSED, ProposalEvent.EXPIRE): ProposalState.EXPIRED,
        (ProposalState.INVITED, ProposalEvent.ACCEPT): ProposalState.GRANTED,
        (ProposalState.INVITED, ProposalEvent.REJECT): ProposalState.REJECTED,
        (ProposalState.INVITED, ProposalEvent.EXPIRE): ProposalState.EXPIRED,
    },
)
PROPOSAL_LIVES = timedelta(days=14)


def require_other_eyes(signer: UUID, proposer: UUID, beneficiary: UUID | None) -> None:
    """Two persons, neither of whom gets the role: Forbidden("own-role-proposal"), Forbidden("own-case")."""
    if signer == beneficiary:
        raise Forbidden("own-case")
    if signer == proposer:
        raise Forbidden("own-role-proposal")


def lock_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """The moment until which nobody may guess, or None.

    `failures`: the wrong guesses of at least the last FAILURE_WINDOW. Only guesses that were looked at: if an attempt
    during a lock were one, a stranger could prolong it for ever.
    """
    past = sorted(moment for moment in failures if moment <= now)
    ends = [
        last + pause
        for number, window, pause in LOCKS
        for first, last in zip(past, past[number - 1 :], strict=False)
        if last - first <= window
    ]
    until = max(ends, default=now)
    return until if until > now else None


def spent_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """The moment until which strangers may not guess for an account, from wherever; None while they may."""
    past = sorted(moment for moment in failures if now - timedelta(hours=1) < moment <= now)
    return past[-MOST_AN_HOUR] + timedelta(hours=1) if len(past) >= MOST_AN_HOUR else None


def session_alive(created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Whether a session still stands: used within half an hour, begun within twelve hours."""
    return -SKEW <= now - last_seen_at < IDLE and -SKEW <= now - created_at < ABSOLUTE
