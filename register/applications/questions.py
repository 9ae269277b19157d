"""PURE: the questions of an application, one a screen, in their order, and which of them are still open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from register.entries.policy import ApplicationKind, Route
from register.rules.assessment.facts import Level, ProofKind, Sector


class Question(StrEnum):
    """One screen; the value stands in its address."""

    ROUTE = "route"
    SECTOR = "sector"
    QUALIFICATIONS = "bevoegdheden"
    NOTES = "aantekening"
    HOURS = "uren"
    GROUND = "reden"
    MONTHS = "maanden"
    DOCUMENT = "document"
    PROGRAMME = "opleiding"
    SIZE = "studiepunten"
    LEVEL = "niveau"
    FILE = "bestand"
    DOCUMENTS = "bewijsstukken"
    STATEMENT = "toelichting"


OF_DOCUMENT = frozenset({Question.DOCUMENT, Question.PROGRAMME, Question.SIZE, Question.LEVEL, Question.FILE})
NOT_COMPLETED = frozenset({Question.ROUTE, Question.DOCUMENTS})
"""What an application rests on stands once it is handed in; its documents stand on its page."""
# What shows that a route was followed (rules 2.1); a letter or a portfolio shows itself.
KINDS = {
    Route.PROGRAMME: (ProofKind.PROGRAMME, ProofKind.ENROLMENT, ProofKind.PEDAGOGIC_NOTE),
    Route.MASTER: (ProofKind.MASTER,),
    Route.ASSESSMENT: (ProofKind.ASSESSMENT,),
    Route.PRIOR_LEARNING: (ProofKind.PRIOR_LEARNING,),
    Route.DIPLOMA_VALUATION: (ProofKind.DIPLOMA_VALUATION,),
}


@dataclass(frozen=True)
class Document:
    """What was answered about one document; `sized`: the offer says how many study points (EC) its programme has.

    `named`: its programme or bureau was chosen; `counted`: its study points were stated.
    """

    id: UUID
    kind: ProofKind
    sized: bool = False
    named: bool = False
    counted: bool = False
    level: Level | None = None
    has_file: bool = False


@dataclass(frozen=True)
class Asked:
    """What an application asks for, and what was answered so far. `kinds`: the documents that can count here."""

    kind: ApplicationKind
    route: Route
    teacher: bool
    kinds: frozenset[ProofKind]
    sector: Sector | None = None
    qualifications: Sequence[str] = ()
    hours: Sequence[int | None] = ()
    ground: str | None = None
    months: int | None = None
    statement: str = ""
    documents: Sequence[Document] = ()


@dataclass(frozen=True)
class Step:
    """One screen. What may be left empty counts as answered; `document` is None for one that is still to come.

    `empty`: it may stay so, and holds nothing; whether it was passed over shows by what was answered after it.
    """

    question: Question
    answered: bool = True
    document: UUID | None = None
    empty: bool = False


def steps(asked: Asked) -> tuple[Step, ...]:
    """The screens of an application in their order, as far as the answers so far can tell."""
    first = asked.kind is ApplicationKind.REGISTRATION
    letter = Step(Question.STATEMENT, asked.route is not Route.FREE_FORM or bool(asked.statement.strip()))
    found = [Step(Question.ROUTE)] if first else []
    if asked.teacher and asked.kind in {ApplicationKind.REGISTRATION, ApplicationKind.REREGISTRATION}:
        found += _of_teacher(asked)
    if asked.kind is ApplicationKind.POSTPONEMENT:
        return (
            Step(Question.GROUND, bool(asked.ground)),
            Step(Question.MONTHS, bool(asked.months)),
            letter,  # no documents: nobody sends medical papers
        )
    documents = [step for one in asked.documents for step in _of_document(asked, one)]
    if asked.route in KINDS and not fitting(asked):
        documents.append(Step(Question.DOCUMENT, answered=False))
    documents.append(Step(Question.DOCUMENTS))
    return (*found, letter, *documents) if asked.route is Route.FREE_FORM else (*found, *documents, letter)


def _of_teacher(asked: Asked) -> list[Step]:
    found = [
        Step(Question.SECTOR, asked.sector is not None),
        Step(Question.QUALIFICATIONS, bool(asked.qualifications)),
    ]
    if asked.sector is Sector.MBO:
        found.append(Step(Question.NOTES))
    if asked.kind is ApplicationKind.REREGISTRATION:
        found.append(Step(Question.HOURS, bool(asked.hours) and None not in asked.hours))
    return found


def _of_document(asked: Asked, one: Document) -> list[Step]:
    valuation = one.kind is ProofKind.DIPLOMA_VALUATION
    found = [Step(Question.DOCUMENT, document=one.id)]
    if not valuation and one.kind is not ProofKind.PEDAGOGIC_NOTE:
        found.append(Step(Question.PROGRAMME, document=one.id, empty=not one.named))
    if one.kind is ProofKind.PROGRAMME and not asked.teacher and not one.sized:
        found.append(Step(Question.SIZE, document=one.id, empty=not one.counted))
    if valuation and not asked.teacher:
        found.append(Step(Question.LEVEL, one.level is not None, one.id))
    return [*found, Step(Question.FILE, one.has_file, one.id)]


def fitting(asked: Asked) -> list[UUID]:
    """The documents that show that the route was followed."""
    wanted = KINDS.get(asked.route, ())
    return [one.id for one in asked.documents if one.kind in wanted]


def kinds_to_choose(asked: Asked, document: UUID | None) -> tuple[ProofKind, ...]:
    """What this document may be: what the route needs as long as no other one shows it, else anything."""
    if asked.route in KINDS and not set(fitting(asked)) - {document}:
        return tuple(kind for kind in KINDS[asked.route] if kind in asked.kinds) or KINDS[asked.route][:1]
    note = ProofKind.PEDAGOGIC_NOTE
    return tuple(kind for kind in ProofKind if kind is not note or note in asked.kinds)


def likely_kind(asked: Asked, qualifications: Sequence[Mapping[str, Any]]) -> str:
    """Of a teacher in vocational education the first document: the note, when each qualification rests on one."""
    if asked.route is not Route.PROGRAMME or ProofKind.PEDAGOGIC_NOTE not in asked.kinds or fitting(asked):
        return ""
    noted = all(one.get("pedagogic_note") for one in qualifications)
    return (ProofKind.PEDAGOGIC_NOTE if noted else ProofKind.PROGRAMME).value


def routes_open(kinds: Collection[ProofKind]) -> list[Route]:
    """The routes that can lead to an entry in a register that counts these kinds of documents; a letter always can."""
    return [route for route, wanted in KINDS.items() if wanted[0] in kinds] + [Route.FREE_FORM]


def first_open(found: Sequence[Step]) -> Step | None:
    """The first question that must still be answered."""
    return next((step for step in found if not step.answered), None)


def first_unseen(found: Sequence[Step]) -> Step | None:
    """Where who left goes on: the first open question, or what is still empty of its document just before it."""
    left = first_open(found)
    if left is None:
        return None
    before = found[: found.index(left)]
    passed = [step for step in before if step.empty and step.document == left.document]
    return passed[0] if passed else left
