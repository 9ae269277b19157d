"""What comes in about disputes, one schema for each deed, and what goes out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from pydantic import BeforeValidator, Field

from appeals.costs import CostAct, CostWeight
from appeals.disputes.filing import FilingChannel, FormItem
from appeals.disputes.policy import Outcome, Waiver
from appeals.ports import Proposal
from auth.schemas import Schema
from core import typed
from core.fields import Clock, Day, Email, Identifier, Line, Name, NeededLine, NeededText, Text

TypedDay = Annotated[Day, BeforeValidator(typed.day)]


def _amount(value: object) -> object:
    return (typed.number(value) if value.strip() else 0) if isinstance(value, str) else value


def _several(value: object) -> object:
    return value.split() if isinstance(value, str) else value


Numbers = Annotated[list[Identifier], BeforeValidator(_several), Field(min_length=1, max_length=10)]
Items = Annotated[list[FormItem], BeforeValidator(_several), Field(max_length=6)]
CostActs = Annotated[list[CostAct], BeforeValidator(_several), Field(max_length=3)]
YesNo = Literal["yes", "no"]


class NewFiling(Schema):
    """An objection or appeal. By web the rest follows from who is signed in; the office enters a letter as it came."""

    decisions: Numbers
    """Numbers as they stand on the letters, `B2026-7KQ4MX`; in an appeal, that of a request on which nothing was
    decided in time, `A2026-7KQ4MX`."""
    grounds: Text = ""
    on_behalf_of: Identifier | None = None
    """The register number of the addressee, where a representative files."""
    asks_costs: bool = False
    channel: FilingChannel = FilingChannel.WEB
    received_on: TypedDay | None = None
    posted_on: TypedDay | None = None
    received_elsewhere_on: TypedDay | None = None
    forwarded_from: Line = ""
    missing: Items = []
    representative_name: Name = ""
    representative_email: Email | None = None
    representative_address: Text = ""
    """Where letters go on paper to who speaks for the party and has no account, a line each."""
    chamber: Literal["registration", "certification"] | None = None


class AskRepair(Schema):
    """Which of the items of Awb 6:5 are missing."""

    missing: Annotated[Items, Field(min_length=1)]


class Repair(Schema):
    """What was missing; the grounds in words, the other items by name."""

    grounds: Text = ""
    repaired: Items = []


class Check(Schema):
    """Term and form looked at; for a late filing a reasoned yes or no on the excuse (Awb 6:11)."""

    advisory: bool = False
    """By an advisory committee (Awb 7:13), which gives twelve weeks instead of six."""
    excused: YesNo | None = None
    excuse_reasons: Text = ""


class CheckAppeal(Schema):
    """As `Check`; the body may answer until a day that the chamber sets."""

    defence_until: TypedDay
    excused: YesNo | None = None
    excuse_reasons: Text = ""


class NewSeat(Schema):
    """Somebody who will hear or judge; one of them is in the chair.

    On an objection with an advisory committee an adviser sits in that, a member of the body among who decides.
    """

    member_id: UUID
    chair: bool = False


class NewHearing(Schema):
    """When and where."""

    held_on: TypedDay
    at: Clock = "10:00"
    place: NeededLine


class WaiveHearing(Schema):
    """Why nobody need be heard; it is repeated in the decision (Awb 7:12)."""

    ground: Waiver
    waiver_reasons: NeededText


class AskHearing(Schema):
    """Until when the party can say whether it wants to be heard."""

    reply_until: TypedDay


class Minutes(Schema):
    """What was said (Awb 7:7), and who was there beside those who sat: party, representative, body, witnesses."""

    minutes: NeededText
    also_present: Line = ""


class Vote(Schema):
    """The outcome that a member wants."""

    outcome: Outcome


class Recuse(Schema):
    """Why a member steps aside, for good."""

    recuse_ground: Literal["personal-relation", "worked-together", "advised-before", "other-interest"]


class Advice(Schema):
    """The advice, for the outcome that the majority wants."""

    advice: NeededText


class Defence(Schema):
    """What the body answers."""

    defence: NeededText


class AskInterim(Schema):
    """Why it cannot wait for the decision on the objection or appeal."""

    interim_reasons: NeededText


class DecideInterim(Schema):
    """Whether what is contested is suspended meanwhile, and why; it ends with the decision, or on an earlier day."""

    interim_granted: YesNo
    interim_answer: NeededText
    interim_until: TypedDay | None = None


class Consent(Schema):
    """Until when the filer consents to wait (Awb 7:10(4))."""

    consented_until: TypedDay


class Withdrawal(Schema):
    """In writing, or by word of mouth at the hearing (Awb 6:21)."""

    at_hearing: bool = False


class Forwarding(Schema):
    """Which body is competent, in the words of the letter."""

    sent_to: NeededLine


class Nothing(Schema):
    """A deed that needs no words."""


class Ruling(Schema):
    """What is decided, and why; `replacements` puts other decisions in the place of contested ones.

    `revocations` are contested decisions that are taken back (herroepen) with nothing in their place (Awb 7:11(2)).
    """

    outcome: Outcome
    reasons: NeededText
    ground: Annotated[str, Field(max_length=60)] = ""
    """Why it is inadmissible: `late`, `omission`, `no-interest`, `not-a-decision`."""
    deviation: Text = ""
    """Why it is not what the advice says (Awb 7:13(7))."""
    award_costs: bool = False
    costs_reasons: Text = ""
    """Why costs that were asked are not paid, where what was contested changes (Awb 7:15(2))."""
    costs_acts: CostActs = []
    """For which acts costs are paid; none chosen means the filing, and the hearing where there was one."""
    costs_weight: CostWeight = CostWeight.AVERAGE
    costs_other: Annotated[Decimal, BeforeValidator(_amount), Field(ge=0, le=100_000, decimal_places=2)] = Decimal(0)
    """What else is paid, such as travel or an expert, in euros."""
    passed_over: bool = False
    """A defect that harmed nobody was passed over (Awb 6:22)."""
    replacements: Annotated[list[Proposal], Field(max_length=10)] = []
    revocations: Annotated[list[UUID], BeforeValidator(_several), Field(max_length=10)] = []


KeptGround = Literal["", "privacy-of-others", "business", "weighty-reasons"]
KEPT_GROUNDS = ("privacy-of-others", "business", "weighty-reasons")
"""Why a piece is kept from a party: secrecy must be called for by weighty reasons (Awb 7:4(6), compare 8:29)."""


class MarkPiece(Schema):
    """Which piece is kept from the filer and why; an empty ground lays it open."""

    piece_id: UUID
    kept_ground: KeptGround = ""


class ContestedView(msgspec.Struct, frozen=True):
    """A decision that is contested; `joined` by itself because it replaced one that was (Awb 6:19)."""

    id: UUID
    number: str
    kind: str
    outcome: str
    state: str
    notified_on: date | None
    last_day: date | None
    days_late: int
    joined: bool


class SeatView(msgspec.Struct, frozen=True):
    """Who sits; what they voted shows to who handles or judges it, once the dispute is decided.

    `advises`: in the advisory committee, so without a vote on the decision.
    """

    member_id: UUID
    chair: bool
    recused: bool
    voted: bool
    advises: bool
    vote: str


class PieceView(msgspec.Struct, frozen=True):
    """A numbered document of the file; of one that is kept from the reader only the number and the ground show."""

    id: UUID
    position: int
    title: str
    sha256: str
    pages: int
    received_on: date
    only_for: str
    kept_ground: str
    kept_from_you: bool
    maker: str | None = None
    """From whom it comes: `party`, `representative`, `body`, `advisers`, `chamber`."""
    made_on: date | None = None


class DisputeView(msgspec.Struct, frozen=True):
    """An objection or appeal; `open_moves` are the deeds that this actor may do now."""

    id: UUID
    kind: str
    number: str
    register_code: str
    state: str
    filed_by: str
    channel: str
    received_on: date
    posted_on: date | None
    received_elsewhere_on: date | None
    grounds: str
    contested: Sequence[ContestedView]
    missing: Sequence[str]
    repair_until: date | None
    late: bool
    excused: bool | None
    advisory: bool
    chamber: str
    moved_from: str
    against_silence: bool
    about_number: str | None
    """The request or objection that was not decided on in time."""
    body: str
    """The committee that decides on an objection: `registration` or `accreditation`."""
    seats: Sequence[SeatView]
    draft: Mapping[str, Any] | None
    """The decision that was laid before the members of the body, for who handles or judges it."""
    hearing: Mapping[str, Any] | None
    waived: str | None
    minutes: str
    advice: str
    advised_outcome: str
    defence: str
    decision_due_on: date
    due_steps: Sequence[Mapping[str, str]]
    adjourned: bool
    consented_until: date | None
    suspensions: Sequence[Mapping[str, str]]
    penalty: Mapping[str, Any] | None
    asks_costs: bool
    interim: Mapping[str, Any] | None
    """The last request to suspend meanwhile what is contested: asked, granted, refused, ended or lapsed, and why."""
    forwarded_to: UUID | None
    pieces: Sequence[PieceView]
    decision_id: UUID | None
    outcome: str | None
    open_moves: Sequence[str]
    received_at: datetime


class ServiceView(msgspec.Struct, frozen=True):
    """One way in which a contested decision was made known, and from which day its term ran (Awb 3:41, 6:8)."""

    decision: str
    """Its number."""
    channel: str
    state: str
    sent_on: date | None
    notice: str
    """What became of the notice by e-mail: `accepted`, `returned`, `underway`; empty when there was none."""
    read_at: datetime | None
    term_starts_on: date | None
    """The day after it was made known; none where another way counts."""


class TermView(msgspec.Struct, frozen=True):
    """One term that runs, with the article and the dispute."""

    dispute_id: UUID
    kind: str
    number: str
    task: str
    due_on: date
    article: str
    breached: bool
