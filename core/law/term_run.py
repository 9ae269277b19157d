"""How one term runs: its length, what suspended it, where it ends, and a step for each thing that moved the day.

Pure. Length and suspensions are added first, then the end moves once to an ordinary day (Algemene termijnenwet, Atw).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.law.days import Unit, add_days, add_period, days_between, next_day, previous_day
from core.law.workdays import IN_ENGLISH, SATURDAY, Calendar

LONGEST_MOVED: Mapping[Unit, int] = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}
"""Atw 4: longer terms, and terms in years, end where they end."""

SHORTEST_WITH_TWO_DAYS = 3
"""Atw 2: from three days on, a term contains at least two ordinary days."""


class Reason(StrEnum):
    """Why a day moved; the sentence in English stands in `SENTENCES`, a page may translate the code."""

    COUNTED = "counted"
    COUNTED_UNMOVED = "counted-unmoved"
    SUSPENDED = "suspended"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DESIGNATED = "designated"
    TWO_ORDINARY_DAYS = "two-ordinary-days"
    CONSENTED = "consented"
    COUNTED_BACK = "counted-back"
    FILED_ELSEWHERE = "filed-elsewhere"
    FROM_THE_NEXT_DAY = "from-the-next-day"
    PENALTY_RUNS = "penalty-runs"


SENTENCES: Mapping[Reason, str] = {
    Reason.COUNTED: "{period}, counted from the day after",
    Reason.COUNTED_UNMOVED: "{period}, counted from the day after; Atw 4: not moved from a weekend or holiday",
    Reason.SUSPENDED: "suspended for {days} days, {first} up to and including {last}",
    Reason.WEEKEND: "the term does not end in a weekend",
    Reason.HOLIDAY: "the term does not end on a holiday: {name}",
    Reason.DESIGNATED: "the term does not end on a day that is equated with a holiday: {name}",
    Reason.TWO_ORDINARY_DAYS: "a term of three days or more contains at least two ordinary days",
    Reason.CONSENTED: "further postponed with consent; a day that was agreed does not move",
    Reason.COUNTED_BACK: "{days} days before; a term that is counted back does not move",
    Reason.FILED_ELSEWHERE: "received earlier by a body that had to forward it: that day counts",
    Reason.FROM_THE_NEXT_DAY: "from the day after the two weeks",
    Reason.PENALTY_RUNS: "{days} days of penalty payment, 42 at most: {sum} euro",
}


@dataclass(frozen=True)
class Step:
    """One thing that moved the day, with its article; `from_on` of a count is the first day counted."""

    rule: str
    from_on: date
    to_on: date
    reason: Reason
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def why(self) -> str:
        """The sentence, in English; its facts keep the Dutch name of a holiday, for a page in Dutch."""
        facts = dict(self.facts)
        if "name" in facts:
            facts["name"] = IN_ENGLISH.get(str(facts["name"]), facts["name"])
        return SENTENCES[self.reason].format(**facts)

    def as_dict(self) -> dict[str, str]:
        """As the calculator answers it."""
        return {"rule": self.rule, "from": self.from_on.isoformat(), "to": self.to_on.isoformat(), "why": self.why}


@dataclass(frozen=True)
class Due:
    """A last day (included), the steps that led to it, and the years whose designated days were needed but unknown."""

    last_day: date
    steps: tuple[Step, ...] = ()
    unknown_years: frozenset[int] = frozenset()

    def after(self, earlier: "Due") -> "Due":
        """The same day, explained from an earlier one on."""
        return Due(self.last_day, earlier.steps + self.steps, earlier.unknown_years | self.unknown_years)


@dataclass(frozen=True)
class Term:
    """A length with its article. `moves=False`: a private regulation that does not follow the Atw."""

    length: int
    unit: Unit
    rule: str
    moves: bool = True

    @property
    def period(self) -> str:
        """Its length in words: "6 weeks"."""
        return f"{self.length} {self.unit.value if self.length != 1 else self.unit.value.removesuffix('s')}"

    @property
    def moved_by_law(self) -> bool:
        """Whether its end moves to an ordinary day (Atw 1, 4)."""
        return self.moves and self.length <= LONGEST_MOVED[self.unit]


@dataclass(frozen=True)
class Suspension:
    """A term stood still from the day after `asked_on` up to and including the day before `ended_on`.

    `ended_on` is the day on which what was asked came in, or the day after a repair term that ran out unused.
    """

    asked_on: date
    ended_on: date


def run(after: date, term: Term, calendar: Calendar, suspensions: Iterable[Suspension] = (), rule: str = "") -> Due:
    """The last day of a term whose first day is the day after `after`; `rule` is the article of the suspensions."""
    end = add_period(after, term.length, term.unit)
    reason = Reason.COUNTED if term.moved_by_law else Reason.COUNTED_UNMOVED
    facts: dict[str, object] = {"length": term.length, "unit": term.unit.value, "period": term.period}
    steps = [Step(term.rule, next_day(after), end, reason, facts)]
    for first, last in suspended_spans(suspensions, after):
        days = days_between(first, last) + 1
        facts = {"days": days, "first": first.isoformat(), "last": last.isoformat()}
        steps.append(Step(rule, end, add_days(end, days), Reason.SUSPENDED, facts))
        end = add_days(end, days)
    counted = Due(end, tuple(steps))
    if not term.moved_by_law:
        return counted
    moved = moved_to_ordinary(end, calendar).after(counted)
    long_enough = term.unit is not Unit.DAYS or term.length >= SHORTEST_WITH_TWO_DAYS
    return _with_two_ordinary_days(after, moved, calendar) if long_enough else moved


def suspended_spans(suspensions: Iterable[Suspension], after: date) -> list[tuple[date, date]]:
    """First and last day of each stretch that stood still after a day; overlaps are one stretch."""
    spans: list[tuple[date, date]] = []
    for each in sorted(suspensions, key=lambda each: each.asked_on):
        first, last = max(next_day(each.asked_on), next_day(after)), previous_day(each.ended_on)
        if spans:
            first = max(first, next_day(spans[-1][1]))
        if first > last:
            continue
        if spans and first == next_day(spans[-1][1]):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans


def suspended_days(suspensions: Iterable[Suspension], after: date) -> int:
    """How many days after a day a term stood still; a day in two suspensions counts once."""
    return sum(days_between(first, last) + 1 for first, last in suspended_spans(suspensions, after))


def moved_to_ordinary(day: date, calendar: Calendar) -> Due:
    """The first ordinary day from a day on (Atw 1(1)), with a step for each weekend and holiday in between."""
    steps = tuple(_moves(day, calendar))
    end = steps[-1].to_on if steps else day
    return Due(end, steps, _unknown(calendar, day, end))


def _moves(day: date, calendar: Calendar) -> Iterator[Step]:
    while not calendar.is_ordinary(day):
        name = calendar.holiday_name(day)
        if name is None:
            following = add_days(day, SATURDAY + 2 - day.weekday())
            yield Step("Atw 1(1)", day, following, Reason.WEEKEND)
        elif calendar.is_designated(day):
            following = next_day(day)
            yield Step("Atw 3(3)", day, following, Reason.DESIGNATED, {"name": name})
        else:
            following = next_day(day)
            yield Step(_article(name), day, following, Reason.HOLIDAY, {"name": name})
        day = following


def _article(holiday: str) -> str:
    return "Atw 3(2)" if holiday == "Goede Vrijdag" else "Atw 3(1)"


def _with_two_ordinary_days(after: date, due: Due, calendar: Calendar) -> Due:
    """Atw 2: not before the second ordinary day of the term."""
    second = calendar.roll(next_day(calendar.roll(next_day(after))))
    if second < due.last_day:
        return due
    steps = (Step("Atw 2", due.last_day, second, Reason.TWO_ORDINARY_DAYS),) if second > due.last_day else ()
    return Due(second, steps, _unknown(calendar, next_day(after), second)).after(due)


def _unknown(calendar: Calendar, first: date, last: date) -> frozenset[int]:
    """The years of both days (a few days apart) whose designated days are unknown."""
    return frozenset(year for year in (first.year, last.year) if not calendar.knows(year))
