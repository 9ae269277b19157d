"""The facts that an assessment rests on; None is unknown, never false."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What is asked of the committee."""

    REGISTRATION = "registration"
    REREGISTRATION = "reregistration"
    POSTPONEMENT = "postponement"
    LEVEL_CHANGE = "level-change"


class Level(StrEnum):
    """Predicates of a title, ascending."""

    IN_TRAINING = "in-opleiding"
    ONE = "niveau-1"
    TWO = "niveau-2"
    MASTER = "master"


class Role(StrEnum):
    """The post that somebody holds."""

    DIRECTOR = "director"
    DEPUTY = "deputy"
    TEACHER = "teacher"


class Sector(StrEnum):
    """Primary, secondary and vocational education."""

    PO = "po"
    VO = "vo"
    MBO = "mbo"


class ProofKind(StrEnum):
    """What a proof is; which of them count is the rule set's."""

    PROGRAMME = "programme"
    MASTER = "master"
    ASSESSMENT = "assessment"
    SELECTION_ASSESSMENT = "selection-assessment"
    PRIOR_LEARNING = "prior-learning"
    DIPLOMA_VALUATION = "diploma-valuation"
    PEDAGOGIC_NOTE = "pedagogic-note"
    """In vocational education (pedagogische aantekening), instead of a teaching degree."""
    ENROLMENT = "enrolment"


class Category(StrEnum):
    """What an activity was about (rl-herreg); the first three are the primary process."""

    SUBJECT = "SUBJECT"
    SUBJECT_DIDACTIC = "SUBJECT_DIDACTIC"
    PEDAGOGIC = "PEDAGOGIC"
    GENERAL_PROFESSIONAL = "GENERAL_PROFESSIONAL"
    SCHOOL_DEVELOPMENT = "SCHOOL_DEVELOPMENT"
    PROFESSION_DEVELOPMENT = "PROFESSION_DEVELOPMENT"


class Valuation(StrEnum):
    """How points or hours were established (po-vooraf, po-achteraf; validated or not: driestar, both count)."""

    IN_ADVANCE = "in-advance"
    AFTERWARDS = "afterwards"
    PEERS = "peers"
    ASSESSOR = "assessor"
    VALIDATED = "validated"
    NOT_VALIDATED = "not-validated"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One document. `accredited_until` is the last day, included; `recognised` = NVAO, or a listed provider."""

    kind: ProofKind
    ects: Decimal | None = None
    issued_on: date | None = None
    accredited_from: date | None = None
    accredited_until: date | None = None
    recognised: bool | None = None
    level: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One thing that was done to keep up the profession; `themes` by name, or only how many."""

    kind: str | None = None
    points: int | None = None
    hours: Decimal | None = None
    contact_hours: Decimal | None = None
    category: Category | None = None
    themes: frozenset[str] | int | None = None
    valuation: Valuation | None = None
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Qualification:
    """Something that a teacher may teach, with the hours worked in it this period."""

    name: str
    work_hours: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything stated about one request. `registered_on` is the day the running period began, `due_on` its end."""

    register: str
    kind: Kind
    decided_on: date | None = None
    rule_set: str | None = None
    level: Level | None = None
    registered_on: date | None = None
    due_on: date | None = None
    appointed_on: date | None = None
    role: Role | None = None
    statutory_director: bool | None = None
    employer_responsibility: bool | None = None
    proofs: tuple[Proof, ...] | None = None
    activities: tuple[Activity, ...] | None = None
    sector: Sector | None = None
    qualifications: tuple[Qualification, ...] | None = None
    requested_months: int | None = None
    ground: str | None = None
