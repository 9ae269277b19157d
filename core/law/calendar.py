"""The administered table of designated days that the product ships, as a Calendar."""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from core.law.workdays import Calendar

KNOWN_YEARS = frozenset({*range(2011, 2020), *range(2022, 2029)})
"""2020 and 2021 were not found; from 2029 on nothing has been decreed yet."""


@cache
def shipped_calendar() -> Calendar:
    """The calendar of `core/data/designated-days.csv`."""
    text = files("core").joinpath("data/designated-days.csv").read_text(encoding="utf-8")
    return Calendar.of(read_designated_days(text.splitlines()), KNOWN_YEARS)


def read_designated_days(lines: Iterable[str]) -> list[tuple[date, str]]:
    """Rows of a table `date;source`; ValueError or KeyError when it is broken."""
    return [(date.fromisoformat(row["date"]), row["source"]) for row in csv.DictReader(lines, delimiter=";")]
