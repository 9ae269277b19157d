"""Requests that are complete and granted unless a test varies them."""

from collections.abc import Callable
from typing import Any

import pytest

from core.law.rulesets import RuleSets
from register.rules.assessment.assess import assess
from register.rules.rulesets import shipped

Answer = dict[str, Any]


@pytest.fixture(scope="session")
def sets() -> RuleSets:
    return shipped()


@pytest.fixture(scope="session")
def answer(sets: RuleSets) -> Callable[[Answer], Answer]:
    """Assess one request."""
    return lambda item: assess(item, sets)
