"""PURE: where a provider stands in a register, what its members may do, and what an application must show."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Forbidden, Invalid, Refused
from core.machine import Machine


class AuthorisationState(StrEnum):
    """Where a provider stands in one register; the secretary moves what was applied for, the provider may end it."""

    APPLIED = "applied"
    AUTHORISED = "authorised"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class AuthorisationEvent(StrEnum):
    AUTHORISE = "authorise"
    REFUSE = "refuse"
    SUSPEND = "suspend"
    RESTORE = "restore"
    UNDO = "undo"
    WITHDRAW = "withdraw"
    END = "end"
    APPLY_AGAIN = "apply-again"


AUTHORISATION = Machine(
    "authorisation",
    AuthorisationState.APPLIED,
    {
        (AuthorisationState.APPLIED, AuthorisationEvent.AUTHORISE): AuthorisationState.AUTHORISED,  # rl-aanbieders
        (AuthorisationState.APPLIED, AuthorisationEvent.REFUSE): AuthorisationState.REFUSED,
        # A decision on objection puts another one in its place (Awb 7:11).
        (AuthorisationState.REFUSED, AuthorisationEvent.AUTHORISE): AuthorisationState.AUTHORISED,
        (AuthorisationState.REFUSED, AuthorisationEvent.REFUSE): AuthorisationState.REFUSED,
        (AuthorisationState.AUTHORISED, AuthorisationEvent.SUSPEND): AuthorisationState.SUSPENDED,  # audit, unpaid
        (AuthorisationState.SUSPENDED, AuthorisationEvent.RESTORE): AuthorisationState.AUTHORISED,
        (AuthorisationState.SUSPENDED, AuthorisationEvent.WITHDRAW): AuthorisationState.WITHDRAWN,
        # A measure that is taken back on objection or appeal (Awb 7:11(2)) leaves what stood before it.
        (AuthorisationState.SUSPENDED, AuthorisationEvent.UNDO): AuthorisationState.AUTHORISED,
        (AuthorisationState.WITHDRAWN, AuthorisationEvent.UNDO): AuthorisationState.SUSPENDED,
        (AuthorisationState.AUTHORISED, AuthorisationEvent.END): AuthorisationState.ENDED,  # the provider's own wish
        # What was refused can be repaired, and who left may come back: a new round, a new decision.
        (AuthorisationState.REFUSED, AuthorisationEvent.APPLY_AGAIN): AuthorisationState.APPLIED,
        (AuthorisationState.WITHDRAWN, AuthorisationEvent.APPLY_AGAIN): AuthorisationState.APPLIED,
        (AuthorisationState.ENDED, AuthorisationEvent.APPLY_AGAIN): AuthorisationState.APPLIED,
    },
)


LOST = {
    AuthorisationState.SUSPENDED: AuthorisationEvent.SUSPEND,
    AuthorisationState.WITHDRAWN: AuthorisationEvent.WITHDRAW,
    AuthorisationState.ENDED: AuthorisationEvent.END,
}
"""Where a provider was admitted and is no longer, each with what brought it there."""


class MemberRole(StrEnum):
    """What somebody may do for a provider: everything, draw applications up, or report attendance."""

    OWNER = "owner"
    EDITOR = "editor"
    ATTENDANCE = "attendance"


class StaffLevel(StrEnum):
    """The level at which the teaching staff was trained; hbo at least (rl-aanbieders)."""

    MBO = "mbo"
    HBO = "hbo"
    WO = "wo"


EDITORS = frozenset({MemberRole.OWNER, MemberRole.EDITOR})
OWNERS = frozenset({MemberRole.OWNER})
GROUNDS = frozenset({"not-at-kvk", "staff-level-too-low", "no-quality-procedure", "no-complaints-procedure"})
MEASURE_GROUNDS = frozenset({"audit-finding", "invoice-unpaid", "terms-not-kept"})


@dataclass(frozen=True)
class Profile:
    """What a provider says of itself that the admission looks at (rl-aanbieders)."""

    kvk_number: str
    staff_level: StaffLevel
    quality_procedure: str
    complaints_procedure: str


def lacking(profile: Profile) -> list[str]:
    """The grounds on which an admission would be refused, as far as the form shows them."""
    found = []
    if not profile.kvk_number:
        found.append("not-at-kvk")
    if profile.staff_level is StaffLevel.MBO:
        found.append("staff-level-too-low")
    if not profile.quality_procedure.strip():
        found.append("no-quality-procedure")
    if not profile.complaints_procedure.strip():
        found.append("no-complaints-procedure")
    return found


def require_role(role: MemberRole, wanted: Collection[MemberRole]) -> None:
    """Forbidden("member-role") for a member whose role does not reach so far."""
    if role not in wanted:
        raise Forbidden("member-role", needed=sorted(one.value for one in wanted))


def require_grounds(grounds: Collection[str], known: Collection[str]) -> None:
    """Invalid("unknown-ground") for a ground that is none."""
    if set(grounds) - set(known):
        raise Invalid("unknown-ground", [("grounds", "unknown-ground")])


def require_owner_left(owners: int) -> None:
    """Refused("last-owner"): somebody must answer for the provider."""
    if owners <= 1:
        raise Refused("last-owner")
