"""Where a person stands before the decision, and who may not stand in a register at all."""

from datetime import date

from core.law.days import next_day
from core.law.rulesets import RuleSet
from register.rules.assessment.answer import Assessment, Outcome, Result, Status, Step
from register.rules.assessment.doubt import Doubt
from register.rules.assessment.facts import Facts, Kind


def standing(facts: Facts, rules: RuleSet | None) -> Assessment:
    """What a refusal leaves: nobody loses level or due date by it."""
    named = facts.qualifications
    return Assessment(
        outcome=Outcome.REFUSED,
        level=facts.level.value if facts.level and not _first(facts, rules) else None,
        status=_status(facts, rules),
        due_on=None if _first(facts, rules) else facts.due_on,
        rule_set=rules.name if rules else facts.rule_set,
        version=rules.version if rules else None,
        results=None if named is None else tuple(Result(each.name, Outcome.REFUSED) for each in named),
    )


def _status(facts: Facts, rules: RuleSet | None) -> Status:
    if rules and learning(facts, rules):
        return Status.IN_TRAINING
    if facts.kind is Kind.REGISTRATION:
        return Status.ENROLLED
    return Status.CONDITIONAL if late(facts) else Status.REGISTERED


def _first(facts: Facts, rules: RuleSet | None) -> bool:
    return facts.kind is Kind.REGISTRATION and not (rules and learning(facts, rules))


def learning(facts: Facts, rules: RuleSet) -> bool:
    """In training: a temporary entry, not yet a registration."""
    return bool(rules.in_training and facts.level == rules.in_training.level)


def late(facts: Facts) -> bool:
    """Decided after the due date."""
    return bool(facts.due_on and facts.decided_on and facts.decided_on > facts.due_on)


def conditional(due_on: date, decided_on: date, rules: RuleSet) -> Step:
    """The days between due date and decision (sterk-2019)."""
    why = f"conditional from the day after the due date, {rules.conditional_months} months at most"
    return Step(rules.sources["lateness"], "conditional", why, next_day(due_on), decided_on)


def excluded(facts: Facts, rules: RuleSet, doubt: Doubt) -> str | None:
    """`not-eligible` when every excluding circumstance is true.

    Ordinary people need not state them: they matter once one of them is stated to be true (art. 1(16)).
    """
    stated = {
        "statutory_director": facts.statutory_director,
        "employer_responsibility": facts.employer_responsibility,
    }
    circumstances = {name: stated[name] for name in rules.eligibility.excluded_when_all if name in stated}
    if True not in circumstances.values() or False in circumstances.values():
        return None
    free = [doubt.pick(name, None, True, False) for name, known in circumstances.items() if known is None]
    return None if any(free) else "not-eligible"


def exclusion(rules: RuleSet) -> Step:
    """Why somebody who is not eligible cannot be registered."""
    why = "a statutory director who carries employer responsibility is not a school leader in this sense"
    return Step(rules.sources["eligibility"], "not-eligible", why)
