"""Entries, applications with their proofs, appointments, and the projection that the public search reads."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core import names
from core.store import indexing
from core.store.db import Row, Versioned, choice, json_column, key_column
from core.store.indexing import Indexed
from register.entries.policy import (
    APPLICATION,
    QUALIFICATION,
    REGISTRATION,
    ApplicationKind,
    ApplicationState,
    QualificationState,
    Register,
    Route,
    Status,
)
from register.rules.assessment.facts import Level, ProofKind, Role, Sector


class Appointment(Versioned, table=True):
    """Somebody's post at a board, with the school or schools led or taught at (art. 5(2))."""

    __tablename__ = "appointment"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    board_number: str = Field(max_length=5, index=True)
    location_code: str = Field(max_length=6, index=True)
    role: Role = Field(sa_type=choice(Role))
    appointed_on: date
    ended_on: date | None = None
    statutory_director: bool = False
    employer_responsibility: bool = False
    stated_place: str = Field(default="", max_length=200)
    """A school that is not in the list, as it was typed; then both codes are empty until the office finds them."""


class Registration(Versioned, table=True):
    """Where one person stands in one register. `period_began_on` is the day from which the running period counts."""

    __tablename__ = "registration"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "register_code"),
        sa.Index("ix_registration_due", "status", "due_on"),
    )

    person_id: UUID = Field(foreign_key="person.id")
    register_code: Register = Field(sa_type=choice(Register))
    status: Status = Field(default=REGISTRATION.start, sa_type=choice(Status))
    title: str = Field(default="", max_length=40)
    level: str | None = Field(default=None, max_length=40)
    registered_on: date | None = None
    period_began_on: date | None = None
    due_on: date | None = None
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    duty_overdue: bool = False
    """Appointed, the time to qualify has passed, and nothing was asked: the sweep keeps it."""
    withheld: bool | None = None
    """True while its person objects to its publication with success, or until that is weighed (AVG 21, 18)."""
    erased_on: date | None = None
    """When what was kept for it was erased, its term being over (AVG 5(1)(e))."""


class EntryVersion(Row, table=True):
    """What an entry says from a day on, and when we recorded it: append only (a trigger in both databases).

    A later line (`seq`) takes the place of every earlier one from its own `holds_from` onwards, so that an upheld
    objection works back without a gap; what was said before it still stands in the earlier lines.
    """

    __tablename__ = "entry_version"
    __table_args__ = (sa.UniqueConstraint("registration_id", "seq"),)

    registration_id: UUID = Field(foreign_key="registration.id")
    seq: int
    event: str = Field(max_length=40)
    holds_from: date = Field(index=True)
    recorded_at: datetime
    status: Status = Field(sa_type=choice(Status))
    title: str = Field(default="", max_length=40)
    level: str | None = Field(default=None, max_length=40)
    registered_on: date | None = None
    period_began_on: date | None = None
    due_on: date | None = None
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")


class Application(Versioned, table=True):
    """One request to the committee. `asked` keeps what the applicant stated beside the proofs."""

    __tablename__ = "application"

    number: str = Field(max_length=20, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    register_code: Register = Field(sa_type=choice(Register))
    kind: ApplicationKind = Field(sa_type=choice(ApplicationKind))
    route: Route = Field(sa_type=choice(Route))
    state: ApplicationState = Field(default=APPLICATION.start, sa_type=choice(ApplicationState), index=True)
    sector: Sector | None = Field(default=None, sa_type=choice(Sector))
    qualifications: list[dict[str, Any]] = Field(default_factory=list, sa_type=json_column())
    statement: str = ""
    started_at: datetime
    submitted_at: datetime | None = None
    received_on: date | None = None
    decision_due_on: date | None = None
    told_due_on: date | None = None
    """The last day to decide that the applicant was told last; none in a file of before these were kept."""
    late_told_on: date | None = None
    """When the applicant heard that it was not decided in time (Awb 4:14)."""
    requested_months: int | None = None
    ground: str | None = Field(default=None, max_length=40)
    admitted_by: str | None = Field(default=None, max_length=60)
    second_opinion: bool = False
    sampled: bool | None = None
    sent_to: str | None = Field(default=None, max_length=160)
    """Which other body it was sent on to, since that is competent (Awb 2:3)."""


class CompletionRequest(Versioned, table=True):
    """What an application lacked, and until when it could be completed (Awb 4:5(1)); meanwhile no term ran (4:15)."""

    __tablename__ = "completion_request"

    application_id: UUID = Field(foreign_key="application.id", index=True)
    person_id: UUID
    items: list[str] = Field(default_factory=list, sa_type=json_column())
    note: str = ""
    asked_on: date
    until_on: date
    ended_on: date | None = None
    """The day on which it was completed, or the day after the term ran out unused."""


class ApplicationProof(Versioned, table=True):
    """A document behind an application; `programme_code` names an accredited or imported programme."""

    __tablename__ = "application_proof"

    application_id: UUID = Field(foreign_key="application.id", index=True)
    person_id: UUID
    kind: ProofKind = Field(sa_type=choice(ProofKind))
    programme_code: str | None = Field(default=None, max_length=20)
    issued_on: date
    ects: Decimal | None = Field(default=None, max_digits=6, decimal_places=1)
    level: Level | None = Field(default=None, sa_type=choice(Level))
    """As a diploma valuation (individuele diplomawaardering) states it."""
    file_id: UUID | None = Field(default=None, foreign_key="stored_file.id")
    frozen_sha256: str | None = Field(default=None, max_length=64)


class Qualification(Versioned, table=True):
    """One qualification of one application, with the decision on it; `main_id` is the decision on the application."""

    __tablename__ = "qualification"

    person_id: UUID = Field(foreign_key="person.id", index=True)
    registration_id: UUID = Field(foreign_key="registration.id", index=True)
    application_id: UUID = Field(foreign_key="application.id", index=True)
    name: str = Field(max_length=160)
    sector: Sector | None = Field(default=None, sa_type=choice(Sector))
    pedagogic_note: bool = False
    """In vocational education: the pedagogic note (pedagogische aantekening) instead of a teaching degree."""
    state: QualificationState = Field(default=QUALIFICATION.start, sa_type=choice(QualificationState))
    main_id: UUID = Field(foreign_key="decision.id", index=True)
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    registered_on: date | None = None
    due_on: date | None = None


class PublicWord(SQLModel, table=True):
    """A word by which the public finds an entry that is not hidden, in the order in which entries are listed."""

    __tablename__ = "public_word"
    __table_args__ = (sa.Index("ix_public_word_entry", "register_number", "register_code"),)

    word: str = Field(primary_key=True, sa_type=key_column(200))
    name_key: str = Field(primary_key=True, sa_type=key_column(names.LONGEST_KEY))
    register_number: str = Field(primary_key=True, max_length=8)
    register_code: Register = Field(primary_key=True, sa_type=choice(Register))


class WordSlip(SQLModel, table=True):
    """A word of a name with one letter left out: who mistypes a name reaches it by a slip that both share.

    Words stay when nobody bears them any more; only what an entry bears is ever proposed.
    """

    __tablename__ = "word_slip"

    slip: str = Field(primary_key=True, sa_type=key_column(names.LONGEST_SLIP))
    word: str = Field(primary_key=True, sa_type=key_column(names.LONGEST_SLIP))


class PublicEntry(SQLModel, Indexed, table=True):
    """What everybody may know of one entry, written in the transaction that changes it; `verify` derives it anew."""

    __tablename__ = "public_entry"
    __traced__: ClassVar[bool] = False
    __indexed_by__ = ("name_key", "hidden")
    __table_args__ = (
        sa.Index("ix_public_entry_name", "name_key", "register_number", "register_code"),
        sa.Index("ix_public_entry_person", "person_id"),
    )

    register_number: str = Field(primary_key=True, max_length=8)
    register_code: Register = Field(primary_key=True, sa_type=choice(Register))
    person_id: UUID = Field(foreign_key="person.id")
    name: str = Field(max_length=400)
    name_key: str = Field(sa_type=key_column(names.LONGEST_KEY))
    title: str = Field(max_length=40)
    level: str | None = Field(default=None, max_length=40)
    status: Status = Field(sa_type=choice(Status))
    valid_until: date | None = None
    board: str = Field(default="", max_length=255)
    school: str = Field(default="", max_length=255)
    town: str = Field(default="", max_length=255)
    hidden: bool = False
    """Not for the public: at risk, or not registered yet."""

    @classmethod
    def index_rows(cls, row: "PublicEntry") -> Iterator[tuple[sa.Table, dict[str, Any]]]:
        if row.hidden:
            return
        entry = {"register_number": row.register_number, "register_code": row.register_code}
        for word in set(row.name_key.split()):
            yield WORD, {"word": word[:200], "name_key": row.name_key, **entry}
            for slip in names.slips(word):
                yield SLIP, {"slip": slip, "word": word}

    @classmethod
    def index_gone(cls, row: "PublicEntry") -> sa.Delete:
        same = WORD.c.register_number == row.register_number
        return sa.delete(WORD).where(same, WORD.c.register_code == row.register_code)


WORD: sa.Table = PublicWord.__table__  # type: ignore[attr-defined]
SLIP: sa.Table = WordSlip.__table__  # type: ignore[attr-defined]
indexing.follow(PublicEntry)
