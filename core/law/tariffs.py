"""The administered table of tariffs: what is owed by which article, since when, and where that was found.

It ships with the product; an installation adds rows of its own by the file that `BEKWAAM_TARIFFS` names. Of two rows
of one thing and one day the one of the installation counts.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from core.errors import Unusable
from core.law.penalty import Tariff

COLUMNS = ("article", "what", "amount", "unit", "valid_from", "source", "noted_on")
PENALTY = ("penalty-days-1-14", "penalty-days-15-28", "penalty-days-29-42")
"""Euros for each day of the first, second and third fourteen days (Awb 4:17(2))."""


@dataclass(frozen=True)
class Rate:
    """One figure, with the article it is of, its unit, from when it holds, its source and the day it was noted."""

    article: str
    what: str
    amount: Decimal
    unit: str
    valid_from: date
    source: str
    noted_on: date


@dataclass(frozen=True)
class Rates:
    """Every figure of an installation, by thing and day."""

    rows: tuple[Rate, ...]

    def on(self, what: str, day: date) -> Rate:
        """The figure that holds on a day; of a day before the first one, the first."""
        known = sorted((row for row in self.rows if row.what == what), key=lambda row: row.valid_from)
        return next((row for row in reversed(known) if row.valid_from <= day), known[0])

    @cached_property
    def penalties(self) -> tuple[Tariff, ...]:
        """The tariffs of the penalty for deciding late, the oldest first."""
        days = sorted({row.valid_from for row in self.rows if row.what in PENALTY})
        since = [date.min, *days[1:]]  # of before the first one, the first
        return tuple(
            Tariff(from_on, tuple(int(self.on(what, day).amount) for what in PENALTY))
            for from_on, day in zip(since, days, strict=True)
        )


def read_rates(lines: Iterable[str]) -> list[Rate]:
    """Rows of a table with `COLUMNS`, apart by `;`. ValueError, that says which row is wrong."""
    found = []
    for n, row in enumerate(csv.DictReader(lines, delimiter=";"), start=2):
        if missing := [name for name in COLUMNS if not (row.get(name) or "").strip()]:
            raise ValueError(f"line {n} lacks {', '.join(missing)}")
        try:
            amount = Decimal(row["amount"])
            since, noted = date.fromisoformat(row["valid_from"]), date.fromisoformat(row["noted_on"])
        except (InvalidOperation, ValueError) as error:
            raise ValueError(f"line {n} has an amount or a day that cannot be read") from error
        if not amount.is_finite() or amount < 0:
            raise ValueError(f"line {n} has an amount below nothing")
        found.append(Rate(row["article"], row["what"], amount, row["unit"], since, row["source"], noted))
    return found


@cache
def shipped() -> tuple[Rate, ...]:
    """The rows of `core/data/tariffs.csv`."""
    text = files("core").joinpath("data/tariffs.csv").read_text(encoding="utf-8")
    return tuple(read_rates(text.splitlines()))


def rates_of(file: Path | None) -> Rates:
    """What ships, with the rows of an installation; Unusable for a file that cannot be read, or an unknown thing."""
    if file is None:
        return Rates(shipped())
    try:
        own = read_rates(file.read_text(encoding="utf-8").splitlines())
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise Unusable(f"{file}: {error}") from error
    if strange := sorted({row.what for row in own} - {row.what for row in shipped()}):
        raise Unusable(f"{file}: nothing is called {', '.join(strange)}")
    return Rates(_merged(own))


def _merged(own: Sequence[Rate]) -> tuple[Rate, ...]:
    said = {(row.what, row.valid_from) for row in own}
    return (*(row for row in shipped() if (row.what, row.valid_from) not in said), *own)
