"""A change of level while a registration runs."""

from dataclasses import replace

from core.law.rulesets import RuleSet
from register.rules.assessment.answer import FACTS_MISSING, Assessment, Outcome, Status, Step
from register.rules.assessment.doubt import Doubt, settle
from register.rules.assessment.facts import Facts, Proof
from register.rules.assessment.proofs import NO_PROOF, Judged, judge
from register.rules.assessment.standing import excluded, exclusion, late, standing


def assess_level_change(facts: Facts, rules: RuleSet) -> Assessment:
    """A higher level on a proof from before the last registration; the due date stays (po-basis).

    Grounds: not-eligible, no-level-change, due-date-passed, obtained-after-registration, no-qualifying-proof.
    """
    before = standing(facts, rules)
    return settle(before, lambda doubt: _change(before, facts, rules, doubt))


def _change(before: Assessment, facts: Facts, rules: RuleSet, doubt: Doubt) -> Assessment:
    source = rules.sources["level-change"]
    if excluded(facts, rules, doubt):
        return before.refused(["not-eligible"], [exclusion(rules)])
    if not rules.level_changes:
        return before.refused(["no-level-change"], [Step(source, "no-level-change", "this rule set knows none")])
    for name in ("level", "proofs", "registered_on", "due_on"):
        doubt.need(name, getattr(facts, name))
    if doubt.needed:
        return before.refused([FACTS_MISSING])
    changes = {change.kind: change.to_level for change in rules.level_changes if change.from_level == facts.level}
    if not changes:
        why = f"there is none from {facts.level}"
        return before.refused(["no-level-change"], [Step(source, "no-level-change", why)])
    if late(facts):
        return before.refused(["due-date-passed"], [Step(source, "due-date-passed", "there is nothing left to change")])
    codes: list[str] = []
    for at, proof in enumerate(facts.proofs or ()):
        path = f"proofs[{at}]"
        wrong = _not_before(proof, path, facts, doubt)
        to_level = changes.get(proof.kind)
        judged = judge(proof, path, facts, rules, doubt) if to_level else Judged(codes=("proof-kind-not-accepted",))
        if judged.counts and not wrong and rules.rank(judged.level) >= rules.rank(to_level):
            step = Step(
                source, "level-changed", f"{to_level}, on a proof from before the registration; due date unmoved"
            )
            return replace(
                before,
                outcome=Outcome.GRANTED,
                level=to_level,
                status=Status.REGISTERED,
                explanation=(step,),
                results=before.all_granted(),
            )
        codes += [*wrong, *judged.codes]
    return before.refused(codes or [NO_PROOF], [Step(source, NO_PROOF, "no proof counts for a higher level")])


def _not_before(proof: Proof, path: str, facts: Facts, doubt: Doubt) -> list[str]:
    if proof.issued_on is None:
        return [] if doubt.holds(f"{path}.issued_on", None) else [FACTS_MISSING]
    after = facts.registered_on is not None and proof.issued_on > facts.registered_on
    return ["obtained-after-registration"] if after else []
