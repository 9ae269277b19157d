"""PURE: what a chamber of the Commissie van Beroep may rule."""

from collections.abc import Mapping
from enum import StrEnum

from appeals.disputes.policy import Outcome
from core.errors import Invalid, Refused


class Chamber(StrEnum):
    """Registration for persons, certification for providers (og-cvb)."""

    REGISTRATION = "registration"
    CERTIFICATION = "certification"


OTHER = {Chamber.REGISTRATION: Chamber.CERTIFICATION, Chamber.CERTIFICATION: Chamber.REGISTRATION}
SWITCHES = {Outcome.SENT_BACK: "chambers-may-send-back", Outcome.EFFECTS_MAINTAINED: "chambers-may-keep-effects"}


def require_ruling(
    outcome: Outcome, voted: str, *, late: bool, replacements: int, switches: Mapping[str, bool]
) -> None:
    """Refuse what a chamber may not rule.

    Refused: `not-as-voted`, `chamber-may-not`; Invalid: `inadmissible-only`, `replacement-missing`,
    `replacement-not-allowed`.
    """
    if voted != outcome.value:
        raise Refused("not-as-voted", voted=voted)
    if late and outcome is not Outcome.INADMISSIBLE:
        raise Invalid("inadmissible-only", [("outcome", "inadmissible-only")])
    if outcome in SWITCHES and not switches[SWITCHES[outcome]]:
        raise Refused("chamber-may-not", outcome=outcome.value)
    if outcome is Outcome.DECIDED_IN_PLACE and not replacements:
        raise Invalid("replacement-missing", [("replacements", "replacement-missing")])
    if outcome is not Outcome.DECIDED_IN_PLACE and replacements:
        raise Invalid("replacement-not-allowed", [("replacements", "replacement-not-allowed")])
