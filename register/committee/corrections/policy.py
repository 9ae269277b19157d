"""PURE: correction of a decision by a new one (herziening): its states, what it may change, and when it may go on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import Invalid, Refused
from core.machine import Machine
from register.entries.policy import ApplicationKind, Status

VALUATION = "valuation"
CORRECTED = frozenset({*(kind.value for kind in ApplicationKind), VALUATION})
"""The kinds of decisions that are corrected here; a measure is contested, a course has a withdrawal of its own."""


class CorrectionState(StrEnum):
    """Who moves next: the office (opened, heard), the person (intended), a second person (proposed)."""

    OPENED = "opened"
    INTENDED = "intended"
    HEARD = "heard"
    PROPOSED = "proposed"
    DECIDED = "decided"
    NOTIFIED = "notified"
    DROPPED = "dropped"


class CorrectionEvent(StrEnum):
    INTEND = "intend"
    HEAR = "hear"
    PROPOSE = "propose"
    SIGN = "sign"
    NOTIFY = "notify"
    DROP = "drop"
    OVERTAKE = "overtake"
    REOPEN = "reopen"


UNSIGNED = (CorrectionState.OPENED, CorrectionState.INTENDED, CorrectionState.HEARD, CorrectionState.PROPOSED)

CORRECTION = Machine(
    "correction",
    CorrectionState.OPENED,
    {
        (CorrectionState.OPENED, CorrectionEvent.PROPOSE): CorrectionState.PROPOSED,  # in favour, or a request refused
        (CorrectionState.OPENED, CorrectionEvent.INTEND): CorrectionState.INTENDED,  # to the detriment: heard first
        (
            CorrectionState.INTENDED,
            CorrectionEvent.HEAR,
        ): CorrectionState.HEARD,  # Awb 4:8: a view, or none
        (CorrectionState.HEARD, CorrectionEvent.HEAR): CorrectionState.HEARD,  # more to say
        (CorrectionState.HEARD, CorrectionEvent.PROPOSE): CorrectionState.PROPOSED,
        (CorrectionState.HEARD, CorrectionEvent.INTEND): CorrectionState.INTENDED,  # worse than what was told
        (CorrectionState.PROPOSED, CorrectionEvent.PROPOSE): CorrectionState.PROPOSED,  # another text, another digest
        (CorrectionState.PROPOSED, CorrectionEvent.INTEND): CorrectionState.INTENDED,
        (CorrectionState.PROPOSED, CorrectionEvent.SIGN): CorrectionState.DECIDED,  # by somebody else
        (CorrectionState.DECIDED, CorrectionEvent.NOTIFY): CorrectionState.NOTIFIED,  # Awb 3:41
        (CorrectionState.NOTIFIED, CorrectionEvent.REOPEN): CorrectionState.OPENED,  # its refusal fell (Awb 7:11(2))
        **{(state, CorrectionEvent.DROP): CorrectionState.DROPPED for state in UNSIGNED},
        # What was to be corrected no longer stands: another decision took its place.
        **{
            (state, CorrectionEvent.OVERTAKE): CorrectionState.DROPPED for state in (*UNSIGNED, CorrectionState.DECIDED)
        },
    },
)
ENDED = frozenset({CorrectionState.NOTIFIED, CorrectionState.DROPPED})
WRONG = frozenset({"facts-wrong", "clerical-error"})
NOTHING_NEW = "no-new-facts"  # Awb 4:6(2): a request that brings nothing new may be refused
GROUNDS = frozenset({*WRONG, NOTHING_NEW})

_OUTCOMES = ("refused", "partly-granted", "granted-shorter", "granted")
_LEVELS = ("in-opleiding", "niveau-1", "niveau-2", "master")
IN_TRAINING = "in-opleiding"
STANDS = frozenset({Status.REGISTERED, Status.IN_TRAINING, Status.POSTPONED, Status.CONDITIONAL})


@dataclass(frozen=True)
class Gives:
    """What a decision gives: what a correction may take away or add."""

    outcome: str
    level: str | None
    due_on: date | None
    worth: float = 0
    """Points or hours, of a valuation."""


def takes_away(before: Gives, after: Gives) -> bool:
    """Whether anything in the new decision is less than it was: then the person is heard first (Awb 4:8)."""
    return (
        _OUTCOMES.index(after.outcome) < _OUTCOMES.index(before.outcome)
        or _rank(after.level) < _rank(before.level)
        or (before.due_on is not None and (after.due_on is None or after.due_on < before.due_on))
        or after.worth < before.worth
    )


def _rank(level: str | None) -> int:
    return _LEVELS.index(level) if level in _LEVELS else -1


def require_correctable(kind: str, *, stands: bool, rests: bool, disputed: bool) -> None:
    """Refuse what is corrected otherwise, or no longer works.

    Refused: `not-correctable`, `dispute-runs` (there it is decided), `replaced-already` (a later one took its place),
    `later-decision-stands` (the entry rests on a later decision, so that is the one to correct).
    """
    if kind not in CORRECTED:
        raise Refused("not-correctable")
    if disputed:
        raise Refused("dispute-runs")
    if not stands:
        raise Refused("replaced-already")
    if not rests:
        raise Refused("later-decision-stands")


def require_final(last_day_to_object: date | None, today: date) -> None:
    """Who can still object does that; a request is for afterwards: Refused("object-instead")."""
    if last_day_to_object is not None and today <= last_day_to_object:
        raise Refused("object-instead", last_day=last_day_to_object)


def require_ground(ground: str, *, refuses: bool, asked: bool) -> None:
    """Invalid: `unknown-ground`; Refused("nothing-asked"): only what was asked can be refused."""
    if refuses and not asked:
        raise Refused("nothing-asked")
    if ground not in ({NOTHING_NEW} if refuses else WRONG):
        raise Invalid("unknown-ground", [("ground", "unknown-ground")])


def require_keeps_entry(before: Gives, after: Gives, today: date) -> None:
    """A correction changes what an entry says and never ends it: for that there is the strike-off, on its own day.

    Refused: `strike-off-instead`; `due-date-passed`: what is taken away does not work back.
    """
    if before.outcome == "refused":
        return
    if after.outcome == "refused" or (after.level == IN_TRAINING != before.level):
        raise Refused("strike-off-instead")
    if before.due_on and after.due_on and after.due_on < before.due_on and after.due_on < today:
        raise Refused("due-date-passed", due_on=after.due_on)
