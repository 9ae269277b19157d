"""PURE: which decision on objection may follow from what was found, heard and advised."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from appeals.disputes.policy import Outcome, Waiver, require_heard
from core.errors import Invalid, Refused

INADMISSIBLE_GROUNDS = ("late", "omission", "no-interest", "not-a-decision")
GIVEN = frozenset({Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.SENT_BACK, Outcome.DECIDED_IN_PLACE})
"""Outcomes by which what was contested falls; the last two are of an appeal."""


@dataclass(frozen=True)
class Found:
    """What stands when a decision on objection is taken. `late`: against everything, and without excuse."""

    late: bool
    not_repaired: bool
    advised: str
    voted: str
    """What the members of the body want, also after advice (Awb 7:11)."""
    costs_asked: bool
    waived: Waiver | None = None


@dataclass(frozen=True)
class Wanted:
    """What is to be decided."""

    outcome: Outcome
    ground: str
    deviation: str
    award_costs: bool
    costs_reasons: str
    replacements: int
    """How many contested decisions are replaced or revoked."""


GAVE = {Outcome.PARTLY_UPHELD: 1, Outcome.UPHELD: 2}
"""How much an outcome gives who objected; any other gives nothing."""


def require_no_worse(before: Outcome, number: str, after: Outcome, *, paid: bool, pays: bool) -> None:
    """Who alone appealed against a decision on objection gets no less in the one that follows, nor fewer costs.

    Refused("worse-off") with the number of the decision that fell (no reformatio in peius, Awb 7:11).
    """
    if GAVE.get(after, 0) < GAVE.get(before, 0) or (paid and not pays):
        raise Refused("worse-off", number=number)


def require_laid(draft: Mapping[str, Any] | None, ruling: Mapping[str, Any], *, alone: bool) -> None:
    """Refuse what the members did not have before them when they voted: outcome, words, points, level and costs.

    Refused: `draft-first`, unless the chair decides alone; `not-as-drafted`, also where only the words differ.
    """
    if not draft:
        if not alone:
            raise Refused("draft-first")
    elif dict(draft) != dict(ruling):
        raise Refused("not-as-drafted")


def require_outcome(found: Found, wanted: Wanted) -> None:
    """Refuse what the law does not allow; nothing is decided yet.

    Refused: `not-as-voted`, `hearing-first`; Invalid: `inadmissible-only`, `not-late`,
    `costs-reasons-missing`,
    `not-asked-to-repair`, `unknown-ground`, `deviation-missing`, `costs-not-asked`, `replacement-missing`,
    `replacement-not-allowed`.
    """
    _require_admissible(found, wanted)
    if found.voted != wanted.outcome.value:
        raise Refused("not-as-voted", voted=found.voted)
    if found.advised and found.advised != wanted.outcome.value and not wanted.deviation.strip():
        raise Invalid("deviation-missing", [("deviation", "deviation-missing")])  # Awb 7:13(7)
    require_heard(found.waived, wanted.outcome.value)  # Awb 7:3
    require_costs(found.costs_asked and wanted.outcome in GIVEN, wanted.award_costs, wanted.costs_reasons)
    if wanted.outcome in GIVEN and not wanted.replacements:
        raise Invalid("replacement-missing", [("replacements", "replacement-missing")])  # Awb 7:11(2)
    if wanted.outcome not in GIVEN and wanted.replacements:
        raise Invalid("replacement-not-allowed", [("replacements", "replacement-not-allowed")])


def require_costs(due: bool, awarded: bool, reasons: str) -> None:
    """Costs that were asked are paid, or refused with reasons, where what was contested falls (Awb 7:15(2), 7:28(2)).

    Invalid: `costs-not-asked`, `costs-reasons-missing`.
    """
    if awarded and not due:
        raise Invalid("costs-not-asked", [("award_costs", "costs-not-asked")])
    if due and not (awarded or reasons.strip()):
        raise Invalid("costs-reasons-missing", [("costs_reasons", "costs-reasons-missing")])


def _require_admissible(found: Found, wanted: Wanted) -> None:
    if wanted.outcome is not Outcome.INADMISSIBLE:
        if found.late:
            raise Invalid("inadmissible-only", [("outcome", "inadmissible-only")])  # Awb 6:7, 6:11
        return
    if wanted.ground not in INADMISSIBLE_GROUNDS:
        raise Invalid("unknown-ground", [("ground", "unknown-ground")])
    if wanted.ground == "late" and not found.late:
        raise Invalid("not-late", [("ground", "not-late")])
    if wanted.ground == "omission" and not found.not_repaired:
        raise Invalid("not-asked-to-repair", [("ground", "not-asked-to-repair")])  # Awb 6:6
