"""What comes in and goes out about enrolment, applications and entries."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import Field, StringConstraints

from auth.schemas import NewPerson, Schema
from core.fields import Day, Identifier, NeededLine, Text
from register.assessment.facts import ProofKind, Role, Sector
from register.registration.policy import ApplicationKind, Register, Route

BoardNumber = Annotated[Identifier, StringConstraints(pattern=r"^[0-9]{5}$")]
LocationCode = Annotated[Identifier, StringConstraints(pattern=r"^[0-9]{2}[A-Z0-9]{2}([0-9]{2})?$")]


class NewEnrolment(NewPerson):
    """Everything that art. 5(2) asks: the person, the employer by board number, the school, and the register."""

    register_code: Register
    role: Role
    board_number: BoardNumber
    location_code: LocationCode
    """BRIN and location (`00AH00`), or the BRIN alone for its main location."""
    appointed_on: Day
    statutory_director: bool = False
    employer_responsibility: bool = False


class NewQualification(Schema):
    """What a teacher may teach, and the hours worked in it this period."""

    name: NeededLine
    work_hours: Annotated[int, Field(ge=0, le=100_000)] | None = None


class NewApplication(Schema):
    """A request to the committee; `route` says on what it rests."""

    register_code: Register
    kind: ApplicationKind = ApplicationKind.REGISTRATION
    route: Route
    sector: Sector | None = None
    qualifications: Annotated[list[NewQualification], Field(max_length=20)] = []
    statement: Text = ""


class NewProof(Schema):
    """A document; its file follows. `programme_code` is that of the accredited offer, or a CROHO code."""

    kind: ProofKind
    programme_code: Annotated[Identifier, StringConstraints(max_length=20)] | None = None
    issued_on: Day
    ects: Annotated[Decimal, Field(ge=0, le=999, max_digits=5, decimal_places=1)] | None = None


class EnrolmentAccepted(msgspec.Struct, frozen=True):
    """The same answer whether or not the address was known: sign in to see the register number."""

    status: str = "accepted"


class ProofView(msgspec.Struct, frozen=True):
    """A document behind an application; `sha256` once it is frozen."""

    id: UUID
    kind: str
    programme_code: str | None
    issued_on: date
    ects: Decimal | None
    file_name: str | None
    file_size: int | None
    sha256: str | None


class ApplicationView(msgspec.Struct, frozen=True):
    """An application with where it stands; `open_moves` are the events that its state allows."""

    id: UUID
    number: str
    register_code: str
    kind: str
    route: str
    state: str
    sector: str | None
    statement: str
    qualifications: Sequence[dict[str, object]]
    started_at: datetime
    submitted_at: datetime | None
    received_on: date | None
    decision_due_on: date | None
    open_moves: Sequence[str]
    proofs: Sequence[ProofView]
    decision_id: UUID | None


class RegistrationView(msgspec.Struct, frozen=True):
    """Where the person stands in a register."""

    id: UUID
    register_code: str
    status: str
    title: str
    level: str | None
    registered_on: date | None
    period_began_on: date | None
    due_on: date | None


class PublicEntryView(msgspec.Struct, frozen=True):
    """What everybody may know: leaders with board, teachers with school and town."""

    register_number: str
    register_code: str
    name: str
    title: str
    level: str | None
    status: str
    registered: bool
    valid_until: date | None
    board: str
    school: str
    town: str
