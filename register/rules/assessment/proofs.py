"""Whether a proof counts, and for which level."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.law.rulesets import ProofRule, RuleSet
from register.rules.assessment.answer import FACTS_MISSING
from register.rules.assessment.doubt import Doubt
from register.rules.assessment.facts import Facts, Proof

NO_PROOF = "no-qualifying-proof"


@dataclass(frozen=True)
class Judged:
    """`codes` say why it does not count; without them it does, at `level` (None in a register without levels)."""

    level: str | None = None
    codes: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return not self.codes


def judge(proof: Proof, path: str, facts: Facts, rules: RuleSet, doubt: Doubt) -> Judged:
    """One proof by the rule for its kind; `path` is where it stands in the facts."""
    rule = next((rule for rule in rules.proofs if rule.kind == proof.kind), None)
    if rule is None:
        return Judged(codes=("proof-kind-not-accepted",))
    codes = list(doubtful_days(proof, facts.decided_on))
    if rule.sectors and not doubt.holds("sector", facts.sector.value in rule.sectors if facts.sector else None):
        codes.append("proof-not-for-sector" if facts.sector else FACTS_MISSING)
    inside = inside_accreditation(proof)
    if inside is None and rule.accredited and not _dates_hold(proof, path, doubt):
        codes.append(FACTS_MISSING)
    recognised = True if proof.recognised is None and inside else proof.recognised
    if rule.recognised and not doubt.holds(f"{path}.recognised", recognised):
        codes.append("not-recognised" if recognised is False else FACTS_MISSING)
    level, wrong = _level(proof, path, rule, rules, doubt)
    return Judged(level, (*dict.fromkeys([*codes, *wrong]),))


def doubtful_days(proof: Proof, decided_on: date | None) -> Iterable[str]:
    """What is known to be wrong with any proof, whatever its kind."""
    if proof.issued_on and decided_on and proof.issued_on > decided_on:
        yield "issued-after-decision"
    if inside_accreditation(proof) is False:
        yield "outside-accreditation-period"
    if proof.recognised is False:
        yield "not-recognised"


def inside_accreditation(proof: Proof) -> bool | None:
    """Issued between its first and its last day, both included (po-opleiding); None when that is unknown."""
    if proof.issued_on is None:
        return None
    if proof.accredited_from and proof.issued_on < proof.accredited_from:
        return False
    if proof.accredited_until and proof.issued_on > proof.accredited_until:
        return False
    return True if proof.accredited_from and proof.accredited_until else None


def _dates_hold(proof: Proof, path: str, doubt: Doubt) -> bool:
    dates = {
        "issued_on": proof.issued_on,
        "accredited_from": proof.accredited_from,
        "accredited_until": proof.accredited_until,
    }
    held = [doubt.holds(f"{path}.{name}", None) for name, day in dates.items() if day is None]
    return all(held)


def _level(
    proof: Proof, path: str, rule: ProofRule, rules: RuleSet, doubt: Doubt
) -> tuple[str | None, tuple[str, ...]]:
    if rule.sizes:
        return _level_by_size(proof, path, rule, rules, doubt)
    if not rule.stated_levels:
        return rule.level, ()
    level = doubt.pick(f"{path}.level", proof.level and proof.level.value, rule.stated_levels[-1], "")
    if level in rule.stated_levels:
        return level, ()
    return None, (FACTS_MISSING if proof.level is None else "level-not-for-this-proof",)


def _level_by_size(
    proof: Proof, path: str, rule: ProofRule, rules: RuleSet, doubt: Doubt
) -> tuple[str | None, tuple[str, ...]]:
    """The highest level that the size is enough for; a lower level that the diploma states goes before."""
    possible = {size.level for size in rule.sizes}
    stated = proof.level.value if proof.level and proof.level.value in possible else None
    if proof.ects is None and stated:
        return stated, ()
    ects = doubt.pick(f"{path}.ects", proof.ects, Decimal(rule.sizes[-1].ects), Decimal(0))
    reached = [size.level for size in rule.sizes if size.ects <= ects]
    if not reached:
        return None, (FACTS_MISSING if proof.ects is None else "too-few-ects",)
    return min([reached[-1], *([stated] if stated else [])], key=rules.rank), ()
