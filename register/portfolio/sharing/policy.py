"""PURE: how far a share reaches, until when, and what somebody with several of them may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from core.errors import Invalid, Refused


class Scope(StrEnum):
    """How much of a portfolio is shown."""

    WHOLE = "whole"
    PERIOD = "period"
    ENTRIES = "entries"


class Looked(StrEnum):
    """What became of a look at somebody else's portfolio."""

    SHOWN = "shown"
    REFUSED = "refused"


@dataclass(frozen=True)
class Grant:
    """One share as it stands: who sees it is the query's, what is seen is decided here."""

    id: UUID
    scope: Scope
    with_files: bool
    period_id: UUID | None
    entry_ids: frozenset[UUID]


@dataclass(frozen=True)
class Sight:
    """What several shares show together: the sum of them, and files only where one of them shows files."""

    grants: tuple[Grant, ...]

    def __bool__(self) -> bool:
        return bool(self.grants)

    @property
    def whole(self) -> bool:
        """Whether sums and norms may be shown: those tell of entries that a narrower share keeps back."""
        return any(grant.scope is Scope.WHOLE for grant in self.grants)

    def shows(self, entry_id: UUID, period_id: UUID | None) -> bool:
        """Whether an entry, which counts in that period, is shown."""
        return any(_covers(grant, entry_id, period_id) for grant in self.grants)

    def shows_file(self, entry_id: UUID, period_id: UUID | None) -> bool:
        """Whether its evidence is shown too."""
        return any(grant.with_files and _covers(grant, entry_id, period_id) for grant in self.grants)

    def shows_period(self, period_id: UUID) -> bool:
        """Whether the sums of a period may be told."""
        periods = {grant.period_id for grant in self.grants if grant.scope is Scope.PERIOD}
        return self.whole or period_id in periods


def _covers(grant: Grant, entry_id: UUID, period_id: UUID | None) -> bool:
    if grant.scope is Scope.WHOLE:
        return True
    if grant.scope is Scope.PERIOD:
        return period_id is not None and grant.period_id == period_id
    return entry_id in grant.entry_ids


def stands(until_on: date, ended: bool, today: date) -> bool:
    """Whether a share still holds: compared at use, its last day included."""
    return not ended and today <= until_on


def require_scope(scope: Scope, period_id: UUID | None, entry_ids: Collection[UUID]) -> None:
    """A scope names what it is about and nothing else. Invalid: `period-missing`, `entries-missing`, `not-in-scope`."""
    errors = []
    if scope is Scope.PERIOD and period_id is None:
        errors.append(("period_id", "period-missing"))
    if scope is Scope.ENTRIES and not entry_ids:
        errors.append(("entry_ids", "entries-missing"))
    if scope is not Scope.PERIOD and period_id is not None:
        errors.append(("period_id", "not-in-scope"))
    if scope is not Scope.ENTRIES and entry_ids:
        errors.append(("entry_ids", "not-in-scope"))
    if errors:
        raise Invalid("invalid-input", errors)


def require_one_reader(board: object, person: object) -> None:
    """A share is for a board or for a person: Invalid("board-or-person")."""
    if (board is None) == (person is None):
        raise Invalid("invalid-input", [("board_number", "board-or-person")])


def require_to_come(until_on: date, today: date) -> None:
    """Invalid("until-in-the-past"): a share lasts at least today."""
    if until_on < today:
        raise Invalid("invalid-input", [("until_on", "until-in-the-past")])


def require_standing(*, ended: bool) -> None:
    """Refused("share-ended"): what was taken back is taken back."""
    if ended:
        raise Refused("share-ended")
