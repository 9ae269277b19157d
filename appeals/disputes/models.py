"""Disputes with what they contest, who sits, who may not, who speaks for whom, hearings and pieces."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from appeals.disputes.filing import FiledBy, FilingChannel
from appeals.disputes.policy import INTERIM, InterimState, Kind, Waiver
from core.store.db import Row, Versioned, choice, json_column


class Dispute(Versioned, table=True):
    """One objection or appeal. `decision_due_on` is the body's own term, always counted anew by core.law.terms."""

    __tablename__ = "dispute"
    __table_args__ = (sa.Index("ix_dispute_kind_state", "kind", "state"),)

    kind: Kind = Field(sa_type=choice(Kind))
    number: str = Field(max_length=20, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    representative_id: UUID | None = Field(default=None, index=True)
    organisation_id: UUID | None = Field(default=None, index=True)
    register_code: str = Field(max_length=40)
    state: str = Field(max_length=40)
    filed_by: FiledBy = Field(sa_type=choice(FiledBy))
    channel: FilingChannel = Field(sa_type=choice(FilingChannel))
    received_at: datetime
    received_on: date
    posted_on: date | None = None
    received_elsewhere_on: date | None = None
    forwarded_from: str = Field(default="", max_length=160)
    forwarded_to: UUID | None = None
    grounds: str = ""
    costs_asked_on: date | None = None
    missing: str = Field(default="", max_length=120)
    repair_asked_on: date | None = None
    repair_until: date | None = None
    repaired_on: date | None = None
    excused: bool | None = None
    excuse_reasons: str = ""
    advisory: bool = False
    chamber: str = Field(default="", max_length=40)
    moved_from: str = Field(default="", max_length=40)
    hearing_declined_on: date | None = None
    """When the party said that it does not want to be heard (Awb 7:3 under c, 7:17)."""
    hearing_reply_until: date | None = None
    """Until when the party could say whether it wants to be heard (Awb 7:3 under d, 7:17)."""
    waived: Waiver | None = Field(default=None, sa_type=choice(Waiver))
    waiver_reasons: str = ""
    minutes: str = ""
    advice: str = ""
    advised_outcome: str = Field(default="", max_length=40)
    defence: str = ""
    defence_until: date | None = None
    suspensions: list[dict[str, str]] = Field(default_factory=list, sa_type=json_column())
    decision_due_on: date
    told_due_on: date | None = None
    """The last day to decide that the filer was told last; none in a case of before these were kept."""
    adjourned_on: date | None = None
    consented_until: date | None = None
    default_notice_on: date | None = None
    against_silence: bool = False
    about_id: UUID | None = Field(default=None, index=True)
    """The request or objection that was not decided on in time (Awb 6:2); a decision on it joins by itself (6:20)."""
    about_number: str | None = Field(default=None, max_length=20)
    body: str | None = Field(default=None, max_length=20)
    """The committee that decides on an objection (Awb 6:4); none in a case of before this was kept, or an appeal."""
    draft: dict[str, Any] | None = Field(default=None, sa_type=json_column())
    """The decision that was laid before the members of the body, on which they vote."""
    round: int = 0
    changes: int = 0
    remitted_on: date | None = None
    ruling: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    ended_on: date | None = None
    kept_from_on: date | None = None
    """From when all that is said in it is kept as a piece; none in a case of before that was so."""


class Contested(Versioned, table=True):
    """A decision that a dispute is about. `notified_on` None: filed too early, which is not fatal (Awb 6:10)."""

    __tablename__ = "contested"
    __table_args__ = (sa.UniqueConstraint("dispute_id", "decision_id"),)

    dispute_id: UUID = Field(foreign_key="dispute.id", index=True)
    person_id: UUID
    decision_id: UUID = Field(foreign_key="decision.id", index=True)
    last_day: date | None = None
    days_late: int = 0


class Exclusion(Row, table=True):
    """Who may not see or handle a dispute, with the ground; `verify` finds them anew."""

    __tablename__ = "exclusion"
    __table_args__ = (sa.UniqueConstraint("dispute_id", "member_id"),)
    __traced__: ClassVar[bool] = False

    dispute_id: UUID = Field(foreign_key="dispute.id", index=True)
    member_id: UUID = Field(index=True)
    ground: str = Field(max_length=60)


class Seat(Versioned, table=True):
    """Somebody who hears or judges a dispute; once stepped aside, for good. `vote` is an outcome.

    `advises`: in the advisory committee (Awb 7:13), so that they never vote on the decision; none in a case of before
    this was kept. `involved`: had a hand in what is contested, and votes because the body has too few others.
    """

    __tablename__ = "dispute_seat"
    __table_args__ = (sa.UniqueConstraint("dispute_id", "member_id"),)

    dispute_id: UUID = Field(foreign_key="dispute.id", index=True)
    member_id: UUID = Field(index=True)
    chair: bool = False
    advises: bool | None = None
    involved: bool | None = None
    vote: str = Field(default="", max_length=40)
    recused: str = Field(default="", max_length=60)

    def stream(self) -> str:
        return f"dispute/{self.dispute_id}"


class Representative(Versioned, table=True):
    """Who speaks for a filer; `member_id` when they have an account. Letters go at least to them (Awb 6:17)."""

    __tablename__ = "representative"

    dispute_id: UUID = Field(foreign_key="dispute.id", unique=True)
    person_id: UUID
    name: str = Field(max_length=160)
    email: str = Field(max_length=254)
    mandate_seen_on: date | None = None
    postal: str | None = None
    """Where letters go on paper, a line each, of who has no account."""


class Hearing(Versioned, table=True):
    """A planned hearing (hoorzitting), with the days that go with it (Awb 7:4)."""

    __tablename__ = "hearing"

    dispute_id: UUID = Field(foreign_key="dispute.id", index=True)
    person_id: UUID
    held_at: datetime
    held_on: date
    place: str = Field(max_length=160)
    documents_until: date
    inspection_from: date
    held: bool = False


class Piece(Versioned, table=True):
    """A numbered document in the file; `only_for` keeps it from the filer, on a ground (Awb 7:4(6), 7:18(6)).

    `decision_id` names the contested decision whose papers it belongs to; none where somebody handed it in.
    """

    __tablename__ = "piece"
    __table_args__ = (sa.UniqueConstraint("dispute_id", "position"),)

    dispute_id: UUID = Field(foreign_key="dispute.id", index=True)
    person_id: UUID
    position: int
    title: str = Field(max_length=160)
    file_id: UUID = Field(foreign_key="stored_file.id")
    sha256: str = Field(max_length=64)
    pages: int = 1
    received_on: date
    mandate: bool = False
    only_for: str = Field(default="", max_length=20)
    kept_ground: str | None = Field(default=None, max_length=40)
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    paper: str | None = Field(default=None, max_length=60)
    """What we wrote down ourselves (`written.Paper`, a deed of the party, the topic of a letter); none if handed in."""
    maker: str | None = Field(default=None, max_length=20)
    made_on: date | None = None


class InterimRequest(Versioned, table=True):
    """A request to suspend, while an objection or appeal runs, what works already (compare Awb 6:16, 8:81)."""

    __tablename__ = "interim_request"

    dispute_id: UUID = Field(foreign_key="dispute.id", index=True)
    person_id: UUID
    state: InterimState = Field(default=INTERIM.start, sa_type=choice(InterimState))
    reasons: str
    asked_on: date
    answer: str = ""
    decided_by: UUID | None = None
    decided_on: date | None = None
    until_on: date | None = None
    """The last day of the suspension, where it ends before the decision on the objection or appeal."""
    halted: list[str] = Field(default_factory=list, sa_type=json_column())
    """The contested decisions, by id, that do not work meanwhile."""
    ended_on: date | None = None


class Told(Row, table=True):
    """That a term of a dispute came near or ran out, and who had to know it was told; once for each day it was due."""

    __tablename__ = "dispute_told"
    __table_args__ = (sa.UniqueConstraint("dispute_id", "what", "due_on"),)
    __traced__: ClassVar[bool] = False

    dispute_id: UUID = Field(foreign_key="dispute.id", index=True)
    what: str = Field(max_length=40)
    due_on: date
    told_on: date
