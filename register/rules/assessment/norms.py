"""The norms that activities are held against: the ladder of points, themes, hours."""

from dataclasses import dataclass
from decimal import Decimal

from core.law.rulesets import Hours, RuleSet, Themes
from register.rules.assessment.activities import Tally
from register.rules.assessment.answer import Step
from register.rules.assessment.doubt import Doubt
from register.rules.assessment.facts import Sector


@dataclass(frozen=True)
class Verdict:
    """For how many years it renews, 0 for not; the level that it gives, if any."""

    years: int
    grounds: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    level: str | None = None


def by_points(counted: Tally, rules: RuleSet) -> Verdict:
    """The highest rung that the points reach (po-prof)."""
    ladder = rules.renewal.ladder
    reached = [rung for rung in ladder if rung.points <= counted.points]
    if not reached:
        why = f"{counted.points} points count; {ladder[0].points} are needed"
        return Verdict(0, ("points-short",), (Step(rules.sources["norm"], "points-short", why),))
    rung = reached[-1]
    why = f"{counted.points} points count; from {rung.points} on the next period lasts {rung.years} years"
    return Verdict(rung.years, (), (Step(rules.sources["norm"], "points", why),))


def by_themes(counted: Tally, norm: Themes, rules: RuleSet) -> Verdict:
    """So many different themes (po-certificeren)."""
    why = f"{counted.themes} themes are covered; {norm.needed} of the {norm.known} are needed"
    if counted.themes < norm.needed:
        return Verdict(0, ("themes-short",), (Step(rules.sources["norm"], "themes-short", why),))
    return Verdict(rules.period_years, (), (Step(rules.sources["norm"], "themes", why),))


def by_hours(counted: Tally, norm: Hours, sector: Sector | None, rules: RuleSet, doubt: Doubt) -> Verdict:
    """So many hours in all, and in each part of the norm that this sector has (rl-herreg)."""
    wanted = {"hours": (counted.hours, norm.least)}
    for part in norm.parts:
        free = None if sector is None else sector not in part.sectors
        if not part.sectors or not doubt.holds("sector", free):
            wanted[part.name] = (counted.parts[part.name], part.least)
    short = tuple(f"{name}-short" for name, (have, least) in wanted.items() if have < least)
    steps = tuple(_step(name, have, least, rules) for name, (have, least) in wanted.items())
    return Verdict(0 if short else rules.period_years, short, steps)


def _step(name: str, have: Decimal, least: int, rules: RuleSet) -> Step:
    what = "hours in all" if name == "hours" else f"hours of {name.replace('-', ' ')}"
    return Step(rules.sources["norm"], f"{name}-short" if have < least else name, f"{have} {what}; {least} are needed")
