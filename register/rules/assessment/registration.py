"""First registration, or entry in training for who is still learning."""

from dataclasses import replace
from datetime import date

from core.law.days import add_years
from core.law.rulesets import InTraining, RuleSet
from register.rules.assessment.answer import FACTS_MISSING, Assessment, Outcome, Status, Step
from register.rules.assessment.doubt import Doubt, settle
from register.rules.assessment.facts import Facts, Proof, Role
from register.rules.assessment.proofs import NO_PROOF, Judged, doubtful_days, judge
from register.rules.assessment.standing import excluded, exclusion, standing


def assess_registration(facts: Facts, rules: RuleSet) -> Assessment:
    """Registered at the level of the best proof, from the decision on (art. 7A(1)); else in training; else refused.

    Grounds: not-eligible, role-not-eligible, no-qualifying-proof, level-too-low-for-role, those of the proofs.
    """
    before = standing(facts, rules)
    return settle(before, lambda doubt: _register(before, facts, rules, doubt))


def _register(before: Assessment, facts: Facts, rules: RuleSet, doubt: Doubt) -> Assessment:
    if excluded(facts, rules, doubt):
        return before.refused(["not-eligible"], [exclusion(rules)])
    roles = rules.eligibility.roles
    if roles and facts.role and facts.role not in roles:
        why = f"this register is for {' and '.join(roles)}"
        return before.refused(["role-not-eligible"], [Step(rules.sources["eligibility"], "role-not-eligible", why)])
    doubt.need("proofs", facts.proofs)
    doubt.need("decided_on", facts.decided_on)
    if facts.proofs is None or facts.decided_on is None:
        return before.refused([FACTS_MISSING])
    training = rules.in_training
    kinds = training.proofs if training else ()
    proofs = [(f"proofs[{at}]", proof) for at, proof in enumerate(facts.proofs)]
    judged = [judge(proof, path, facts, rules, doubt) for path, proof in proofs if proof.kind not in kinds]
    good = [each for each in judged if each.counts and _high_enough(each, facts, rules, doubt)]
    if good:
        return _registered(before, facts.decided_on, max(good, key=lambda each: rules.rank(each.level)), rules)
    enrolments = [proof for _, proof in proofs if proof.kind in kinds]
    if training and enrolments:
        return _in_training(before, facts, enrolments, training, rules, doubt)
    low = ["level-too-low-for-role" for each in judged if each.counts]
    grounds = [*low, *(code for each in judged for code in each.codes)]
    return before.refused(grounds or [NO_PROOF], _no_proof_steps(grounds, rules))


def _high_enough(judged: Judged, facts: Facts, rules: RuleSet, doubt: Doubt) -> bool:
    """Each role takes a level at least; which one is unknown, only the lowest of them all is certain to do."""
    lowest = rules.eligibility.lowest_level
    reached = {role: rules.rank(judged.level) >= rules.rank(level) for role, level in lowest.items()}
    if facts.role or len(set(reached.values())) < 2:
        return reached.get(facts.role or "", all(reached.values()))
    return doubt.holds("role", None)


def _registered(before: Assessment, decided_on: date, best: Judged, rules: RuleSet) -> Assessment:
    due_on = add_years(decided_on, rules.period_years)
    level = f" at {best.level}" if best.level else ""
    return replace(
        before,
        outcome=Outcome.GRANTED,
        level=best.level,
        status=Status.REGISTERED,
        due_on=due_on,
        explanation=(
            Step(rules.sources["proofs"], "proof-accepted", f"the proof registers{level}"),
            Step(
                rules.sources["period"], "period", f"{rules.period_years} years from the decision", decided_on, due_on
            ),
        ),
        results=before.all_granted(),
    )


def _no_proof_steps(grounds: list[str], rules: RuleSet) -> list[Step]:
    why = ", ".join(dict.fromkeys(grounds)) or "none was given"
    letter = "who fits none of the routes may ask the committee by letter"
    return [
        Step(rules.sources["proofs"], NO_PROOF, f"no proof counts: {why}"),
        Step("FAQ 003", "free-form-is-open", letter),
    ]


def _in_training(
    before: Assessment, facts: Facts, proofs: list[Proof], training: InTraining, rules: RuleSet, doubt: Doubt
) -> Assessment:
    """So many years from the appointment; an enrolment counts unless its programme is known not to (po-aspirant)."""
    source = rules.sources["in-training"]
    wrong = [(*doubtful_days(proof, facts.decided_on), *_ended(proof, facts.decided_on)) for proof in proofs]
    if all(wrong):
        codes = [code for each in wrong for code in each]
        return before.refused(codes, [Step(source, codes[0], "the programme of the enrolment does not count")])
    doubt.need("appointed_on", facts.appointed_on)
    if facts.appointed_on is None or facts.decided_on is None:
        return before.refused([FACTS_MISSING])
    if training.appointed_from and facts.appointed_on < training.appointed_from:
        why = f"only for a first appointment on or after {training.appointed_from.isoformat()}"
        return before.refused(["appointed-too-early"], [Step(source, "appointed-too-early", why)])
    years = doubt.pick("role", _years(facts.role, training), max(training.years.values()), min(training.years.values()))
    until = add_years(facts.appointed_on, years)
    step = Step(source, "in-training", f"{years} years from the appointment at most", facts.appointed_on, until)
    if until < facts.decided_on:
        return before.refused(["in-training-term-passed"], [step])
    return replace(
        before,
        outcome=Outcome.GRANTED,
        level=training.level,
        status=Status.IN_TRAINING,
        due_on=until,
        explanation=(step,),
        results=before.all_granted(),
    )


def _years(role: Role | None, training: InTraining) -> int | None:
    return training.years.get(role) if role else None


def _ended(proof: Proof, decided_on: date | None) -> list[str]:
    """Accredited no longer when the entry would begin."""
    ended = proof.accredited_until and decided_on and proof.accredited_until < decided_on
    return ["outside-accreditation-period"] if ended else []
