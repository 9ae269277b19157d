"""Reregistration: by points, themes, hours or a proof, counted from the due date that is renewed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.law.days import add_months, add_years
from core.law.rulesets import Base, Hours, RuleSet, Themes
from register.rules.assessment.activities import Tally, tally
from register.rules.assessment.answer import FACTS_MISSING, Assessment, Outcome, Result, Status, Step
from register.rules.assessment.doubt import Doubt, settle
from register.rules.assessment.facts import Facts, Sector
from register.rules.assessment.period import began
from register.rules.assessment.proofs import judge
from register.rules.assessment.standing import conditional, excluded, exclusion, learning, standing


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


def assess_reregistration(facts: Facts, rules: RuleSet, siblings: Iterable[RuleSet] = ()) -> Assessment:
    """Renewed when every norm is met, or on a proof; late or early, the next period runs from the old due date.

    `siblings`: all sets of the register, which bound the day the period began where it was not stated.
    Grounds: not-eligible, still-in-training, points-short, themes-short, hours-short, primary-process-short,
    subject-short, work-hours-short, no-qualifications, next-due-passed, those of the proofs.
    """
    before = standing(facts, rules)
    known = tuple(siblings) or (rules,)
    return settle(before, lambda doubt: _renew(before, facts, rules, known, doubt))


def counted(facts: Facts, rules: RuleSet, siblings: Iterable[RuleSet] = ()) -> Tally:
    """What certainly counts by now, for a page that shows how far somebody is."""
    return tally(facts, rules, began(facts, tuple(siblings) or (rules,)), Doubt(best=False))


def _renew(before: Assessment, facts: Facts, rules: RuleSet, siblings: tuple[RuleSet, ...], doubt: Doubt) -> Assessment:
    if excluded(facts, rules, doubt):
        return before.refused(["not-eligible"], [exclusion(rules)])
    if learning(facts, rules):
        why = "who is in training is not yet registered"
        return before.refused(["still-in-training"], [Step(rules.sources["in-training"], "still-in-training", why)])
    _need(facts, rules, doubt)
    if doubt.needed or facts.due_on is None or facts.decided_on is None:
        return before.refused([FACTS_MISSING])
    total = tally(facts, rules, began(facts, siblings), doubt)
    norm = _norm(total, facts, rules, doubt)
    proof = _by_proof(facts, rules, siblings, doubt)
    verdicts = [each for each in (norm, proof) if each.years]
    if not verdicts:
        return before.refused((*norm.grounds, *proof.grounds), (*norm.steps, *proof.steps), total.lines)
    years = max(each.years for each in verdicts)
    renewed = _renewed(before, facts.due_on, facts.decided_on, years, verdicts, rules)
    return _per_qualification(replace(renewed, lines=total.lines), facts, rules, doubt)


def _need(facts: Facts, rules: RuleSet, doubt: Doubt) -> None:
    """Who states proofs or activities relies on those; who states neither relies on nothing yet."""
    doubt.need("due_on", facts.due_on)
    doubt.need("decided_on", facts.decided_on)
    doubt.need("activities", facts.proofs if facts.activities is None else facts.activities)
    if rules.renewal.hours and rules.renewal.hours.work_hours:
        doubt.need("qualifications", facts.qualifications)


def _norm(total: Tally, facts: Facts, rules: RuleSet, doubt: Doubt) -> Verdict:
    """Every norm that the rule set states must be met."""
    norm = rules.renewal
    met = [
        *([by_points(total, rules)] if norm.ladder else []),
        *([by_themes(total, norm.themes, rules)] if norm.themes else []),
        *([by_hours(total, norm.hours, facts.sector, rules, doubt)] if norm.hours else []),
    ]
    years = min(each.years for each in met)
    grounds = tuple(ground for each in met for ground in each.grounds)
    return Verdict(years, grounds, tuple(step for each in met for step in each.steps))


@dataclass(frozen=True)
class _Usable:
    level: str | None
    codes: tuple[str, ...]


def _by_proof(facts: Facts, rules: RuleSet, siblings: tuple[RuleSet, ...], doubt: Doubt) -> Verdict:
    """A proof from after the last registration renews for the normal period and may raise the level (po-opleiding)."""
    found = [_usable(at, facts, rules, siblings, doubt) for at in range(len(facts.proofs or ()))]
    levels = [each.level for each in found if not each.codes]
    source = rules.sources["renewal-proofs"]
    if levels:
        best = max(levels, key=rules.rank)
        step = Step(source, "renewed-by-proof", f"a proof of {best} from after the last registration renews by itself")
        return Verdict(rules.period_years, (), (step,), best)
    codes = tuple(dict.fromkeys(code for each in found for code in each.codes))
    steps = (Step(source, codes[0], f"no proof renews: {', '.join(codes)}"),) if codes else ()
    return Verdict(0, codes, steps)


def _usable(at: int, facts: Facts, rules: RuleSet, siblings: tuple[RuleSet, ...], doubt: Doubt) -> _Usable:
    path, proof = f"proofs[{at}]", (facts.proofs or ())[at]
    rule = next((rule for rule in rules.renewal.proofs if rule.kind == proof.kind), None)
    if rule is None:
        return _Usable(None, ("proof-does-not-renew",))
    judged = judge(proof, path, facts, rules, doubt)
    codes = list(judged.codes)
    if judged.counts and rules.rank(judged.level) < rules.rank(rule.level):
        codes.append("level-too-low-to-renew")
    if not doubt.holds("level", None if facts.level is None else facts.level in rule.from_levels):
        codes.append(FACTS_MISSING if facts.level is None else "proof-not-for-this-level")
    if proof.issued_on is None:
        after = doubt.holds(f"{path}.issued_on", None)
    else:
        after = began(facts, siblings).before(proof.issued_on, doubt)
    if not after:
        codes.append("obtained-before-registration" if proof.issued_on and facts.registered_on else FACTS_MISSING)
    return _Usable(judged.level, tuple(codes))


def _renewed(
    before: Assessment, due_on: date, decided_on: date, years: int, verdicts: list[Verdict], rules: RuleSet
) -> Assessment:
    base = due_on if rules.renewal.base is Base.DUE_DATE else decided_on
    next_due = add_years(base, years)
    levels = [before.level, *(each.level for each in verdicts)]
    named = "the due date that is renewed" if rules.renewal.base is Base.DUE_DATE else "the decision"
    steps = [step for each in verdicts for step in each.steps]
    if decided_on > due_on:
        steps.append(conditional(due_on, decided_on, rules))
    if decided_on > add_months(due_on, rules.conditional_months):
        why = "the conditional term has passed; this holds as long as no lapse was made known (Awb 3:40)"
        steps.append(Step(rules.sources["lateness"], "conditional-term-passed", why))
    steps.append(Step(rules.sources["period"], "period", f"{years} years from {named}", base, next_due))
    if next_due <= decided_on:
        return before.refused(["next-due-passed"], steps)
    return replace(
        before,
        outcome=Outcome.GRANTED if years >= rules.period_years else Outcome.GRANTED_SHORTER,
        level=max(levels, key=rules.rank),
        status=Status.REGISTERED,
        due_on=next_due,
        explanation=tuple(steps),
        results=before.all_granted(),
    )


def _per_qualification(renewed: Assessment, facts: Facts, rules: RuleSet, doubt: Doubt) -> Assessment:
    """Each qualification has its own test of work experience (rl-registratie); some may be renewed without others."""
    hours = rules.renewal.hours
    if renewed.outcome is Outcome.REFUSED or not hours or facts.qualifications is None:
        return renewed
    results: list[Result] = []
    for at, each in enumerate(facts.qualifications):
        known = None if each.work_hours is None else each.work_hours >= hours.work_hours
        worked = doubt.holds(f"qualifications[{at}].work_hours", known)
        results.append(
            Result(each.name, renewed.outcome) if worked else Result(each.name, Outcome.REFUSED, ("work-hours-short",))
        )
    short = [each for each in results if each.outcome is Outcome.REFUSED]
    step = Step(rules.sources["work-hours"], "work-hours", f"{hours.work_hours} working hours for each qualification")
    if not short and results:
        return replace(renewed, results=tuple(results), explanation=(*renewed.explanation, step))
    if len(short) == len(results):
        grounds = ["work-hours-short"] if results else ["no-qualifications"]
        before = standing(facts, rules)
        return before.refused(grounds, [*renewed.explanation, step], renewed.lines)
    return replace(
        renewed,
        outcome=Outcome.PARTLY_GRANTED,
        grounds=("work-hours-short",),
        results=tuple(results),
        explanation=(*renewed.explanation, step),
    )
