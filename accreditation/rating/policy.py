"""PURE: who may rate a course, for how long that may change, and when a number says nothing of one person."""

from dataclasses import dataclass
from datetime import date

from core.errors import Forbidden, Refused
from core.law.days import add_days
from core.law.rulesets import RuleSet

LEAST, MOST = 1, 5


@dataclass(frozen=True)
class Mean:
    """What a number of participants think, on average, in tenths."""

    tenths: int
    count: int


def mean(stars: int, count: int, least: int) -> Mean | None:
    """The average of a sum of stars, or nothing below the number from which nobody stands out."""
    return Mean(round(10 * stars / count), count) if count >= least else None


def least_shown(rules: RuleSet) -> int | None:
    """From how many ratings on a number is shown; None where courses are not rated."""
    return rules.quality.rating_least_shown if rules.quality else None


def require_may_rate(*, booked: bool, own: bool) -> None:
    """Forbidden("own-case") for who acts for the provider; Refused("no-credit-in-run") for who was not there."""
    if own:
        raise Forbidden("own-case")
    if not booked:
        raise Refused("no-credit-in-run")


def last_day_to_change(rated_on: date, rules: RuleSet) -> date:
    """The last day on which somebody may think otherwise."""
    return add_days(rated_on, rules.terms["rating-change"].length)


def require_changeable(rated_on: date, rules: RuleSet, today: date) -> None:
    """Refused("rating-stands") once the term to change it is over."""
    if today > last_day_to_change(rated_on, rules):
        raise Refused("rating-stands", last_day=last_day_to_change(rated_on, rules))
