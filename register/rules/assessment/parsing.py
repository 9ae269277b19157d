"""From a table as a stranger sends it to facts."""

import re
from collections.abc import Mapping, Sequence

from register.rules.assessment.facts import (
    Activity,
    Category,
    Facts,
    Kind,
    Level,
    Proof,
    ProofKind,
    Qualification,
    Role,
    Sector,
    Valuation,
)
from register.rules.reading import Reader, Wrong

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_THEMES = 100


def facts_from(item: object, registers: Sequence[str]) -> Facts | list[Wrong]:
    """The facts, or everything that is wrong with them."""
    if not isinstance(item, Mapping):
        return [Wrong("", "not-an-object", "state an object with register, kind, decided_on and facts")]
    wrong: list[Wrong] = []
    reader = Reader(item, wrong)
    facts = _facts(reader, registers)
    reader.close()
    return wrong or facts


def _facts(reader: Reader, registers: Sequence[str]) -> Facts:
    register = reader.one_of("register", registers)
    reader.require("register", register)
    kind = reader.choice("kind", Kind)
    reader.require("kind", kind)
    facts = Facts(
        register=register or "",
        kind=kind or Kind.REGISTRATION,
        decided_on=reader.day("decided_on"),
        rule_set=reader.text("rule_set"),
        level=reader.choice("level", Level),
        registered_on=reader.day("registered_on"),
        due_on=reader.day("due_on"),
        appointed_on=reader.day("appointed_on"),
        role=reader.choice("role", Role),
        statutory_director=reader.flag("statutory_director"),
        employer_responsibility=reader.flag("employer_responsibility"),
        proofs=reader.rows("proofs", _proof),
        activities=reader.rows("activities", _activity),
        sector=reader.choice("sector", Sector),
        qualifications=reader.rows("qualifications", _qualification),
        requested_months=reader.whole("requested_months", least=1),
        ground=reader.text("ground"),
    )
    if facts.registered_on and facts.due_on and facts.due_on <= facts.registered_on:
        reader.refuse("due_on", "not-after-registration", "state a due date after registered_on")
    return facts


def _proof(reader: Reader) -> Proof:
    kind = reader.choice("kind", ProofKind)
    reader.require("kind", kind)
    proof = Proof(
        kind=kind or ProofKind.PROGRAMME,
        ects=reader.number("ects"),
        issued_on=reader.day("issued_on"),
        accredited_from=reader.day("accredited_from"),
        accredited_until=reader.day("accredited_until"),
        recognised=reader.flag("recognised"),
        level=reader.choice("level", Level),
    )
    if proof.accredited_from and proof.accredited_until and proof.accredited_until < proof.accredited_from:
        reader.refuse("accredited_until", "ends-before-it-begins", "state a last day on or after accredited_from")
    return proof


def _activity(reader: Reader) -> Activity:
    activity = Activity(
        kind=_kind(reader),
        points=reader.whole("points"),
        hours=reader.number("hours"),
        contact_hours=reader.number("contact_hours"),
        category=reader.choice("category", Category),
        themes=_themes(reader),
        valuation=reader.choice("valuation", Valuation),
        done_on=reader.day("done_on"),
    )
    if activity.hours is not None and activity.contact_hours is not None and activity.contact_hours > activity.hours:
        reader.refuse("contact_hours", "more-than-hours", "contact hours are part of the hours")
    return activity


def _kind(reader: Reader) -> str | None:
    """Any kebab-case name: no norm looks at it, and informal learning has many (slim-faq, driestar)."""
    kind = reader.text("kind")
    if kind is not None and not _CODE.fullmatch(kind):
        reader.refuse("kind", "not-a-code", "state a name in kebab-case, such as study-day")
    return kind


def _themes(reader: Reader) -> frozenset[str] | int | None:
    """The names of the themes, or how many there were."""
    if isinstance(reader.value("themes"), list):
        names = reader.texts("themes")
        return None if names is None else frozenset(names)
    many = reader.whole("themes")
    if many is not None and many > MOST_THEMES:
        reader.refuse("themes", "too-many", f"state {MOST_THEMES} at most")
    return many


def _qualification(reader: Reader) -> Qualification:
    name = reader.text("name")
    reader.require("name", name)
    return Qualification(name=name or "", work_hours=reader.number("work_hours"))
