"""PURE: measures against an entry (maatregelen): their states, what they need, and when they may go on."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from core.errors import Invalid, Refused
from core.law.days import add_months
from core.machine import Machine
from register.entries.policy import REGISTRATION, Event, Status


class MeasureKind(StrEnum):
    """Lapse (vervallen) is the committee's, by vote; strike-off (doorhaling) takes two persons."""

    LAPSE = "lapse"
    STRIKE_OFF = "strike-off"


class MeasureState(StrEnum):
    """Who moves next: the person (intended), the secretary (heard), a second person (proposed), the committee."""

    INTENDED = "intended"
    HEARD = "heard"
    PROPOSED = "proposed"
    ON_AGENDA = "on-agenda"
    DECIDED = "decided"
    NOTIFIED = "notified"
    CARRIED_OUT = "carried-out"
    HALTED = "halted"
    DROPPED = "dropped"
    UNDONE = "undone"


class MeasureEvent(StrEnum):
    HEAR = "hear"
    PROPOSE = "propose"
    SIGN = "sign"
    LIST = "list"
    RETURN = "return"
    DECIDE = "decide"
    NOTIFY = "notify"
    CARRY_OUT = "carry-out"
    DROP = "drop"
    HALT = "halt"
    RESUME = "resume"
    UNDO = "undo"


MEASURE = Machine(
    "measure",
    MeasureState.INTENDED,
    {
        (MeasureState.INTENDED, MeasureEvent.HEAR): MeasureState.HEARD,  # Awb 4:8: the view, or the term unused
        (MeasureState.HEARD, MeasureEvent.HEAR): MeasureState.HEARD,  # more to say
        (MeasureState.HEARD, MeasureEvent.PROPOSE): MeasureState.PROPOSED,
        (MeasureState.PROPOSED, MeasureEvent.PROPOSE): MeasureState.PROPOSED,  # another text is another digest
        (MeasureState.PROPOSED, MeasureEvent.SIGN): MeasureState.DECIDED,  # by somebody else
        (MeasureState.HEARD, MeasureEvent.LIST): MeasureState.ON_AGENDA,
        (MeasureState.ON_AGENDA, MeasureEvent.RETURN): MeasureState.HEARD,
        (MeasureState.ON_AGENDA, MeasureEvent.DECIDE): MeasureState.DECIDED,
        (MeasureState.ON_AGENDA, MeasureEvent.DROP): MeasureState.DROPPED,  # the committee does not follow
        (MeasureState.DECIDED, MeasureEvent.NOTIFY): MeasureState.NOTIFIED,  # Awb 3:41
        # Until then nothing worked (Awb 3:40): a renewal that is granted, or who leaves, overtakes it.
        (MeasureState.DECIDED, MeasureEvent.DROP): MeasureState.DROPPED,
        (MeasureState.NOTIFIED, MeasureEvent.CARRY_OUT): MeasureState.CARRIED_OUT,  # on its day
        # Suspended while it is contested (compare Awb 6:16, 8:81), before its day or after.
        (MeasureState.NOTIFIED, MeasureEvent.HALT): MeasureState.HALTED,
        (MeasureState.CARRIED_OUT, MeasureEvent.HALT): MeasureState.HALTED,
        (MeasureState.HALTED, MeasureEvent.RESUME): MeasureState.NOTIFIED,
        (MeasureState.HALTED, MeasureEvent.UNDO): MeasureState.UNDONE,
        # Taken back on objection or appeal (Awb 7:11(2), 7:25), before its day or after.
        (MeasureState.NOTIFIED, MeasureEvent.UNDO): MeasureState.UNDONE,
        (MeasureState.CARRIED_OUT, MeasureEvent.UNDO): MeasureState.UNDONE,
        **{
            (state, MeasureEvent.DROP): MeasureState.DROPPED
            for state in (MeasureState.INTENDED, MeasureState.HEARD, MeasureState.PROPOSED)
        },
    },
)
ENDED = frozenset({MeasureState.CARRIED_OUT, MeasureState.DROPPED, MeasureState.UNDONE})
EVENTS = {MeasureKind.LAPSE: Event.LAPSE, MeasureKind.STRIKE_OFF: Event.STRIKE_OFF}

GROUNDS = {
    MeasureKind.LAPSE: frozenset({"conditional-term-passed"}),
    MeasureKind.STRIKE_OFF: frozenset({"untrue-statements", "evidence-forged", "proof-withdrawn"}),  # art. 5(2)
}


def limit_of(due_on: date, months: int) -> date:
    """The last day on which an entry can stand under conditions (sterk-herreg)."""
    return add_months(due_on, months)


def require_open(
    kind: MeasureKind, status: Status, due_on: date | None, months: int, today: date, renewal_waits: bool
) -> None:
    """Refuse a measure that the entry has no place for.

    Refused: `wrong-state`, and for a lapse `conditional-months-run` (with the last day) and `renewal-waits`: what was
    asked is decided first.
    """
    REGISTRATION.after(status, EVENTS[kind])
    if kind is not MeasureKind.LAPSE:
        return
    if due_on is None or today <= limit_of(due_on, months):
        raise Refused("conditional-months-run", until=limit_of(due_on, months) if due_on else None)
    if renewal_waits:
        raise Refused("renewal-waits")


def require_nothing_waits(kind: MeasureKind, asked_on: date | None, known_on: date) -> None:
    """A lapse is made known after what was asked before it was decided on: Refused("renewal-waits")."""
    if kind is MeasureKind.LAPSE and asked_on is not None and asked_on <= known_on:
        raise Refused("renewal-waits")


def require_grounds(kind: MeasureKind, grounds: Collection[str]) -> None:
    """Invalid: `grounds-missing`, `unknown-ground`."""
    if not grounds:
        raise Invalid("grounds-missing", [("grounds", "grounds-missing")])
    if set(grounds) - GROUNDS[kind]:
        raise Invalid("unknown-ground", [("grounds", "unknown-ground")])


def require_future(effect_on: date, today: date) -> None:
    """A strike-off works from a later day, so that it can be made known first: Invalid("effect-not-in-future")."""
    if effect_on <= today:
        raise Invalid("effect-not-in-future", [("effect_on", "effect-not-in-future")])
