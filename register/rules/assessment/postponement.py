"""Postponement (uitstel): a later due date, on a well-founded ground, in part where too much is asked."""

from dataclasses import replace

from core.law.days import add_months
from core.law.rulesets import RuleSet
from register.rules.assessment.answer import FACTS_MISSING, Assessment, Outcome, Status, Step
from register.rules.assessment.doubt import Doubt, settle
from register.rules.assessment.facts import Facts
from register.rules.assessment.standing import conditional, excluded, exclusion, late, learning, standing


def assess_postponement(facts: Facts, rules: RuleSet) -> Assessment:
    """So many months later, at most the rule set's (sterk-herreg); what is asked beyond that is refused.

    Grounds: not-eligible, still-in-training, ground-not-accepted, months-above-maximum, next-due-passed.
    """
    before = standing(facts, rules)
    return settle(before, lambda doubt: _postpone(before, facts, rules, doubt))


def _postpone(before: Assessment, facts: Facts, rules: RuleSet, doubt: Doubt) -> Assessment:
    source, norm = rules.sources["postponement"], rules.postponement
    if excluded(facts, rules, doubt):
        return before.refused(["not-eligible"], [exclusion(rules)])
    if learning(facts, rules):
        return before.refused(
            ["still-in-training"], [Step(source, "still-in-training", "there is no due date to move")]
        )
    if not _founded(facts, rules, doubt):
        why = "postponement takes a well-founded ground, such as long illness"
        return before.refused(["ground-not-accepted"], [Step(source, "ground-not-accepted", why)])
    for name in ("due_on", "decided_on", "requested_months"):
        doubt.need(name, getattr(facts, name))
    if facts.due_on is None or facts.decided_on is None or facts.requested_months is None:
        return before.refused([FACTS_MISSING])
    months = min(facts.requested_months, norm.max_months)
    until = add_months(facts.due_on, months)
    why = f"{facts.requested_months} months asked, {norm.max_months} at most: {months}"
    steps = [Step(source, "postponed", why, facts.due_on, until)]
    if late(facts):
        steps.insert(0, conditional(facts.due_on, facts.decided_on, rules))
    if until <= facts.decided_on:
        return before.refused(["next-due-passed"], steps)
    part = facts.requested_months > months
    return replace(
        before,
        outcome=Outcome.PARTLY_GRANTED if part else Outcome.GRANTED,
        grounds=("months-above-maximum",) if part else (),
        status=Status.POSTPONED,
        due_on=until,
        explanation=tuple(steps),
        results=before.all_granted(),
    )


def _founded(facts: Facts, rules: RuleSet, doubt: Doubt) -> bool:
    """A ground that the rule set names, or registered in the years with little certified offer."""
    norm = rules.postponement
    if doubt.holds("ground", None if facts.ground is None else facts.ground in norm.grounds):
        return True
    if norm.registered_from is None or norm.registered_until is None:
        return False
    known = None
    if facts.registered_on:
        known = norm.registered_from <= facts.registered_on <= norm.registered_until
    return doubt.holds("registered_on", known)
