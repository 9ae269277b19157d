"""A period is told in days by one function: no page counts it from the day on which it was due to begin."""

import re
from pathlib import Path

ROOMS = Path(__file__).parents[2] / "register"
SAID = re.compile(r"start=[\w.]*began_on|starts=[\w.]*began_on")


def test_nobody_tells_a_period_from_the_day_that_does_not_count_for_it_yet() -> None:
    told = [
        f"{path.relative_to(ROOMS)}: {found.group()}"
        for path in ROOMS.rglob("*.py")
        for found in SAID.finditer(path.read_text(encoding="utf-8"))
    ]

    assert told == []
