"""The assessor: from stated facts to an answer, under the rule set that governs them."""

from collections.abc import Callable, Mapping
from datetime import date

from core.errors import NotFound, Refused
from core.law.days import LAST_YEAR, add_years
from core.law.rulesets import RuleSet, RuleSets, SelectedBy
from register.rules import answering
from register.rules.answering import errors
from register.rules.assessment.answer import Assessment, Step
from register.rules.assessment.facts import Facts, Kind
from register.rules.assessment.levels import assess_level_change
from register.rules.assessment.parsing import facts_from
from register.rules.assessment.period import began
from register.rules.assessment.postponement import assess_postponement
from register.rules.assessment.registration import assess_registration
from register.rules.assessment.renewal import assess_reregistration
from register.rules.assessment.standing import standing
from register.rules.reading import Wrong

_BY_KIND: Mapping[Kind, Callable[[Facts, RuleSet], Assessment]] = {
    Kind.REGISTRATION: assess_registration,
    Kind.POSTPONEMENT: assess_postponement,
    Kind.LEVEL_CHANGE: assess_level_change,
}


def run(text: str, sets: RuleSets) -> tuple[str, int]:
    """JSON in, JSON (ASCII) out, exit code: one request or an array of them, each answered in its place."""
    return answering.run(text, lambda item: assess(item, sets))


def assess(item: object, sets: RuleSets) -> dict[str, object]:
    """One request as decoded from JSON; `{"errors": [{"field", "code", "detail"}]}` when it cannot be read."""
    facts = facts_from(item, sets.registers())
    if not isinstance(facts, Facts):
        return errors(facts)
    if wrong := _wrong_set(facts, sets):
        return errors([wrong])
    try:
        return assess_facts(facts, sets).as_dict()
    except Refused as error:  # a period that would end beyond the days that the house counts
        return errors([Wrong("", error.code, f"state earlier days: the answer lies beyond {LAST_YEAR}")])


def assess_facts(facts: Facts, sets: RuleSets) -> Assessment:
    """The answer on typed facts, under the set they name or the one that governs them; NotFound("unknown-rule-set")."""
    siblings = sets.of(facts.register)
    if facts.rule_set:
        rules: RuleSet | None = sets.named(facts.rule_set)
    elif missing := _hidden(facts, siblings):
        return standing(facts, None).lacking(missing)
    else:
        rules = _governing(facts, sets)
    if rules is None:
        step = Step("rule sets", "no-rule-set", "no rule set was in force on that day")
        return standing(facts, None).refused(["no-rule-set"], [step])
    if facts.kind is Kind.REREGISTRATION:
        return assess_reregistration(facts, rules, siblings)
    return _BY_KIND[facts.kind](facts, rules)


def _wrong_set(facts: Facts, sets: RuleSets) -> Wrong | None:
    if facts.rule_set is None:
        return None
    known = {rules.name: rules.register_name for rules in sets}
    names = ", ".join(name for name, register in known.items() if register == facts.register)
    if facts.rule_set not in known:
        return Wrong("rule_set", "unknown-rule-set", f"state null or one of: {names}")
    if known[facts.rule_set] != facts.register:
        return Wrong("rule_set", "rule-set-of-another-register", f"state null or one of: {names}")
    return None


def _governing(facts: Facts, sets: RuleSets) -> RuleSet | None:
    if facts.decided_on is None:
        return None
    began_on = None if facts.kind is Kind.REGISTRATION else began(facts, sets.of(facts.register)).latest
    renewed_until = facts.due_on if facts.registered_on and facts.kind is Kind.REREGISTRATION else None
    try:
        return sets.chosen(facts.register, facts.decided_on, began_on, renewed_until)
    except NotFound:
        return None


def _hidden(facts: Facts, siblings: tuple[RuleSet, ...]) -> list[str]:
    """The facts without which it cannot be said which set governs, and with them the due date that is needed next."""
    hidden = {
        "decided_on": facts.decided_on is None,
        "registered_on": facts.registered_on is None and _began_matters(facts, siblings),
    }
    if any(hidden.values()):
        hidden["due_on"] = facts.due_on is None and facts.kind is not Kind.REGISTRATION
    return [name for name, is_hidden in hidden.items() if is_hidden]


def _began_matters(facts: Facts, siblings: tuple[RuleSet, ...]) -> bool:
    """Whether the day the period began, as far as the due date leaves it open, decides which set governs."""
    if facts.kind is Kind.REGISTRATION:
        return False
    if any(rules.selected_by is SelectedBy.PERIOD_BEGAN for rules in siblings):
        possible = began(facts, siblings)
        first, last = (_covering(day, siblings) for day in (possible.earliest, possible.latest))
        return first != last
    if facts.kind is not Kind.REREGISTRATION or facts.due_on is None or facts.decided_on is None:
        return False
    chosen = _covering(facts.decided_on, siblings)
    return any(_can_keep(rules, facts.due_on) for rules in siblings if rules.name != chosen)


def _covering(day: date, siblings: tuple[RuleSet, ...]) -> str | None:
    return next((rules.name for rules in siblings if rules.covers(day)), None)


def _can_keep(rules: RuleSet, due_on: date) -> bool:
    """Whether some period with this end would stay under an older set."""
    keeps = rules.keeps_running_periods and rules.until_on
    return bool(keeps) and due_on <= add_years(rules.until_on or due_on, rules.period_years)
