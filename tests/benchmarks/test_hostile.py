"""What a megabyte of hostile JSON and five of hostile token cost before they are refused.

Run: `pytest -n 0 -m benchmark tests/benchmarks/test_hostile.py -s`.
"""

import time
from collections.abc import Callable

import pytest

from core.web.wellformed import Malformed, check_json
from tests.auth.test_tokens import HUGE, refused
from tests.benchmarks.stopwatch import machine, table
from tests.core.hostile import HOSTILE_JSON

pytestmark = pytest.mark.benchmark

MOST_SECONDS_OF_JSON = 1.0
MOST_SECONDS_OF_TOKENS = 0.1


def cpu(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return time.process_time() - begun


def test_hostile_bodies_and_tokens_are_refused_at_once() -> None:
    def refuse(body: bytes) -> None:
        with pytest.raises(Malformed):
            check_json(body, 64)

    bodies = [(f"JSON {body[:12]!r}…", cpu(lambda body=body: refuse(body))) for body in HOSTILE_JSON]
    tokens = [(f"token {token[:8]!r}…", cpu(lambda token=token: refused(token))) for token in HUGE]

    print(f"\n{machine()}")
    print(table(["what", "CPU seconds"], [(what, f"{took:.3f}") for what, took in (*bodies, *tokens)]))
    assert max(took for _, took in bodies) < MOST_SECONDS_OF_JSON
    assert sum(took for _, took in tokens) < MOST_SECONDS_OF_TOKENS
