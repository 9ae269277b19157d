"""Random chains of all that is done in a case: who may not decide does not, nobody is worse off, nobody is untold."""

from collections.abc import Awaitable, Callable
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from appeals.disputes.policy import Kind
from appeals.verbs import VERBS
from tests.builders import open_house
from tests.databases import Databases
from tests.journeys.begun import START, STORIES, Begun
from tests.journeys.chains import SAID, Chain

STEPS = 12
# A chain says what it did; to shrink one would take minutes.
AS_IT_FELL = settings(suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
CHAINS, MANY = settings(AS_IT_FELL, max_examples=10), settings(AS_IT_FELL, max_examples=400)
Walk = Callable[[str, Random, int], Awaitable[None]]


@pytest.fixture(scope="session")
def walk(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """A chain that goes on where a story begins, each time from a copy of the same template."""
    begun = {name: Begun(tmp_path_factory.mktemp(name), story) for name, story in STORIES.items()}
    for name, one in begun.items():
        databases.define(f"chain-{name}", one.fill)

    async def walked(story: str, dice: Random, steps: int) -> None:
        url = databases.make("sqlite", like=f"chain-{story}")
        try:
            async with open_house(url, begun[story].files, begun[story], START) as house:
                await Chain(house, dice).run(steps)
        finally:
            databases.drop(url)

    return walked


def test_every_deed_of_a_case_can_be_tried():
    assert set(SAID) == {verb.name for kind in Kind for verb in VERBS[kind]}


@pytest.mark.thorough
@pytest.mark.parametrize("story", STORIES)
@CHAINS
@given(dice=st.randoms(use_true_random=False))
async def test_whatever_anybody_tries_a_case_stays_lawful(walk: Walk, story: str, dice: Random):
    await walk(story, dice, STEPS)


@pytest.mark.long
@pytest.mark.parametrize("story", STORIES)
@MANY
@given(dice=st.randoms(use_true_random=False))
async def test_whatever_anybody_tries_for_long_a_case_stays_lawful(walk: Walk, story: str, dice: Random):
    await walk(story, dice, 3 * STEPS)
