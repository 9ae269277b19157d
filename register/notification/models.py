"""The message box of a person, and the proof of each way in which a decision was made known: its row, its letter."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from core.decisions import Channel
from core.store.db import Versioned, choice
from register.notification.policy import DELIVERY, Delivery


class BoxMessage(Versioned, table=True):
    """One message in somebody's message box (berichtenbox); the mail that goes with it tells nothing of it."""

    __tablename__ = "box_message"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    topic: str = Field(max_length=60)
    subject: str = Field(max_length=200)
    body: str
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id", index=True)
    placed_at: datetime
    read_at: datetime | None = None


class MakingKnown(Versioned, table=True):
    """One way in which a decision went to its addressee. `sent_on` is the day that starts the term to object.

    `mail_id` is the notice in the outbox, where it stands whether a mail server took it or sent it back.
    """

    __tablename__ = "making_known"
    __table_args__ = (sa.Index("ix_making_known_waiting", "state", "begun_at"),)

    decision_id: UUID = Field(foreign_key="decision.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    channel: Channel = Field(sa_type=choice(Channel))
    state: Delivery = Field(default=DELIVERY.start, sa_type=choice(Delivery))
    begun_at: datetime
    sent_on: date | None = None
    read_at: datetime | None = None
    message_id: UUID | None = Field(default=None, foreign_key="box_message.id")
    mail_id: UUID | None = Field(default=None, index=True)


class CaseLetter(Versioned, table=True):
    """A letter in an objection or appeal to a party or to who speaks for it, and how it went.

    `words` are those of the letter; while it waits for the post its day and address are filled in when it is printed.
    """

    __tablename__ = "case_letter"
    __table_args__ = (sa.Index("ix_case_letter_waiting", "state", "begun_at"),)

    dispute_id: UUID = Field(foreign_key="dispute.id", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    """Whose case it is."""
    to_id: UUID | None = Field(default=None, index=True)
    """Who gets it; none where somebody without an account speaks for the party."""
    name: str = Field(max_length=160)
    topic: str = Field(max_length=60)
    number: str = Field(max_length=20)
    subject: str = Field(max_length=200)
    words: str
    term_days: int | None = None
    """Days from the day on which it goes until the day that it names; none where it names none that moves."""
    starts: bool = False
    """Whether that term runs from the day on which this one went, and not from a copy's (Awb 6:17)."""
    channel: Channel = Field(sa_type=choice(Channel))
    state: Delivery = Field(default=DELIVERY.start, sa_type=choice(Delivery))
    begun_at: datetime
    sent_on: date | None = None
    read_at: datetime | None = None
    message_id: UUID | None = Field(default=None, foreign_key="box_message.id")
    mail_id: UUID | None = Field(default=None, index=True)


class SentLetter(Versioned, table=True):
    """A letter as it went out; one that came back and went again has two.

    Its words are kept when it goes, its bytes (`sha256`, empty until then) once it is pressed, right after; letters of
    releases before have their bytes alone.
    """

    __tablename__ = "sent_letter"
    __table_args__ = (sa.UniqueConstraint("decision_id", "sent_on"),)

    decision_id: UUID = Field(foreign_key="decision.id")
    sent_on: date
    sha256: str = Field(default="", max_length=64)
    size: int = 0
    made_at: datetime
    words: str | None = None


class PrintedLetter(Versioned, table=True):
    """A letter was printed to go on a day. Its paper tells that day and the last day to object that follows from it."""

    __tablename__ = "printed_letter"
    __table_args__ = (sa.UniqueConstraint("decision_id", "sent_on"),)

    decision_id: UUID = Field(foreign_key="decision.id")
    sent_on: date
    printed_at: datetime
