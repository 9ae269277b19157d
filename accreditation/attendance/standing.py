"""PURE: how one attendance stands, and in which registers it counts; provider and holder are told from this alone."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from accreditation.attendance.policy import PROVIDERS, Cause, State


class Standing(StrEnum):
    """How an attendance stands with its holder."""

    UNMATCHED = "unmatched"
    HELD = "held"
    DISPUTED = "disputed"
    TAKEN_BACK = "taken-back"
    """By its provider, or with its run."""
    NOT_KEPT = "not-kept"
    """By the register, or because its holder was right."""
    IN_PART = "in-part"
    """Not every meeting was reported yet (po-vooraf)."""
    COUNTING = "counting"
    ELSEWHERE = "elsewhere"
    """It counts in registers only in which its holder does not stand."""


@dataclass(frozen=True)
class Counted:
    """What is said of one attendance: how it stands, where it counts, and in which own registers it never will."""

    standing: Standing
    counts_in: tuple[str, ...]
    nothing_in: tuple[str, ...]


def is_taken_back(state: State, cause: Cause | None) -> bool:
    """Whether the provider itself took a row back, or its whole run."""
    return state is State.REVERSED and cause in PROVIDERS


def stands(
    state: State,
    cause: Cause | None,
    *,
    accredited: Collection[str],
    booked: Collection[str],
    own: Collection[str],
) -> Counted:
    """How a row stands: `accredited` in these registers on its day, `booked` in these, its holder in `own`."""
    there = tuple(sorted(set(accredited) & set(own)))
    nothing = tuple(sorted(set(own) - set(accredited)))
    if state is not State.COUNTING:
        kept = {State.REVERSED: Standing.TAKEN_BACK if is_taken_back(state, cause) else Standing.NOT_KEPT}
        return Counted(kept.get(state) or Standing(state.value), tuple(sorted(accredited)), nothing)
    if not there:
        return Counted(Standing.ELSEWHERE, tuple(sorted(accredited)), nothing)
    if not booked:
        return Counted(Standing.IN_PART, there, nothing)
    return Counted(Standing.COUNTING, there, nothing)
