"""PURE: the questions of an application: in which section, needed for what, and which answers everybody may read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accreditation.kinds import BY_BUREAU, CourseKind
from core.errors import Code, Invalid

ALL = frozenset(CourseKind)
_WITH_STAFF = frozenset({CourseKind.COURSE, CourseKind.PROGRAMME})


@dataclass(frozen=True)
class Question:
    """One question; `needed_for` which kinds it must be answered (pe-3), `public` in the catalogue or not."""

    public: bool
    needed_for: frozenset[CourseKind] = frozenset()


QUESTIONS: Mapping[str, Question] = {
    "title": Question(public=True, needed_for=ALL),
    "summary": Question(public=True, needed_for=ALL),
    "audience": Question(public=True),
    "goals": Question(public=True, needed_for=_WITH_STAFF),
    "themes": Question(public=True, needed_for=frozenset({CourseKind.COURSE})),
    "form": Question(public=True, needed_for=ALL),
    "contact_hours": Question(public=True, needed_for=_WITH_STAFF),
    "study_hours": Question(public=True, needed_for=_WITH_STAFF),
    "website": Question(public=True),
    "external_id": Question(public=False),
    "teachers": Question(public=False, needed_for=_WITH_STAFF | BY_BUREAU | {CourseKind.VALUATION}),
    "testing": Question(public=False, needed_for=_WITH_STAFF | BY_BUREAU | {CourseKind.VALUATION}),
    "evaluation": Question(public=False, needed_for=_WITH_STAFF),
    "recognised_by": Question(public=True, needed_for=frozenset({CourseKind.PRIOR_LEARNING})),  # po-evc
    "ects": Question(public=True, needed_for=frozenset({CourseKind.PROGRAMME})),
    "croho_code": Question(public=True, needed_for=frozenset({CourseKind.MASTER})),
}


class Section(StrEnum):
    """One subject, one screen; the value stands in its address."""

    COURSE = "cursus"
    CONTENT = "inhoud"
    SHAPE = "opzet"
    QUALITY = "kwaliteit"
    PRACTICAL = "praktisch"


_IN = {
    Section.COURSE: ("title", "summary", "audience"),
    Section.CONTENT: ("goals", "themes"),
    Section.SHAPE: ("form", "croho_code", "contact_hours", "study_hours", "ects"),
    Section.QUALITY: ("recognised_by", "teachers", "testing", "evaluation"),
    Section.PRACTICAL: ("website", "external_id"),
}
# An NVAO-accredited master is checked for fit only: who gives it and how was judged already.
_NOT_OF_A_MASTER = {*_IN[Section.CONTENT], *_IN[Section.QUALITY], "contact_hours", "study_hours"}
_NOT_OF_A_BUREAU = {"goals", "themes", "contact_hours", "study_hours"}


def asked_for(kind: CourseKind, name: str) -> bool:
    """Whether a question is put for this kind."""
    if name == "ects":
        return kind is CourseKind.PROGRAMME
    if name == "croho_code":
        return kind is CourseKind.MASTER
    if name == "recognised_by":
        return kind is CourseKind.PRIOR_LEARNING
    if kind in BY_BUREAU:
        return name not in _NOT_OF_A_BUREAU
    return kind is not CourseKind.MASTER or name not in _NOT_OF_A_MASTER


def sections(kind: CourseKind) -> dict[Section, tuple[str, ...]]:
    """The screens of an application for this kind, each with its questions."""
    asked = {section: tuple(name for name in names if asked_for(kind, name)) for section, names in _IN.items()}
    return {section: names for section, names in asked.items() if names}


def unanswered(kind: CourseKind, answers: Mapping[str, Any]) -> list[str]:
    """The questions that must still be answered, in the order of the wizard."""
    return [name for name, one in QUESTIONS.items() if kind in one.needed_for and answers.get(name) in (None, "", [])]


def require_complete(kind: CourseKind, answers: Mapping[str, Any]) -> None:
    """Refuse an application that nobody could assess: Invalid("application-incomplete") with every open question."""
    if left := unanswered(kind, answers):
        raise Invalid("application-incomplete", [(name, "field-missing") for name in left])


def require_in_proportion(answers: Mapping[str, Any]) -> None:
    """Invalid("contact-above-study") at the contact hours: they are a part of the study load."""
    contact, study = answers.get("contact_hours"), answers.get("study_hours")
    if contact is not None and study is not None and contact > study:
        raise Invalid("invalid-input", [("contact_hours", Code("contact-above-study", {"most": study}))])


def public(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that everybody may read."""
    return {name: value for name, value in answers.items() if name in QUESTIONS and QUESTIONS[name].public}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The questions that are answered otherwise than before."""
    return {name for name in QUESTIONS if before.get(name) != after.get(name)}


def require_free(names: Collection[str], free: Collection[str]) -> None:
    """Invalid("needs-assessment") for what may not change without a new assessment (pe-3), each by its question."""
    if bound := sorted(set(names) - set(free)):
        raise Invalid("needs-assessment", [(name, "needs-assessment") for name in bound])
