"""Norms as data: what one version of the rules of one register says, and which version governs a decision.

Pure. Names of levels, categories, terms and proofs are the data's own (`core.law.rulefiles`): a new norm is a new file.
Every decision keeps the `name` and `version` of the set it was taken under, so that it can be replayed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from core.errors import NotFound
from core.law.days import Unit, add_years
from core.law.ruleoffer import Institutional, Quality
from core.law.ruleparts import Count, Name, Part, Some, Table, Years


class SelectedBy(StrEnum):
    """The day that must lie in the set's dates."""

    DECIDED_ON = "decided-on"
    PERIOD_BEGAN = "period-began"


class Base(StrEnum):
    """From which day the next period is counted."""

    DUE_DATE = "due-date"
    DECISION_DATE = "decision-date"


class Length(Part):
    """How long a procedural term is; `rolled` = its end moves to an ordinary day (up to twelve weeks, three months)."""

    length: Some
    unit: Unit
    rolled: bool = True


class Fee(Part):
    """Euro a year from a calendar year on; `reduced_eur` for who was without contract that whole year."""

    from_year: Annotated[int, Field(ge=1900, le=2200)]
    full_eur: Count
    reduced_eur: Count | None = None


class Eligibility(Part):
    """Who may stand in the register; `roles` empty = any; excluded when every named circumstance is true."""

    roles: tuple[Name, ...] = ()
    excluded_when_all: tuple[Name, ...] = ()
    lowest_level: Table[Name] = Field(default_factory=lambda: MappingProxyType({}))
    """Role -> the level that it takes at least; a role that is not named takes any."""


class Size(Part):
    """A size in credits that is enough for a level."""

    ects: Some
    level: Name


class ProofRule(Part):
    """A kind of proof and the level it gives: by size, as stated in it, or fixed; none of these = no levels."""

    kind: Name
    level: Name | None = None
    sizes: tuple[Size, ...] = ()
    stated_levels: tuple[Name, ...] = ()
    accredited: bool = False
    """Issued inside the accreditation, its last day included."""
    recognised: bool = False
    sectors: tuple[Name, ...] = ()
    """Counts only for who teaches there; empty: everywhere."""


class InTraining(Part):
    """A temporary entry for who is still learning: so many years from the appointment, by role."""

    level: Name
    proofs: tuple[Name, ...]
    years: Table[Years]
    appointed_from: date | None = None


class Rung(Part):
    """From so many points on, the next period lasts so many years."""

    points: Some
    years: Years


class Themes(Part):
    """How many different themes must be covered, of how many that exist."""

    needed: Some
    known: Some


class HoursPart(Part):
    """At least so many of the hours in these categories; `sectors` empty = in all."""

    name: Name
    categories: tuple[Name, ...]
    least: Some
    sectors: tuple[Name, ...] = ()


class Hours(Part):
    """Hours in one period, and working hours in it for each qualification."""

    least: Some
    work_hours: Count
    parts: tuple[HoursPart, ...] = ()


class RenewalProof(Part):
    """A proof that renews by itself, for who stands at one of these levels; it must give `level` at least."""

    kind: Name
    level: Name
    from_levels: tuple[Name, ...]


class Renewal(Part):
    """What a next period takes: every norm that is stated, or one of the proofs."""

    base: Base
    ladder: tuple[Rung, ...] = ()
    themes: Themes | None = None
    hours: Hours | None = None
    proofs: tuple[RenewalProof, ...] = ()


class LevelChange(Part):
    """A higher level on the strength of a proof that was there before the last registration."""

    from_level: Name
    to_level: Name
    kind: Name


class Postponement(Part):
    """So many months at most, on one of these grounds, or for who was registered between two days."""

    max_months: Some
    grounds: tuple[Name, ...]
    registered_from: date | None = None
    registered_until: date | None = None


class Valuation(Part):
    """How points come about: bounds of one activity, or so many per theme plus one of the extras."""

    kind: Name
    least: Count
    most: Some
    per_theme: Count = 0
    extras: tuple[Count, ...] = ()


class Committee(Part):
    """Sizes; decided by simple majority, and a tie refuses nothing: the file returns to the next session."""

    pool_least: Some
    pool_most: Some
    quorum: Some
    sample_check: bool = False
    sample_percent: Annotated[int, Field(ge=0, le=100)] = 100
    """Of the files that are checked by sample, how many in a hundred are checked in full."""
    second_opinion: tuple[Name, ...] = ()
    """Routes on which a second pair of eyes reads the file before it goes to a session."""
    conflict_years: Count = 5
    chair_alone: tuple[Name, ...] = ()
    """What the regulation leaves to the chair alone, in the name of the committee (Awb 10:3(1)): `inadmissible` (an
    objection that evidently is), `adjournment`. The rest needs votes."""


class Attendance(Part):
    """More than so many runs of one person within so many days wait for a look; what one key may send in an hour."""

    burst_days: Some
    burst_most: Some
    rows_an_hour: Some


class RuleSet(Part):
    """One version of the norms of one register."""

    name: Name
    """The stem of its file."""
    register_name: Name = Field(alias="register")
    version: Some
    from_on: date = Field(alias="from")
    until_on: date | None = Field(default=None, alias="until")
    """The last day, included."""
    selected_by: SelectedBy
    keeps_running_periods: bool = False
    """A period that began under this set, and is no longer than its own, is still renewed under it."""
    period_years: Years
    conditional_months: Count
    lapse_is_public: bool
    reminder_months: tuple[Some, ...] = ()
    """How many months before the due date a reminder goes out, each once."""
    apply_before_due_months: Count
    qualification_grace_months: Count
    retention_years: Count
    levels: tuple[Name, ...] = ()
    """Ascending."""
    eligibility: Eligibility
    proofs: tuple[ProofRule, ...]
    in_training: InTraining | None = None
    renewal: Renewal
    level_changes: tuple[LevelChange, ...] = ()
    postponement: Postponement
    valuations: tuple[Valuation, ...] = ()
    committee: Committee
    attendance: Attendance
    terms: Table[Length]
    switches: Table[bool]
    accreditation_years: Table[Years]
    fees: tuple[Fee, ...] = ()
    charges: Table[Count] = Field(default_factory=lambda: MappingProxyType({}))
    """Euro cents for one application, by what is asked for; what is not named is free of charge."""
    quality: Quality | None = None
    """None where nobody rates courses and no sample is drawn."""
    institutional: Institutional | None = None
    """None where every course is assessed."""
    free_changes: tuple[Name, ...] = ()
    """Answers of an accredited course that may change without a new assessment."""
    sources: Table[str]  # topic -> the article or source that an explanation cites

    def covers(self, day: date) -> bool:
        """Whether the set is in force on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def keeps(self, began_on: date, ends_on: date) -> bool:
        """Whether a running period stays under this set whenever it is renewed."""
        within = self.covers(began_on) and ends_on <= add_years(began_on, self.period_years)
        return self.keeps_running_periods and within

    def rank(self, level: str | None) -> int:
        """The place of a level among the levels, 0 for none."""
        return self.levels.index(level) + 1 if level in self.levels else 0

    def fee(self, year: int) -> Fee:
        """The fee of a calendar year; nothing where none is set."""
        past = [fee for fee in self.fees if fee.from_year <= year]
        return past[-1] if past else Fee(from_year=year, full_eur=0)

    def year_choices(self) -> list[int]:
        """Every number of years that a period under this set can last, ascending."""
        return sorted({self.period_years, *(rung.years for rung in self.renewal.ladder)})


@dataclass(frozen=True)
class RuleSets:
    """All versions of all registers, oldest first."""

    sets: tuple[RuleSet, ...]

    def __iter__(self) -> Iterator[RuleSet]:
        return iter(self.sets)

    def registers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(rules.register_name for rules in self.sets))

    def of(self, register: str) -> tuple[RuleSet, ...]:
        return tuple(rules for rules in self.sets if rules.register_name == register)

    def named(self, name: str) -> RuleSet:
        """NotFound("unknown-rule-set")."""
        return _first((rules for rules in self.sets if rules.name == name), "unknown-rule-set")

    def chosen(
        self, register: str, decided_on: date, began_on: date | None = None, ends_on: date | None = None
    ) -> RuleSet:
        """The set that governs a decision; `began_on` and `ends_on` are those of the period that it is about.

        NotFound("no-rule-set") when none is in force.
        """
        if began_on and ends_on:
            for rules in self.of(register):
                if rules.keeps(began_on, ends_on):
                    return rules
        day = {SelectedBy.DECIDED_ON: decided_on, SelectedBy.PERIOD_BEGAN: began_on or decided_on}
        return _first((rules for rules in self.of(register) if rules.covers(day[rules.selected_by])), "no-rule-set")


def _first(found: Iterable[RuleSet], code: str) -> RuleSet:
    for rules in found:
        return rules
    raise NotFound(code)
