"""What comes in and goes out about courses, their applications, and the decisions on them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from pydantic import Field, model_validator

from accreditation.courses.policy import ApplicationKind, Given
from accreditation.kinds import CourseKind
from accreditation.providers.schemas import Code, Register
from auth.schemas import Schema
from core.fields import Day, Identifier, Line, NeededLine, NeededText, Site, Text, refuse

Hours = Annotated[int, Field(ge=0, le=10_000)]


class Answers(Schema):
    """The answers to the wizard; whatever is left out keeps what it was. See `wizard.QUESTIONS` for what is public."""

    title: Annotated[Line, Field(max_length=160)] = ""
    summary: Text = ""
    audience: Text = ""
    goals: Text = ""
    themes: Annotated[list[Annotated[NeededLine, Field(max_length=60)]], Field(max_length=12)] = []
    form: Given | None = None
    contact_hours: Hours | None = None
    study_hours: Hours | None = None
    website: Site = ""
    external_id: Annotated[Identifier, Field(pattern=r"^\S*$")] = ""
    teachers: Text = ""
    testing: Text = ""
    evaluation: Text = ""
    recognised_by: Annotated[Line, Field(max_length=160)] = ""
    """Of a procedure for prior learning (EVC): the body that recognised its provider."""
    ects: Annotated[int, Field(ge=1, le=240)] | None = None
    croho_code: Annotated[str, Field(pattern=r"^([0-9]{5})?$")] = ""


class NewCourseApplication(Schema):
    """Start an application: for something new (optionally copied), or a change or renewal of a course of one's own."""

    provider_id: UUID
    kind: ApplicationKind = ApplicationKind.NEW
    course_kind: CourseKind = CourseKind.COURSE
    """For something new; a change and a renewal keep the kind of their course."""
    course_id: UUID | None = None
    copy_of: UUID | None = None
    """An application of the same provider whose answers to begin with."""
    registers: Annotated[list[Register], Field(min_length=1, max_length=10)]

    @model_validator(mode="after")
    def _has_course(self) -> "NewCourseApplication":
        if self.kind is not ApplicationKind.NEW and self.course_id is None:
            raise refuse("course-missing")
        return self


class Question(Schema):
    """What is still needed, in words for the provider."""

    question: NeededText


class NewBooking(Schema):
    """A payment that came in: the whole amount in euro cents, and its reference at the bank."""

    cents: Annotated[int, Field(ge=1, le=100_000_000)]
    reference: Annotated[NeededLine, Field(max_length=60)]


class NewAdvice(Schema):
    """The adviser's draft: what the course is worth, and why. For a master: whether it fits the standard."""

    positive: bool
    points: Annotated[int, Field(ge=0, le=1000)] | None = None
    hours: dict[str, Annotated[int, Field(ge=1, le=1000)]] = {}
    from_on: Day | None = None
    reasons: NeededText


class NewPanel(Schema):
    """Who will inspect a programme: the bureau, and the members by function and expertise, not by name."""

    bureau: NeededLine
    composition: NeededText


class NewReport(Schema):
    """What the panel found; public once the programme is accredited (po-opleiding)."""

    report: NeededText


class NewCourseRuling(Schema):
    """What goes into the decision beside the votes; what is left out is taken from the advice."""

    reasons: NeededText
    points: Annotated[int, Field(ge=0, le=1000)] | None = None
    hours: dict[str, Annotated[int, Field(ge=1, le=1000)]] = {}
    from_on: Day | None = None
    grounds: Annotated[list[Code], Field(max_length=10)] = []
    repair: Text = ""


class NewWithdrawal(Schema):
    """Why an accreditation must end, and what would lead to a new one."""

    reasons: NeededText
    grounds: Annotated[list[Code], Field(min_length=1, max_length=10)]
    repair: NeededText
    answer: Text = ""
    """What the view of the provider is answered with; needed where it gave one (Awb 3:46)."""


class NewWithdrawalIntention(Schema):
    """Why it is meant to end an accreditation."""

    reasons: NeededText
    grounds: Annotated[list[Code], Field(min_length=1, max_length=10)]


class FileView(msgspec.Struct, frozen=True):
    """An application in one register; who moves next follows from `state`."""

    id: UUID
    application_id: UUID
    course_id: UUID
    register_code: str
    state: str
    received_on: date | None
    decide_by_on: date | None
    question: str
    invoice: "InvoiceView | None"
    decision_id: UUID | None
    open_moves: Sequence[str]


class InvoiceView(msgspec.Struct, frozen=True):
    """An invoice in euro cents, with the last day to pay."""

    id: UUID
    number: str
    state: str
    total_cents: int
    issued_on: date
    due_on: date
    booked_on: date | None


class CourseApplicationView(msgspec.Struct, frozen=True):
    """An application as its provider sees it. `public` names the answers that everybody may read once accredited."""

    id: UUID
    number: str
    provider_id: UUID
    course_id: UUID
    kind: str
    course_kind: str
    answers: Mapping[str, Any]
    public: Sequence[str]
    unanswered: Sequence[str]
    started_at: datetime
    files: Sequence[FileView]


class AccreditationView(msgspec.Struct, frozen=True):
    """What a course is worth in a register; `until_on` is the last day that counts."""

    id: UUID
    register_code: str
    state: str
    points: int | None
    hours: Mapping[str, int]
    level: int | None
    ects: int | None
    from_on: date
    until_on: date
    withdrawn_on: date | None
    decision_id: UUID


class CourseView(msgspec.Struct, frozen=True):
    """A course of one's own, with its accreditations."""

    id: UUID
    provider_id: UUID
    code: str
    pe_course_id: int
    external_id: str | None
    kind: str
    title: str
    answers: Mapping[str, Any]
    accreditations: Sequence[AccreditationView]


class PanelView(msgspec.Struct, frozen=True):
    """The panel of a programme."""

    id: UUID
    state: str
    bureau: str
    composition: str
    report: str


class WithdrawalView(msgspec.Struct, frozen=True):
    """A proposal to withdraw an accreditation; `decision_id` once it was confirmed."""

    id: UUID
    accreditation_id: UUID
    grounds: Sequence[str]
    reasons: str
    repair: str
    proposed_at: datetime
    decision_id: UUID | None
    rejected: bool
