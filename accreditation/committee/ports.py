"""What this room needs from above: whether a member has a post at a school board, and how a letter looks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.decisions import Decision
from core.store.work import Work

HoldsPost = Callable[[Work, UUID, str, date], Awaitable[bool]]
"""Whether a person has a post at a board, now or since a day."""


@dataclass(frozen=True)
class CommitteePorts:
    """What the register answers to the accreditation committee."""

    holds_post: HoldsPost
    draft_letter: Callable[[Work, Decision], Awaitable[bytes]]
    """The letter of a decision that is drawn up and not taken, as PDF and marked as a draft."""
