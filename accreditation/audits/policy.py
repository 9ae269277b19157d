"""PURE: the lots of the yearly sample, the states of an audit, and when a measure may follow from it."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import Invalid, Refused
from core.law.ruleoffer import Quality
from core.machine import Machine


class AuditState(StrEnum):
    """Who moves next: the secretary (drawn, answered), the auditor (assigned), the provider (reported)."""

    DRAWN = "drawn"
    ASSIGNED = "assigned"
    REPORTED = "reported"
    ANSWERED = "answered"
    CLOSED = "closed"
    MEASURED = "measured"


class AuditEvent(StrEnum):
    ASSIGN = "assign"
    REPORT = "report"
    ANSWER = "answer"
    CLOSE = "close"
    MEASURE = "measure"


AUDIT = Machine(
    "provider-audit",
    AuditState.DRAWN,
    {
        (AuditState.DRAWN, AuditEvent.ASSIGN): AuditState.ASSIGNED,
        (AuditState.ASSIGNED, AuditEvent.ASSIGN): AuditState.ASSIGNED,  # somebody else, who has no tie
        (AuditState.ASSIGNED, AuditEvent.REPORT): AuditState.REPORTED,
        (AuditState.REPORTED, AuditEvent.ANSWER): AuditState.ANSWERED,  # Awb 4:8: the provider is heard first
        (AuditState.REPORTED, AuditEvent.CLOSE): AuditState.CLOSED,
        (AuditState.ANSWERED, AuditEvent.CLOSE): AuditState.CLOSED,
        (AuditState.REPORTED, AuditEvent.MEASURE): AuditState.MEASURED,
        (AuditState.ANSWERED, AuditEvent.MEASURE): AuditState.MEASURED,
    },
)
PUBLISHED = frozenset({AuditState.CLOSED, AuditState.MEASURED})
"""po-formeel: the reports are published."""
SEEN_BY_PROVIDER = frozenset({AuditState.REPORTED, AuditState.ANSWERED, *PUBLISHED})

GROUNDS = frozenset(
    {
        "attendance-not-shown",
        "other-than-accredited",
        "goals-not-tested",
        "teachers-not-qualified",
        "evaluation-missing",
        "complaints-not-handled",
        "information-wrong",
    }
)
"""What an auditor may find."""


class Weight(StrEnum):
    """How heavy a finding is; only a serious one can lead to a measure."""

    MINOR = "minor"
    SERIOUS = "serious"


@dataclass(frozen=True)
class Signals:
    """What was heard of a provider in the year before: ratings, complaints, corrections of attendance."""

    stars: int = 0
    ratings: int = 0
    complaints: int = 0
    attendances: int = 0
    corrections: int = 0
    declares: bool = False
    """Whether it accredits by its own declaration."""

    @property
    def corrected_per_cent(self) -> int:
        return 100 * self.corrections // self.attendances if self.attendances else 0


def lots_of(signals: Signals, quality: Quality) -> int:
    """How many lots a provider has: one, and more for each signal."""
    weights = quality.audit_weights
    enough = signals.ratings >= quality.rating_least_shown
    low = enough and 10 * signals.stars < quality.low_rating_tenths * signals.ratings
    return (
        1
        + weights.get("low-rating", 0) * low
        + weights.get("complaint", 0) * signals.complaints
        + weights.get("correction", 0) * signals.corrected_per_cent
        + weights.get("declared", 0) * signals.declares
    )


def size_of(providers: int, quality: Quality) -> int:
    """How many providers a sample takes: the percentage, rounded up, the least, and no more than there are."""
    return min(providers, max(quality.audit_least, -(-providers * quality.audit_percent // 100)))


def draw(seed: str, lots: Mapping[str, int], size: int) -> list[str]:
    """The providers whose best lot is lowest; the same seed and lots give the same sample, wherever it is drawn."""
    return sorted(sorted(lots, key=lambda name: _best(seed, name, lots[name]))[:size])


def _best(seed: str, name: str, lots: int) -> str:
    return min(hashlib.sha256(f"{seed}/{name}/{lot}".encode()).hexdigest() for lot in range(max(lots, 1)))


def require_ground(ground: str) -> None:
    """Invalid("unknown-ground") for a ground that is none."""
    if ground not in GROUNDS:
        raise Invalid("unknown-ground", [("ground", "unknown-ground")])


def require_heard(state: AuditState, answer_by_on: date | None, today: date) -> None:
    """Refused("answer-term-runs") as long as the provider may still answer and did not (Awb 4:8)."""
    if state is AuditState.REPORTED and (answer_by_on is None or today <= answer_by_on):
        raise Refused("answer-term-runs", last_day=answer_by_on)


def require_measure(findings: Collection[Weight]) -> None:
    """Refused("no-serious-finding"): nothing was found that a measure could rest on."""
    if Weight.SERIOUS not in findings:
        raise Refused("no-serious-finding")
