"""What activities count for, line by line, with a code where one does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.law.days import next_day
from core.law.rulesets import HoursPart, RuleSet, Valuation
from register.rules.assessment.answer import FACTS_MISSING, Line
from register.rules.assessment.doubt import Doubt
from register.rules.assessment.facts import Activity, Facts
from register.rules.assessment.period import Began

# More than anybody can do in one period: the best that unknown hours can be.
PLENTY = Decimal(100_000)


@dataclass(frozen=True)
class Tally:
    """What all activities come to: points, hours in all and by part of the norm, different themes."""

    points: int
    hours: Decimal
    parts: dict[str, Decimal]
    themes: int
    lines: tuple[Line, ...]


def tally(facts: Facts, rules: RuleSet, began: Began, doubt: Doubt) -> Tally:
    """Count what the norms of this rule set measure; each activity is looked at by itself."""
    activities = facts.activities or ()
    lines = tuple(_line(at, each, facts, rules, began, doubt) for at, each in enumerate(activities))
    pairs = [(each, line) for each, line in zip(activities, lines, strict=True) if line.counts]
    parts = rules.renewal.hours.parts if rules.renewal.hours else ()
    return Tally(
        points=sum(line.points for line in lines),
        hours=sum((line.hours for line in lines), Decimal(0)),
        parts={part.name: _hours_in(part, pairs, doubt) for part in parts},
        themes=_themes(pairs, doubt),
        lines=lines,
    )


def _line(at: int, activity: Activity, facts: Facts, rules: RuleSet, began: Began, doubt: Doubt) -> Line:
    path = f"activities[{at}]"
    if code := _outside(activity, path, facts, began, doubt):
        return Line(at, code=code)
    norm = rules.renewal
    points, code = _points(activity, path, rules, doubt) if norm.ladder else (0, None)
    hours, themes = Decimal(0), 0
    if norm.hours:
        hours = doubt.pick(f"{path}.hours", activity.hours, PLENTY, activity.contact_hours or Decimal(0))
        code = code or _nothing(hours, activity.hours)
    if norm.themes:
        known = None if activity.themes is None else _how_many(activity.themes)
        themes = doubt.pick(f"{path}.themes", known, norm.themes.needed, 0)
        code = code or _nothing(themes, activity.themes)
    return Line(at, points, hours, themes, code)


def _nothing(counted: int | Decimal, stated: object) -> str | None:
    if counted:
        return None
    return FACTS_MISSING if stated is None else "counts-for-nothing"


def _outside(activity: Activity, path: str, facts: Facts, began: Began, doubt: Doubt) -> str | None:
    """Done in the period, or after its due date when the decision is late (choice: who is conditional can repair)."""
    if activity.done_on is None:
        return None if doubt.holds(f"{path}.done_on", None) else FACTS_MISSING
    if facts.decided_on and activity.done_on > facts.decided_on:
        return "after-decision"
    return None if began.before(next_day(activity.done_on), doubt) else "before-period"


def _points(activity: Activity, path: str, rules: RuleSet, doubt: Doubt) -> tuple[int, str | None]:
    """The points within the bounds of how they came about; more than the most counts for the most."""
    if activity.valuation is None:
        return _points_somehow(activity, path, rules, doubt)
    valuation = next((each for each in rules.valuations if each.kind == activity.valuation), None)
    if valuation is None:
        return 0, "valuation-not-accepted"
    least, most = valuation.least, valuation.most
    if valuation.per_theme:
        least, most = _by_theme(activity, path, valuation, doubt)
        if not most:
            return 0, "no-themes" if activity.themes is not None else FACTS_MISSING
    points = doubt.pick(f"{path}.points", activity.points, most, least)
    if points < valuation.least:
        return 0, "points-below-minimum"
    return (most, "points-capped") if points > most else (points, _nothing(points, activity.points))


def _by_theme(activity: Activity, path: str, valuation: Valuation, doubt: Doubt) -> tuple[int, int]:
    """Least and most that an assessor can give: so many per theme, and an extra for the level (slim-faq)."""
    known = None if activity.themes is None else _how_many(activity.themes)
    themes = doubt.pick(f"{path}.themes", known, valuation.most // valuation.per_theme, 0)
    if not themes:
        return 0, 0
    base = valuation.per_theme * themes
    return min(valuation.most, base), min(valuation.most, base + max(valuation.extras, default=0))


def _points_somehow(activity: Activity, path: str, rules: RuleSet, doubt: Doubt) -> tuple[int, str | None]:
    """Points of which it was not said how they came about: certain where every way allows them."""
    if not rules.valuations:
        return doubt.pick(f"{path}.points", activity.points, 0, 0), None
    most = max(each.most for each in rules.valuations)
    points = doubt.pick(f"{path}.points", activity.points, most, 0)
    strictest = max(each.least for each in rules.valuations)
    if 0 < points < strictest and not doubt.holds(f"{path}.valuation", None):
        return 0, FACTS_MISSING
    return (most, "points-capped") if points > most else (points, _nothing(points, activity.points))


def _hours_in(part: HoursPart, pairs: Iterable[tuple[Activity, Line]], doubt: Doubt) -> Decimal:
    return sum((line.hours for activity, line in pairs if _belongs(activity, line, part, doubt)), Decimal(0))


def _belongs(activity: Activity, line: Line, part: HoursPart, doubt: Doubt) -> bool:
    known = None if activity.category is None else activity.category in part.categories
    return doubt.holds(f"activities[{line.activity}].category", known)


def _themes(pairs: Iterable[tuple[Activity, Line]], doubt: Doubt) -> int:
    """Different themes; of themes that were only counted, at best all are different, at worst all the same."""
    named: set[str] = set()
    apart = together = 0
    for activity, line in pairs:
        if isinstance(activity.themes, frozenset):
            named |= activity.themes
        elif line.themes:
            path = f"activities[{line.activity}].themes"
            apart += doubt.pick(path, None, line.themes, 0)
            together = max(together, line.themes)
    return max(len(named) + apart, together)


def _how_many(themes: frozenset[str] | int) -> int:
    return themes if isinstance(themes, int) else len(themes)
