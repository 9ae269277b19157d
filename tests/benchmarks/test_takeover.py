"""A register of 10,000 entries with 1 % broken lines: taken over, and swept on the day after its due dates.

Run: `pytest -n 0 -m benchmark tests/benchmarks/test_takeover.py -s`.
"""

import time
from datetime import date

import pytest

from register.office.imports.command import import_register
from register.service.sweep import sweep
from tests.benchmarks.stopwatch import machine, table
from tests.builders import a_world
from tests.register.takeover.files import a_file, a_line

pytestmark = pytest.mark.benchmark

ENTRIES = 10_000
MOST_SECONDS = 30
OLD = ({}, {"title": "RADO", "level": "basisbekwaam"}, {"level": "master", "points": "85"})


def a_register() -> bytes:
    """Every third deputy, every third master; one line in a hundred with a level that does not exist."""
    broken = {"level": "zus of zo"}
    return a_file(*(a_line(n, **{**OLD[n % 3], **(broken if n % 100 == 99 else {})}) for n in range(ENTRIES)))


async def test_ten_thousand_entries_are_taken_over_in_half_a_minute(make_database, tmp_path):
    world = a_world(make_database("sqlite"), tmp_path)
    world.on(date(2025, 8, 1))
    content = a_register()
    rows = []
    try:
        for what in ("taken over", "once more"):
            begun, cpu = time.perf_counter(), time.process_time()
            report = await import_register(world.means, "oud", content)
            rows.append((f"10,000 lines {what}", time.perf_counter() - begun, time.process_time() - cpu))
            assert (report.read, len(report.refused)) == (ENTRIES, ENTRIES // 100)
        world.on(date(2025, 9, 2))
        for what in ("swept: all conditional", "swept again"):
            begun, cpu = time.perf_counter(), time.process_time()
            swept = await sweep(world.means, date(2025, 9, 2))
            rows.append((what, time.perf_counter() - begun, time.process_time() - cpu))
        assert swept.conditional == 0
    finally:
        await world.means.database.close()
        world.doors.passwords.close()

    print(f"\n{machine()}")
    print(table(["what", "seconds", "CPU seconds"], [(what, f"{took:.1f}", f"{cpu:.1f}") for what, took, cpu in rows]))
    assert rows[0][1] < MOST_SECONDS
