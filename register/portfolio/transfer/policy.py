"""PURE: the file that a portfolio travels in, and what becomes of each entry that comes back."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from uuid import UUID

from core.errors import Invalid
from register.portfolio.policy import EntryState

FORMAT, VERSION = "bekwaam-portfolio", 1
DOCUMENT, SUMMARY, FOLDER = "portfolio.json", "overzicht.html", "bewijs"
MOST_UPLOADED = 40 * 2**20
MOST_UNPACKED = 160 * 2**20
MOST_DOCUMENT = 8 * 2**20
MOST_MEMBERS = 1200
MOST_RATIO = 200
"""How many times larger than it is packed a member may be; text and office files stay far below."""
SETTLED = frozenset({EntryState.CONSUMED, EntryState.REJECTED, EntryState.REVOKED, EntryState.HISTORY})
"""What was decided elsewhere and is not asked again."""


class Becomes(StrEnum):
    """What an import makes of an entry."""

    DRAFT = "draft"
    HISTORY = "history"
    ALREADY_THERE = "already-there"
    LEFT_OUT = "left-out"
    REFUSED = "refused"


def becomes(
    state: str, done_on: date, first_day: date | None, names: Collection[UUID], known: Collection[UUID]
) -> Becomes:
    """A draft that is to be handed in here again, or history; nothing that stands here already comes twice.

    `names`: what it was and is called; `known`: every name in this portfolio; `first_day`: of the first period here.
    """
    if not set(names).isdisjoint(known):
        return Becomes.ALREADY_THERE
    if state == EntryState.WITHDRAWN:
        return Becomes.LEFT_OUT
    if state in SETTLED or (first_day is not None and done_on < first_day):
        return Becomes.HISTORY
    return Becomes.DRAFT


def require_ours(format: object, version: object) -> None:
    """Invalid: `not-a-portfolio`, `unknown-format-version`."""
    if format != FORMAT:
        raise Invalid("not-a-portfolio")
    if version != VERSION:
        raise Invalid("unknown-format-version", version=str(version)[:20])


def require_same_register(theirs: str, ours: str) -> None:
    """Invalid("other-register"): what counts in one register is nothing in another."""
    if theirs != ours:
        raise Invalid("other-register")
