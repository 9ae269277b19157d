"""PURE: the states of an objection and of an appeal, and what both ask of a hearing and a panel."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from core.errors import Invalid, Refused
from core.machine import Machine


class Kind(StrEnum):
    """Objection (bezwaar) with the body itself, appeal (beroep) with the Commissie van Beroep."""

    OBJECTION = "objection"
    APPEAL = "appeal"


class ObjectionState(StrEnum):
    """Who moves next: the filer (omission), the handler (most), the panel (heard, hearing-waived)."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    OMISSION = "omission"
    REPAIRED = "repaired"
    NOT_REPAIRED = "not-repaired"
    ADMISSIBILITY_CHECKED = "admissibility-checked"
    SCHEDULED = "scheduled"
    HEARD = "heard"
    HEARING_WAIVED = "hearing-waived"
    ADVISED = "advised"
    DECIDED = "decided"
    NOTIFIED = "notified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"


class ObjectionEvent(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    ASK_REPAIR = "ask-repair"
    REPAIR = "repair"
    PASS_TERM = "pass-term"
    CHECK = "check"
    SCHEDULE = "schedule"
    HEAR = "hear"
    WAIVE_HEARING = "waive-hearing"
    ADVISE = "advise"
    DECIDE = "decide"
    NOTIFY = "notify"
    CLOSE = "close"
    REMIT = "remit"
    WITHDRAW = "withdraw"
    FORWARD = "forward"


_S, _E = ObjectionState, ObjectionEvent
_CHECKABLE = (_S.ACKNOWLEDGED, _S.REPAIRED, _S.NOT_REPAIRED)
_TO_DECIDE = (_S.HEARD, _S.HEARING_WAIVED, _S.ADVISED)
_OPEN = (_S.RECEIVED, *_CHECKABLE, _S.OMISSION, _S.ADMISSIBILITY_CHECKED, _S.SCHEDULED, *_TO_DECIDE)

OBJECTION = Machine(
    "objection",
    _S.RECEIVED,
    {
        (_S.RECEIVED, _E.ACKNOWLEDGE): _S.ACKNOWLEDGED,  # Awb 6:14
        (_S.ACKNOWLEDGED, _E.ASK_REPAIR): _S.OMISSION,  # Awb 6:5, 6:6
        (_S.OMISSION, _E.REPAIR): _S.REPAIRED,
        (_S.OMISSION, _E.PASS_TERM): _S.NOT_REPAIRED,
        **{(state, _E.CHECK): _S.ADMISSIBILITY_CHECKED for state in _CHECKABLE},  # Awb 6:9, 6:11
        (_S.ADMISSIBILITY_CHECKED, _E.SCHEDULE): _S.SCHEDULED,  # Awb 7:2, 7:4
        (_S.SCHEDULED, _E.SCHEDULE): _S.SCHEDULED,  # on another day
        # new facts (Awb 7:9), or the ground for hearing nobody does not hold (7:3)
        **{(state, _E.SCHEDULE): _S.SCHEDULED for state in _TO_DECIDE},
        (_S.SCHEDULED, _E.HEAR): _S.HEARD,  # Awb 7:5, 7:7
        (_S.ADMISSIBILITY_CHECKED, _E.WAIVE_HEARING): _S.HEARING_WAIVED,  # Awb 7:3
        (_S.SCHEDULED, _E.WAIVE_HEARING): _S.HEARING_WAIVED,
        (_S.HEARD, _E.ADVISE): _S.ADVISED,  # Awb 7:13
        (_S.HEARING_WAIVED, _E.ADVISE): _S.ADVISED,
        **{(state, _E.DECIDE): _S.DECIDED for state in _TO_DECIDE},  # Awb 7:11
        (_S.DECIDED, _E.NOTIFY): _S.NOTIFIED,  # Awb 7:12
        (_S.NOTIFIED, _E.CLOSE): _S.CLOSED,  # the term to appeal ran out
        **{(state, _E.REMIT): _S.ADMISSIBILITY_CHECKED for state in (_S.NOTIFIED, _S.CLOSED)},  # sent back (Awb 7:25)
        **{(state, _E.WITHDRAW): _S.WITHDRAWN for state in _OPEN},  # Awb 6:21
        (_S.RECEIVED, _E.FORWARD): _S.FORWARDED,  # Awb 6:15
        (_S.ACKNOWLEDGED, _E.FORWARD): _S.FORWARDED,
    },
)


class AppealState(StrEnum):
    """Who moves next: the filer (omission), the body (defence-requested), the chamber (heard, hearing-waived)."""

    LODGED = "lodged"
    ACKNOWLEDGED = "acknowledged"
    OMISSION = "omission"
    DEFENCE_REQUESTED = "defence-requested"
    DEFENCE_RECEIVED = "defence-received"
    SCHEDULED = "scheduled"
    HEARD = "heard"
    HEARING_WAIVED = "hearing-waived"
    DECIDED = "decided"
    NOTIFIED = "notified"
    REMITTED = "remitted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"


class AppealEvent(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    ASK_REPAIR = "ask-repair"
    REPAIR = "repair"
    PASS_TERM = "pass-term"
    CHECK = "check"
    RECEIVE_DEFENCE = "receive-defence"
    SCHEDULE = "schedule"
    HEAR = "hear"
    WAIVE_HEARING = "waive-hearing"
    DECIDE = "decide"
    NOTIFY = "notify"
    REMIT = "remit"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    FORWARD = "forward"


_A, _F = AppealState, AppealEvent
_DEFENDED = (_A.DEFENCE_REQUESTED, _A.DEFENCE_RECEIVED)
_PENDING = (_A.LODGED, _A.ACKNOWLEDGED, _A.OMISSION, *_DEFENDED, _A.SCHEDULED, _A.HEARD, _A.HEARING_WAIVED)

APPEAL = Machine(
    "appeal",
    _A.LODGED,
    {
        (_A.LODGED, _F.ACKNOWLEDGE): _A.ACKNOWLEDGED,  # Awb 6:14
        (_A.ACKNOWLEDGED, _F.ASK_REPAIR): _A.OMISSION,  # Awb 6:6
        (_A.OMISSION, _F.REPAIR): _A.ACKNOWLEDGED,
        (_A.OMISSION, _F.PASS_TERM): _A.ACKNOWLEDGED,
        (_A.ACKNOWLEDGED, _F.CHECK): _A.DEFENCE_REQUESTED,  # term, form and standing looked at; the body may answer
        (_A.DEFENCE_REQUESTED, _F.RECEIVE_DEFENCE): _A.DEFENCE_RECEIVED,
        # Awb 7:16, 7:17, 7:23
        **{(state, _F.SCHEDULE): _A.SCHEDULED for state in (*_DEFENDED, _A.SCHEDULED, _A.HEARD, _A.HEARING_WAIVED)},
        (_A.SCHEDULED, _F.HEAR): _A.HEARD,
        **{(state, _F.WAIVE_HEARING): _A.HEARING_WAIVED for state in (*_DEFENDED, _A.SCHEDULED)},  # Awb 7:17
        (_A.HEARD, _F.DECIDE): _A.DECIDED,  # Awb 7:25
        (_A.HEARING_WAIVED, _F.DECIDE): _A.DECIDED,
        (_A.DECIDED, _F.NOTIFY): _A.NOTIFIED,  # Awb 7:26
        (_A.NOTIFIED, _F.REMIT): _A.REMITTED,  # a new decision on objection, with a term
        (_A.NOTIFIED, _F.CLOSE): _A.CLOSED,
        (_A.REMITTED, _F.CLOSE): _A.CLOSED,  # the new decision was made known
        **{(state, _F.WITHDRAW): _A.WITHDRAWN for state in _PENDING},  # Awb 6:21
        (_A.LODGED, _F.FORWARD): _A.FORWARDED,  # Awb 6:15: without prior objection it is one
    },
)

OPEN_STATES = frozenset({state.value for state in (*_OPEN, _S.DECIDED, *_PENDING)})
"""A dispute that still runs: a replacing decision joins it (Awb 6:19)."""
START = {Kind.OBJECTION: OBJECTION.start.value, Kind.APPEAL: APPEAL.start.value}


FULLY_MET = ("granted", "upheld")
"""Outcomes that give all that was asked: an appeal against silence does not go on about those (Awb 6:20(3))."""
TO_DECIDE = frozenset(state.value for state in _TO_DECIDE)
"""Heard, or not, or advised on: what was said is to be decided (an appeal has the same words)."""


def after(kind: Kind, state: str, event: str) -> str:
    """The state that follows; Refused("wrong-state") with the moves that are open."""
    if kind is Kind.OBJECTION:
        return OBJECTION.after(ObjectionState(state), ObjectionEvent(event)).value
    return APPEAL.after(AppealState(state), AppealEvent(event)).value


def open_events(kind: Kind, state: str) -> list[str]:
    """The events that a state allows."""
    return OBJECTION.open(ObjectionState(state)) if kind is Kind.OBJECTION else APPEAL.open(AppealState(state))


class InterimState(StrEnum):
    """A request to suspend meanwhile: who sits in the chair moves next (asked), then time (granted)."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"
    LAPSED = "lapsed"


class InterimEvent(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    END = "end"
    LAPSE = "lapse"


INTERIM = Machine(
    "interim-request",
    InterimState.ASKED,
    {
        (InterimState.ASKED, InterimEvent.GRANT): InterimState.GRANTED,  # compare Awb 6:16, 8:81
        (InterimState.ASKED, InterimEvent.REFUSE): InterimState.REFUSED,
        (InterimState.ASKED, InterimEvent.LAPSE): InterimState.LAPSED,  # the case ended first
        (InterimState.GRANTED, InterimEvent.END): InterimState.ENDED,  # with the decision, or on its day
    },
)


class Outcome(StrEnum):
    """What is decided on an objection (the first five) or an appeal."""

    INADMISSIBLE = "inadmissible"
    DISMISSED = "dismissed"
    DISMISSED_CORRECTED = "dismissed-corrected"  # with other reasons (Awb 7:11)
    PARTLY_UPHELD = "partly-upheld"
    UPHELD = "upheld"
    SENT_BACK = "sent-back"  # annulled, a new decision on objection follows (Awb 7:25)
    EFFECTS_MAINTAINED = "effects-maintained"  # annulled for its form, what it does stays
    DECIDED_IN_PLACE = "decided-in-place"  # annulled, the chamber decides itself (Awb 7:25)


_BOTH = (Outcome.INADMISSIBLE, Outcome.DISMISSED)
OUTCOMES = {
    Kind.OBJECTION: (*_BOTH, Outcome.DISMISSED_CORRECTED, Outcome.PARTLY_UPHELD, Outcome.UPHELD),
    Kind.APPEAL: (*_BOTH, Outcome.SENT_BACK, Outcome.EFFECTS_MAINTAINED, Outcome.DECIDED_IN_PLACE),
}


class Waiver(StrEnum):
    """Why nobody need be heard: five grounds in objection (Awb 7:3), the first four in appeal (7:17)."""

    EVIDENTLY_INADMISSIBLE = "evidently-inadmissible"
    EVIDENTLY_UNFOUNDED = "evidently-unfounded"
    WAIVED = "waived"
    NO_REPLY = "no-reply"
    FULLY_MET = "fully-met"


SUBSTANCE = 6
"""Words at least: why it is evident must stand there, and not only that it is (Awb 7:3, 3:46)."""
EVIDENT = frozenset({Waiver.EVIDENTLY_INADMISSIBLE, Waiver.EVIDENTLY_UNFOUNDED})


def require_substance(ground: Waiver, reasons: str) -> None:
    """Refuse a bare word where the party reads why it was not heard: Invalid("waiver-reasons-bare")."""
    if ground in EVIDENT and len(reasons.split()) < SUBSTANCE:
        raise Invalid("waiver-reasons-bare", [("waiver_reasons", "waiver-reasons-bare")], n=SUBSTANCE)


def require_waiver(kind: Kind, ground: Waiver, declined_on: date | None, reply_until: date | None, today: date) -> None:
    """Invalid("no-such-waiver") for a ground that the law does not know in appeal; Refused: `not-declined` where the
    party should have given up a right of its own and did not say so, `not-asked` where no question went unanswered
    past its day (Awb 7:3).
    """
    if kind is Kind.APPEAL and ground is Waiver.FULLY_MET:
        raise Invalid("no-such-waiver", [("ground", "no-such-waiver")])
    if ground is Waiver.WAIVED and declined_on is None:
        raise Refused("not-declined")
    if ground is Waiver.NO_REPLY and (reply_until is None or today <= reply_until):
        raise Refused("not-asked", until=reply_until)


ONLY_OUTCOME = {
    Waiver.EVIDENTLY_INADMISSIBLE: Outcome.INADMISSIBLE,
    Waiver.EVIDENTLY_UNFOUNDED: Outcome.DISMISSED,
    Waiver.FULLY_MET: Outcome.UPHELD,
}
"""The outcome that a ground for hearing nobody foretells; any other needs a hearing first (Awb 7:3, 7:17)."""


def fits(waived: Waiver | None, outcome: str) -> bool:
    """Whether an outcome may follow without a hearing on this ground, or after one."""
    return waived not in ONLY_OUTCOME or outcome == ONLY_OUTCOME[waived].value


def require_heard(waived: Waiver | None, outcome: str) -> None:
    """Refused("hearing-first") where nobody was heard on a ground that does not bear this outcome."""
    if not fits(waived, outcome):
        raise Refused("hearing-first", waived=str(waived), outcome=outcome)


MAINTAINED = frozenset({Outcome.DISMISSED, Outcome.DISMISSED_CORRECTED})


def require_passed_over(outcome: Outcome, passed_over: bool) -> None:
    """A defect is passed over where the decision stands all the same (Awb 6:22): Invalid("defect-not-passed-over")."""
    if passed_over and outcome not in MAINTAINED:
        raise Invalid("defect-not-passed-over", [("passed_over", "defect-not-passed-over")])


PANEL_LEAST = 3
"""A chair and at least two members (Awb 7:13(1))."""


def majority(votes: Mapping[str, str], chair: str | None) -> str:
    """The outcome that more than half of at least three voters want. Refused: `no-chair`, `no-majority`."""
    if chair is None:
        raise Refused("no-chair")
    if len(votes) < PANEL_LEAST:
        raise Refused("no-majority", votes=len(votes), needed=PANEL_LEAST)
    outcome, most = Counter(votes.values()).most_common(1)[0]
    if 2 * most <= len(votes):
        raise Refused("no-majority", votes=len(votes), needed=PANEL_LEAST)
    return outcome


def require_panel(seats: Collection[object], chair: object | None) -> None:
    """Refused: `no-chair`, `panel-too-small` before anybody is heard (Awb 7:13)."""
    if chair is None:
        raise Refused("no-chair")
    if len(seats) < PANEL_LEAST:
        raise Refused("panel-too-small", seats=len(seats), needed=PANEL_LEAST)


def require_notice(due_on: date, given_on: date | None, received_on: date) -> None:
    """A notice of default counts once the last day to decide has passed, and the first one stands (Awb 4:17(3), 6:12).

    Refused: `notice-premature`, `notice-given`.
    """
    if received_on <= due_on:
        raise Refused("notice-premature", due_on=due_on)
    if given_on is not None:
        raise Refused("notice-given", on=given_on)
