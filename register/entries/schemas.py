"""What comes in and goes out about enrolment, applications and entries."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from pydantic import AfterValidator, Field, StringConstraints

from auth.schemas import NewPerson, Schema
from core.fields import Day, Identifier, NeededLine, NeededText, Text, refuse
from register.entries.completeness import Lacking
from register.entries.policy import ApplicationKind, Register, Route
from register.rules.assessment.facts import Level, ProofKind, Role, Sector

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


FULL_TIME_HOURS = 1_659
"""Of a full job in a year (rl-registratie)."""
LONGEST_YEARS = 8
"""No period lasts longer, postponed and conditional."""


def _possible(value: Decimal) -> Decimal:
    if value > FULL_TIME_HOURS * LONGEST_YEARS:
        raise refuse("more-than-full-time")
    return value


Worked = AfterValidator(_possible)
"""Hours of work that one person can have done in one period."""


class NewQualification(Schema):
    """What a teacher may teach, and the hours worked in it this period.

    `pedagogic_note`: in vocational education, on the pedagogic note (pedagogische aantekening).
    """

    name: NeededLine
    work_hours: Annotated[int, Field(ge=0), Worked] | None = None
    pedagogic_note: bool = False


Months = Annotated[int, Field(ge=1, le=120)]
Ground = Annotated[Identifier, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class NewApplication(Schema):
    """A request to the committee; `route` says on what a registration rests, and follows from any other kind.

    A postponement states `requested_months` and `ground`, a level change has its diploma as proof.
    """

    register_code: Register
    kind: ApplicationKind = ApplicationKind.REGISTRATION
    route: Route | None = None
    requested_months: Months | None = None
    ground: Ground | None = None
    sector: Sector | None = None
    qualifications: Annotated[list[NewQualification], Field(max_length=20)] = []
    statement: Text = ""


ProgrammeCode = Annotated[Identifier, StringConstraints(max_length=20)]


class NewProof(Schema):
    """A document; its file follows. `programme_code` is that of the accredited offer, or a CROHO code.

    `level` as a diploma valuation states it; other documents have theirs from the programme.
    """

    kind: ProofKind
    programme_code: ProgrammeCode | None = None
    issued_on: Day
    ects: Annotated[Decimal, Field(ge=0, le=999, max_digits=5, decimal_places=1)] | None = None
    level: Level | None = None


class ChangedApplication(Schema):
    """What an applicant changes in a draft, or while it is to be completed; what is not named stays."""

    sector: Sector | None = None
    qualifications: Annotated[list[NewQualification], Field(max_length=20)] = []
    statement: Text = ""
    requested_months: Months | None = None
    ground: Ground | None = None


class NewCompletionRequest(Schema):
    """What an application lacks, and until when it may be completed: the rule set's day unless a later one is given."""

    items: Annotated[list[Lacking], Field(min_length=1, max_length=10)]
    note: Text = ""
    until_on: Day | None = None


class NewLeaving(Schema):
    """Why an application is left untreated, in words that the applicant understands."""

    reasons: NeededText


class SendingOn(Schema):
    """Which body is competent: its name, and its address or website."""

    sent_to: NeededLine


class CompletionView(msgspec.Struct, frozen=True):
    """What an application lacks; while `ended_on` is null it can be completed and the term to decide stands still."""

    items: Sequence[str]
    note: str
    asked_on: date
    until_on: date
    ended_on: date | None


class ForecastView(msgspec.Struct, frozen=True):
    """How long the last files of this kind took, in days from receipt to letter; a tenth at each end left out."""

    files: int
    median_days: int
    shortest_days: int
    longest_days: int
    expected_on: date | None
    """Null when it takes longer already than most did; `decision_due_on` is the legal term."""


class QualificationView(msgspec.Struct, frozen=True):
    """A qualification that stands in the register, until when."""

    name: str
    sector: str | None
    pedagogic_note: bool
    registered_on: date | None
    due_on: date | None


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
    level: str | None = None


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
    requested_months: int | None = None
    ground: str | None = None
    second_opinion: bool = False
    completion: CompletionView | None = None
    """The last request to complete it, if there was one."""
    sent_to: str | None = None
    """Which other body it was sent on to (Awb 2:3)."""
    warnings: Sequence[str] = ()
    """`later-than-advised`: a renewal that is asked later than the rule set advises; no bar."""
    forecast: ForecastView | None = None
    """Null when it does not wait, or when there are too few files to say anything."""


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
    qualifications: Sequence[QualificationView] = ()


class PublicEntryView(msgspec.Struct, frozen=True):
    """What everybody may know: leaders with board, teachers with school and town.

    `board` is its name: null where nobody told it, and then `board_number` is its number; else that is null.
    """

    register_number: str
    register_code: str
    name: str
    title: str
    level: str | None
    status: str
    registered: bool
    valid_until: date | None
    board: str | None
    school: str
    town: str
    board_number: str | None = None
