"""PURE: the states of an institutional accreditation (instellingsaccreditatie), and what it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import Refused
from core.law.days import add_months, add_years, previous_day
from core.law.ruleoffer import Institutional
from core.machine import Machine


class InstitutionalState(StrEnum):
    """Who moves next: the secretary (applied), nobody; on its days, see `InstitutionalAccreditation.covers`."""

    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class InstitutionalEvent(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


INSTITUTIONAL = Machine(
    "institutional-accreditation",
    InstitutionalState.APPLIED,
    {
        (InstitutionalState.APPLIED, InstitutionalEvent.GRANT): InstitutionalState.GRANTED,
        (InstitutionalState.APPLIED, InstitutionalEvent.REFUSE): InstitutionalState.REFUSED,
        # A decision on objection puts another one in its place (Awb 7:11).
        (InstitutionalState.REFUSED, InstitutionalEvent.GRANT): InstitutionalState.GRANTED,
        (InstitutionalState.REFUSED, InstitutionalEvent.REFUSE): InstitutionalState.REFUSED,
        (InstitutionalState.GRANTED, InstitutionalEvent.REFUSE): InstitutionalState.REFUSED,
        (InstitutionalState.WITHDRAWN, InstitutionalEvent.RESTORE): InstitutionalState.GRANTED,  # Awb 7:11(2)
        # New courses are assessed again; what was accredited keeps its days.
        (InstitutionalState.GRANTED, InstitutionalEvent.WITHDRAW): InstitutionalState.WITHDRAWN,
    },
)
GROUNDS = frozenset({"authorised-too-short", "too-few-applications", "measure-before", "audit-not-sound"})
WITHDRAWAL_GROUNDS = frozenset({"audit-finding", "terms-not-kept", "declared-wrongly"})


@dataclass(frozen=True)
class Record:
    """What a provider has shown in a register."""

    authorised_since: date | None
    """Without a break; None when it is not authorised."""
    accredited: int
    """Applications for courses that were accredited in the year before."""
    measured: bool = False
    """Whether it was suspended or withdrawn in the years that count."""
    unsound_audit: bool = False
    """Whether its last audit found something serious."""


def lacking(record: Record, rules: Institutional, today: date) -> list[str]:
    """The grounds on which it would be refused (rp-instelling)."""
    found = []
    if record.authorised_since is None or add_years(record.authorised_since, rules.years_authorised) > today:
        found.append("authorised-too-short")
    if record.accredited < rules.applications:
        found.append("too-few-applications")
    if record.measured:
        found.append("measure-before")
    if record.unsound_audit:
        found.append("audit-not-sound")
    return found


def last_day(from_on: date, rules: Institutional) -> date:
    """The last day of an institutional accreditation, included."""
    return previous_day(add_months(from_on, rules.months))


def most_courses(accredited: int, rules: Institutional) -> int:
    """How many courses may go by declaration: a share of the applications of the year before."""
    return accredited * rules.courses_percent // 100


def require_room(declared: int, most: int) -> None:
    """Refused("declared-enough") once as many courses as may be went by declaration."""
    if declared >= most:
        raise Refused("declared-enough", most=most)


def require_none(grounds: Sequence[str]) -> None:
    """Refused("rules-refuse") for a grant in spite of what lacks."""
    if grounds:
        raise Refused("rules-refuse", grounds=list(grounds))
