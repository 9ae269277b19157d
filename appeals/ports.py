"""What disputes need from the rooms above them: who may not judge, who may contest, and what another outcome means."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Protocol
from uuid import UUID

from pydantic import Field

from auth.schemas import Schema
from core.decisions import Channel, Decision, Effect
from core.fields import Day, NeededText, Text
from core.letters import Letter
from core.store.files import StoredFile
from core.store.work import Work
from core.timeline.policy import Telling


class Proposal(Schema):
    """Another decision in the place of a contested one, with what the handling found otherwise than the file said.

    What is left out stands as it did. `points` and `hours` are for a valuation, `points` and `category_hours` for a
    course, `work_hours` for one qualification; the rest is for an application.
    """

    decision_id: UUID
    reasons: NeededText
    grounds: Annotated[list[str], Field(max_length=20)] = []
    repair: Text = ""
    level: Annotated[str, Field(max_length=40)] | None = None
    issued_on: Day | None = None
    ects: Annotated[Decimal, Field(ge=0, le=999, max_digits=5, decimal_places=1)] | None = None
    accredited_from: Day | None = None
    accredited_until: Day | None = None
    recognised: bool | None = None
    points: Annotated[int, Field(ge=0, le=100_000)] | None = None
    hours: Annotated[Decimal, Field(ge=0, le=10_000, max_digits=7, decimal_places=2)] | None = None
    category_hours: dict[str, Annotated[int, Field(ge=1, le=1000)]] = {}
    work_hours: Annotated[Decimal, Field(ge=0, le=100_000, max_digits=7, decimal_places=1)] | None = None


@dataclass(frozen=True)
class Served:
    """One way in which a decision went to its addressee: the proof of when its term began (Awb 3:41, 6:8)."""

    channel: str
    state: str
    sent_on: date | None
    notice: str
    """What became of the notice by e-mail: `accepted`, `returned`, `underway`; empty when there was none."""
    read_at: datetime | None


@dataclass(frozen=True)
class Undecided:
    """A request or objection on which nothing was decided yet, as an appeal against that sees it (Awb 6:2, 6:12)."""

    id: UUID
    number: str
    person_id: UUID
    register_code: str
    notice_on: date | None
    """When the body was given notice of default (ingebrekestelling); the first one."""
    organisation_id: UUID | None = None
    decided: str = ""
    """The number of the decision on it, once that is made known."""


class Matter(Protocol):
    """What a dispute is about, as far as its parties go: a decision, or that there is none."""

    @property
    def person_id(self) -> UUID: ...

    @property
    def organisation_id(self) -> UUID | None: ...

    @property
    def register_code(self) -> str: ...


@dataclass(frozen=True)
class Outgoing:
    """A letter in a dispute to a party or to who speaks for it; `{until}` in it is the day that its term leads to."""

    dispute_id: UUID
    person_id: UUID
    to_id: UUID | None
    name: str
    topic: str
    number: str
    subject: str
    text: str
    letter: Letter
    term_days: int | None = None
    starts: bool = False


UNTIL = "{until}"


@dataclass(frozen=True)
class Halting:
    """How a decision of one kind stops working while it is contested, and works again; it was made known."""

    halt: Effect
    resume: Effect


@dataclass(frozen=True)
class DisputePorts:
    """Filled in `register.service.effects`; a test may fill its own."""

    reconsider: Callable[[Work, Decision, Proposal], Awaitable[Decision]]
    """The decision that takes the place of another one, not taken yet. Refused: `rules-refuse`, `not-reconsidered`."""
    worse: Callable[[Decision, Decision], bool]
    """Whether a decision gives in anything less than the one in whose place it comes."""
    revocations: Mapping[str, Effect]
    """What undoes a decision that is taken back with nothing in its place, by its kind; a kind that is not here leaves
    a request that must be decided, so it is replaced."""
    halts: Mapping[str, Halting]
    """What a decision that works already can be suspended by, by its kind; a kind that is not here gave nothing that
    could stand meanwhile."""
    conflicts: Callable[[Work, Matter, UUID], Awaitable[list[str]]]
    """The grounds on which somebody may not judge, apart from their part in the decision: same board, same provider."""
    may_contest: Callable[[Work, Decision, UUID], Awaitable[bool]]
    """Whether somebody speaks for the addressee: the person, or a member of the provider."""
    chamber_of: Callable[[Matter], str]
    """`registration` or `certification`."""
    undecided: Callable[[Work, str], Awaitable[Undecided | None]]
    """What was asked of the body under this number; None where it is no number of a request that was handed in."""
    decide_by: Callable[[Work, UUID, date], Awaitable[None]]
    """A chamber gave the body a last day to decide on a request (compare Awb 8:55d)."""
    dependents: Callable[[Work, Decision], Awaitable[Sequence[Decision]]]
    """Later decisions that rest on this one, to be put up for reconsideration when it is replaced."""
    penalties: Callable[[Work, Decision], Awaitable[Sequence[Decision]]]
    """The decisions made known on what is owed for being late with this one: they are contested along (Awb 4:19)."""
    look_again: Callable[[Work, Decision, Decision], Awaitable[None]]
    """Open a file about a decision that rested on another one, because of what took that one's place."""
    letter: Callable[[Work, Decision], Awaitable[bytes]]
    """The letter of a decision as PDF: as it was sent, or as it would go today."""
    papers: Callable[[Work, Decision], Awaitable[Sequence[StoredFile]]]
    """What lies behind a decision, its letter first: the documents that were handed in for it."""
    served: Callable[[Work, UUID], Awaitable[Sequence[Served]]]
    """Every way in which a decision went to its addressee, the oldest first."""
    told: Callable[[Work, UUID], Awaitable[Sequence[Telling]]]
    """The letters of a dispute to the party and to who speaks for it, by which way each went, and what became of it."""
    deliver: Callable[[Work, Outgoing], Awaitable[bool]]
    """Send a letter of a case by the message box, or else put it on the posting list; whether it went at once."""
    announce: Callable[[Work, Decision, Channel | None, date | None], Awaitable[object]]
    """Send a decision on its way: by the message box, which makes it known at once, or over the posting list; a channel
    and a day are given where it goes with a letter that went before."""
