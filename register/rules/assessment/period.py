"""The period that a renewal closes, also where the day it began was not stated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.law.days import FIRST_YEAR, LAST_YEAR, add_months, next_day
from core.law.rulesets import RuleSet
from register.rules.assessment.doubt import Doubt
from register.rules.assessment.facts import Facts


@dataclass(frozen=True)
class Began:
    """The first and the last day on which the period can have begun."""

    earliest: date
    latest: date

    def before(self, day: date, doubt: Doubt) -> bool:
        """Whether the period began before a day."""
        if self.latest < day:
            return True
        if self.earliest >= day:
            return False
        return doubt.holds("registered_on", None)


def following_period(due_on: date, decided_on: date) -> date:
    """The first day that counts for the period after a renewal: the one before counts until due date or decision."""
    return next_day(max(due_on, decided_on))


def began(facts: Facts, sets: Iterable[RuleSet]) -> Began:
    """The day itself; else what the due date leaves possible, by the shortest and longest periods and postponement."""
    if facts.registered_on:
        return Began(facts.registered_on, facts.registered_on)
    if facts.due_on is None:
        return Began(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    held = tuple(sets)
    months = [12 * years for rules in held for years in rules.year_choices()]
    postponed = max(rules.postponement.max_months for rules in held)
    return Began(_earlier(facts.due_on, max(months) + postponed), _earlier(facts.due_on, min(months)))


def _earlier(day: date, months: int) -> date:
    """So many months earlier, but not before the first day that the house takes in."""
    if day.year * 12 - months < (FIRST_YEAR + 1) * 12:
        return date(FIRST_YEAR, 1, 1)
    return add_months(day, -months)
