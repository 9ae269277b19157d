"""PURE: what the committee may give a course: points, hours, a level, and for how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from accreditation.kinds import BY_BUREAU, FOR_REGISTRATION, CourseKind
from core.errors import Code, Invalid
from core.law.days import add_years, previous_day
from core.law.rulesets import RuleSet
from core.panel.votes import Outcome

IN_ADVANCE = "in-advance"
NUMBER_OF = {"niveau-1": 1, "niveau-2": 2}
"""Leidinggeven 1 and 2, by the level in the register to which they lead (po-opleiding)."""
REFUSAL_GROUNDS = frozenset(
    {
        "does-not-fit-standard",
        "level-too-low",
        "study-load-too-small",
        "goals-not-tested",
        "teachers-not-qualified",
        "panel-negative",
        "not-accredited-by-nvao",
        "selection-assessment",
        "not-in-evc-register",
    }
)
WITHDRAWAL_GROUNDS = frozenset(
    {"audit-finding", "other-than-accredited", "provider-withdrawn", "attendance-unreliable"}
)


@dataclass(frozen=True)
class Award:
    """What a course gets: points for leaders, hours by category for teachers, a level for programmes."""

    points: int | None = None
    hours: Mapping[str, int] = field(default_factory=dict)
    level: int | None = None
    ects: int | None = None
    from_on: date | None = None
    until_on: date | None = None


def categories(rules: RuleSet) -> tuple[str, ...]:
    """The categories of hours that the norm of a register knows; none where it counts points."""
    parts = rules.renewal.hours.parts if rules.renewal.hours else ()
    known = dict.fromkeys(name for part in parts for name in part.categories)
    return (*known, "OTHER") if rules.renewal.hours else ()


def level_of(rules: RuleSet, ects: int | None) -> str:
    """The level to which a programme of so many credits leads; Invalid("too-few-credits") below the smallest."""
    sizes = [size for proof in rules.proofs if proof.kind == "programme" for size in proof.sizes]
    reached = [size.level for size in sizes if ects is not None and ects >= size.ects]
    if not reached:
        raise Invalid("too-few-credits", [("ects", "too-few-credits")])
    return reached[-1]


def require_counts(kind: CourseKind, rules: RuleSet) -> None:
    """Refuse what no registration can rest on in this register: Invalid("kind-not-for-register")."""
    if kind in BY_BUREAU and kind.value not in {proof.kind for proof in rules.proofs}:
        raise Invalid("kind-not-for-register", [("registers", "kind-not-for-register")], register=rules.register_name)


def require_award(kind: CourseKind, rules: RuleSet, award: Award) -> None:
    """Refuse what the rule set does not know.

    Invalid: `points-out-of-range` (po-2020: 10 to 100), `hours-needed`, `unknown-category`, `too-few-credits`.
    """
    if kind in {CourseKind.MASTER, CourseKind.VALUATION, *BY_BUREAU}:
        return
    if kind is CourseKind.PROGRAMME:
        level_of(rules, award.ects)
        return
    if known := categories(rules):
        if not award.hours or any(hours <= 0 for hours in award.hours.values()):
            raise Invalid("hours-needed", [("hours", "hours-needed")])
        if set(award.hours) - set(known):
            raise Invalid("unknown-category", [("hours", "unknown-category")])
        return
    least, most = bounds(rules)
    if award.points is None or not least <= award.points <= most:
        raise Invalid("points-out-of-range", [("points", "points-out-of-range")], least=least, most=most)


def require_within(hours: Mapping[str, int], study: int | None) -> None:
    """Invalid("hours-above-study"): a course is worth no more hours than it takes, all categories together."""
    if study is not None and sum(hours.values()) > study:
        raise Invalid("invalid-input", [("hours", Code("hours-above-study", {"most": study}))])


def bounds(rules: RuleSet) -> tuple[int, int]:
    """The fewest and the most points of one activity that is valued in advance."""
    for valuation in rules.valuations:
        if valuation.kind == IN_ADVANCE:
            return valuation.least, valuation.most
    return 1, 100


def last_day(kind: CourseKind, rules: RuleSet, from_on: date) -> date:
    """The last day of an accreditation, included (po-opleiding): a number of years less a day, by kind."""
    years = rules.accreditation_years["programme" if kind in FOR_REGISTRATION else "course"]
    return previous_day(add_years(from_on, years))


@dataclass(frozen=True)
class Ruling:
    """What is written down beside the votes."""

    grounds: Sequence[str] = ()
    repair: str = ""


def require_grounds(votes: Outcome, ruling: Ruling) -> None:
    """Invalid: `unknown-ground` for a refusal on a ground that is none."""
    if votes is Outcome.LOST and set(ruling.grounds) - REFUSAL_GROUNDS:
        raise Invalid("unknown-ground", [("grounds", "unknown-ground")])


def require_from(from_on: date, received_on: date, today: date) -> None:
    """Invalid("from-out-of-range"): not before the application came in, and within a year."""
    if not received_on <= from_on <= add_years(today, 1):
        raise Invalid("from-out-of-range", [("from_on", "from-out-of-range")])
