"""The rule sets that the product ships."""

from functools import cache
from pathlib import Path

from core.law import rulefiles
from core.law.rulesets import RuleSets


@cache
def shipped() -> RuleSets:
    """Every set in `register/rules`; BrokenRules when one cannot be read."""
    return rulefiles.load(Path(__file__).parent)
