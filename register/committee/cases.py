"""A case as the committee's agenda knows it, and the port through which each room that brings cases is asked."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from core.decisions import Decision
from core.panel.service import PanelItem, PanelSession
from core.panel.votes import Outcome, Tally
from core.store.work import Work
from register.committee.ruling import NewRuling
from register.entries.policy import Register


@dataclass(frozen=True)
class Case:
    """One case: whose it is, of which kind, and until when a decision may wait."""

    id: UUID
    room: str
    kind: str
    """What is decided: `registration`, `reregistration`, `lapse`."""
    number: str
    person_id: UUID
    registration_id: UUID
    register: Register
    decide_by: date | None


@dataclass(frozen=True)
class CaseSource:
    """What a room does with its own cases when the committee asks."""

    name: str
    cases: Callable[[Work, Collection[UUID]], Awaitable[Sequence[Case]]]
    ready_for_session: Callable[[Work, int], Awaitable[Sequence[Case]]]
    """Cases that wait for an agenda, the nearest last day first, never those of who asks."""
    put_on: Callable[[Work, UUID], Awaitable[None]]
    """Moves the case onto an agenda; Refused("wrong-state") unless it is ready, Forbidden("own-case")."""
    send_back: Callable[[Work, UUID, UUID], Awaitable[None]]
    """(case, session) Ready again: a tie, or no time left."""
    summary: Callable[[Work, UUID, date], Awaitable[dict[str, Any]]]
    """What the rules make of it on that day: what members vote on."""
    decide: Callable[[Work, PanelItem, PanelSession, Tally, NewRuling], Awaitable[Decision | None]]
    """Takes the decision that follows from the votes; None where none does."""
    draft: Callable[[Work, PanelItem, PanelSession, Outcome, NewRuling], Awaitable[Decision | None]]
    """The same decision, drawn up and not taken: what its letter would tell."""
