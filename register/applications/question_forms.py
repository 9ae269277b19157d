"""What people type on the screens of an application, brought to what the service takes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model

from auth.schemas import Schema
from core.fields import NeededLine, Text, TypedDay, in_digits, refuse
from register.applications.questions import Question
from register.entries.policy import Register, Route
from register.entries.schemas import Ground, NewApplication, ProgrammeCode, Worked
from register.rules.assessment.facts import Level, ProofKind, Sector

Hours = Annotated[int, BeforeValidator(in_digits), Field(ge=0), Worked]


NONE_OF_THESE = "-"


def _names(value: object) -> object:
    """One a line, each once."""
    lines = [line.strip() for line in value.splitlines()] if isinstance(value, str) else []
    names = list(dict.fromkeys(line for line in lines if line))
    if not names:
        raise refuse("field-missing")
    return names


def _code(value: object) -> object:
    """Of a programme that was chosen or typed the code, which stands first."""
    words = value.split() if isinstance(value, str) else []
    return words[0] if words and words[0] != NONE_OF_THESE else None


MOST_QUALIFICATIONS = 20
StudyPoints = Annotated[Decimal | None, BeforeValidator(in_digits), Field(ge=0, le=999, max_digits=5, decimal_places=1)]


class StartForm(Schema):
    """A first application: for which register, by which route."""

    register_code: Register
    route: Route

    def application(self) -> NewApplication:
        """What the service takes."""
        return NewApplication(register_code=self.register_code, route=self.route)


class RouteForm(Schema):
    """On what it rests."""

    route: Route


class SectorForm(Schema):
    """Where one teaches."""

    sector: Sector


class QualificationsForm(Schema):
    """What one may teach, one a line."""

    qualifications: Annotated[
        list[Annotated[NeededLine, Field(max_length=160)]],
        BeforeValidator(_names),
        Field(max_length=MOST_QUALIFICATIONS),
    ]


class GroundForm(Schema):
    """Why later."""

    ground: Ground


class MonthsForm(Schema):
    """How much later."""

    requested_months: Annotated[int, BeforeValidator(in_digits), Field(ge=1, le=120)]


class LetterForm(Schema):
    """What the committee must know."""

    statement: Text = ""


class DocumentForm(Schema):
    """What the document is, and the day on it."""

    kind: ProofKind
    issued_on: TypedDay


class ProgrammeForm(Schema):
    """Of which programme: one of those that were found, or a code that was typed."""

    chosen: Annotated[ProgrammeCode | None, BeforeValidator(_code)] = None
    programme_code: Annotated[ProgrammeCode | None, BeforeValidator(_code)] = None

    def answer(self) -> dict[str, Any]:
        """What is kept; what was typed goes before what was ticked already."""
        return {"programme_code": self.programme_code or self.chosen}


class SizeForm(Schema):
    """How many study points it took."""

    ects: StudyPoints = None


class LevelForm(Schema):
    """The level that a valuation states."""

    level: Literal[Level.ONE, Level.TWO]


class DeclarationForm(Schema):
    """What who hands in stands for (art. 5(2): truthfully)."""

    declared: Literal["true"]


FORMS: Mapping[Question, type[Schema]] = {
    Question.ROUTE: RouteForm,
    Question.SECTOR: SectorForm,
    Question.QUALIFICATIONS: QualificationsForm,
    Question.GROUND: GroundForm,
    Question.MONTHS: MonthsForm,
    Question.STATEMENT: LetterForm,
    Question.DOCUMENT: DocumentForm,
    Question.PROGRAMME: ProgrammeForm,
    Question.SIZE: SizeForm,
    Question.LEVEL: LevelForm,
}


def form_of(question: Question, qualifications: int) -> type[Schema]:
    """The schema of a screen; hours and notes have a field for each qualification."""
    fields: dict[str, Any] = {}
    if question is Question.HOURS:
        fields = {f"work_hours_{at}": (Hours, ...) for at in range(1, qualifications + 1)}
    elif question is Question.NOTES:
        fields = {f"pedagogic_note_{at}": (bool, False) for at in range(1, qualifications + 1)}
    else:
        return FORMS.get(question, Schema)
    return create_model(f"{question.name.title()}Form", __base__=Schema, **fields)
