"""PURE: the states of one attendance, what a row of a provider must hold, and what the provider is told of it.

A provider claims; it does not write a portfolio. What it is told follows from what it sent and from its own runs, never
from whether a person exists: else any number could be tried out here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.errors import Refused
from core.machine import Machine


class State(StrEnum):
    """Who moves next: the person (unmatched, counting), a second pair of eyes (held, disputed), nobody."""

    RECEIVED = "received"
    UNMATCHED = "unmatched"
    HELD = "held"
    COUNTING = "counting"
    DISPUTED = "disputed"
    REVERSED = "reversed"


class Event(StrEnum):
    """What moves an attendance."""

    BOOK = "book"
    HOLD = "hold"
    MISS = "miss"
    CLAIM = "claim"
    CLAIM_HELD = "claim-held"
    DISMISS = "dismiss"
    RELEASE = "release"
    REJECT = "reject"
    DISPUTE = "dispute"
    SUSTAIN = "sustain"
    OVERRULE = "overrule"
    REVERSE = "reverse"
    RESTORE = "restore"
    RESTORE_UNMATCHED = "restore-unmatched"


_STANDING = (State.UNMATCHED, State.HELD, State.COUNTING, State.DISPUTED)

ATTENDANCE = Machine(
    "attendance",
    State.RECEIVED,
    {
        (State.RECEIVED, Event.BOOK): State.COUNTING,  # po-vooraf: points appear in the file
        (State.RECEIVED, Event.HOLD): State.HELD,
        (State.RECEIVED, Event.MISS): State.UNMATCHED,
        (State.UNMATCHED, Event.CLAIM): State.COUNTING,
        (State.UNMATCHED, Event.CLAIM_HELD): State.HELD,
        (State.UNMATCHED, Event.DISMISS): State.REVERSED,
        (State.HELD, Event.RELEASE): State.COUNTING,
        (State.HELD, Event.REJECT): State.REVERSED,
        (State.COUNTING, Event.DISPUTE): State.DISPUTED,  # it does not count until that is settled
        (State.DISPUTED, Event.SUSTAIN): State.REVERSED,
        (State.DISPUTED, Event.OVERRULE): State.COUNTING,
        **{(state, Event.REVERSE): State.REVERSED for state in _STANDING},  # correction, or the run is withdrawn
        (State.REVERSED, Event.REVERSE): State.REVERSED,  # others were first, of which its provider knows nothing
        (State.REVERSED, Event.RESTORE): State.HELD,  # a correction that was itself a mistake: somebody looks
        (State.REVERSED, Event.RESTORE_UNMATCHED): State.UNMATCHED,  # back to the inbox
    },
)


class Outcome(StrEnum):
    """What a provider learns of a row."""

    ACCEPTED = "accepted"
    TO_BE_CHECKED = "to-be-checked"
    REFUSED = "refused"


class Source(StrEnum):
    """By which way a list came."""

    PAGE = "page"
    FILE = "file"
    API = "api"
    PE_ONLINE = "pe-online"


MOST_ROWS = 10_000


@dataclass(frozen=True)
class Amount:
    """What a course is worth in one register: points or hundredths of an hour."""

    points: int = 0
    hundredths: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.points + other.points, self.hundredths + other.hundredths)

    def __neg__(self) -> "Amount":
        return Amount(-self.points, -self.hundredths)

    def __bool__(self) -> bool:
        return bool(self.points or self.hundredths)

    @property
    def hours(self) -> Decimal:
        return Decimal(self.hundredths) / 100


@dataclass(frozen=True)
class Line:
    """One line of the ledger of credits; hours are booked by what they were about. Negative takes back."""

    register: str
    done_on: date
    category: str | None
    amount: Amount


def lacking(due: Iterable[Line], booked: Iterable[Line]) -> list[Line]:
    """The lines that make the books of one person and run say what is due; none when they do.

    First what is taken back, then what is booked, so that no sum is ever too high in between.
    """
    stands = _sums(booked)
    wanted = _sums(due)
    back = [Line(*key, -amount) for key, amount in stands.items() if wanted.get(key) != amount]
    new = [Line(*key, amount) for key, amount in wanted.items() if stands.get(key) != amount]
    return [*back, *new]


def _sums(lines: Iterable[Line]) -> Mapping[tuple[str, date, str | None], Amount]:
    sums: dict[tuple[str, date, str | None], Amount] = {}
    for line in lines:
        key = (line.register, line.done_on, line.category)
        sums[key] = sums.get(key, Amount()) + line.amount
    return {key: amount for key, amount in sums.items() if amount}


def complete(meetings: frozenset[str], attended: frozenset[str | None]) -> bool:
    """Whether presence was enough (po-vooraf): the run as a whole was confirmed, or each of its meetings."""
    return None in attended or (bool(meetings) and meetings <= attended)


class Cause(StrEnum):
    """Who or what took an attendance back."""

    PROVIDER = "provider"
    RUN_WITHDRAWN = "run-withdrawn"
    SECOND_EYES = "second-eyes"
    DISPUTE = "dispute"
    NOBODY = "nobody"
    TWICE = "twice"


PROVIDERS = frozenset({Cause.PROVIDER, Cause.RUN_WITHDRAWN})
"""The causes that a provider knows of."""


def require_reversible(state: State, cause: Cause | None) -> None:
    """Refused("wrong-state") for what the provider took back before, and for nothing else: it knows no more."""
    if state is State.REVERSED and cause in PROVIDERS:
        raise Refused("wrong-state", open_moves=[Event.RESTORE] if cause is Cause.PROVIDER else [])


def restoring(state: State, cause: Cause | None, *, matched: bool) -> Event:
    """How a row comes back; Refused("not-taken-back-by-provider") for what the provider itself did not take back."""
    if state is not State.REVERSED or cause is not Cause.PROVIDER:
        raise Refused("not-taken-back-by-provider")
    return Event.RESTORE if matched else Event.RESTORE_UNMATCHED
