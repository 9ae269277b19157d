"""PURE: what a board noted and booked of an appointment, as the question that `bekwaam entitlement` answers.

Nothing is overwritten. Of two factors of one day the one that was noted later holds, and so do cao and saving. A line
that was taken back counts no more, and neither does the line that took it back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.errors import Refused
from core.law.caos import Cao
from register.rules.entitlement.answer import Question, question_from
from register.rules.entitlement.policy import Entitlement, Kind, entitlement

FACTORS, CENTS = 10_000, 100
"""How many of what is kept go into one: of a factor, and of a euro or an hour."""


@dataclass(frozen=True)
class Post:
    """The appointment that the budget is of."""

    role: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Terms:
    """What holds of it from a day on."""

    cao: str
    saving: bool
    since: date
    factor: Decimal


@dataclass(frozen=True)
class Booking:
    """One line, or the counter-booking of another."""

    id: UUID
    on: date
    eur: Decimal
    hours: Decimal
    kind: Kind
    reverses: UUID | None = None


@dataclass(frozen=True)
class Ledger:
    """What was asked, in the words of `bekwaam entitlement`, what it answers, and why a line takes nothing."""

    asked: dict[str, Any]
    question: Question
    found: Entitlement
    refused: Mapping[UUID, str]


def standing(bookings: Iterable[Booking]) -> list[Booking]:
    """The lines that count, in the order in which they were booked."""
    every = list(bookings)
    taken_back = {one.reverses for one in every}
    return [one for one in every if one.reverses is None and one.id not in taken_back]


def ledger(
    post: Post, terms: Sequence[Terms], bookings: Iterable[Booking], on: date, caos: Mapping[str, Cao]
) -> Ledger:
    """How it stands on a day, or on the first day of an appointment that is still to begin.

    `terms` in the order in which they were noted, one at least. Refused("unknown-cao") for one that this installation
    does not have any more.
    """
    factors = {one.since: one.factor for one in terms}
    counted = standing(bookings)
    asked = {
        "cao": terms[-1].cao,
        "role": post.role,
        "from": post.from_on.isoformat(),
        "until": post.until_on and post.until_on.isoformat(),
        "fte": [{"from": day.isoformat(), "fte": str(factor)} for day, factor in sorted(factors.items())],
        "saving": terms[-1].saving,
        "on": max(on, post.from_on).isoformat(),
        "spent": [
            {"on": one.on.isoformat(), "eur": f"{one.eur:.2f}", "hours": f"{one.hours:.2f}", "kind": one.kind.value}
            for one in counted
        ],
    }
    question = question_from(asked, caos)
    if isinstance(question, list):
        raise Refused("unknown-cao", name=terms[-1].cao)
    found = entitlement(*question)
    return Ledger(asked, question, found, {counted[line].id: code for line, code in found.refused})


def require_fit(before: Ledger, after: Ledger, id: UUID) -> None:
    """Refuse a line that takes nothing, or that leaves too little for one of a later day that was booked before it.

    Refused: `outside-appointment`, `over-budget`, `displaces-later`.
    """
    if code := after.refused.get(id):
        raise Refused(code)
    if after.refused.keys() - before.refused.keys():
        raise Refused("displaces-later")
