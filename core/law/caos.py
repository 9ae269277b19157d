"""The collective agreements (cao's) by which hours and budgets are worked out: one administered table for each.

The tables of `core/data/caos` ship with the product, in the columns of the tariffs; an installation adds its own by the
folder that `BEKWAAM_CAO_FOLDER` names. Of two of one name that of the installation counts. A cao is called as its file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from core.errors import Unusable
from core.law.tariffs import Rate, Rates, read_rates

FIGURES = ("hours", "eur-staff", "eur-direction", "saving-years")
"""What a cao says of a calendar year: hours, euros of teachers and support staff, euros of a member of the direction,
and for how many years after their own euros may be saved."""
MOST = 10**6
MOST_SAVED = 50
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Cao:
    """One agreement; the figure of a year is the one that holds on its first day."""

    name: str
    rates: Rates

    @property
    def first_year(self) -> int:
        """The year from which it has figures; of years before it there are none."""
        return min(row.valid_from.year for row in self.rates.rows)

    @property
    def rows(self) -> list[Rate]:
        """Its figures, each thing by itself, the earliest first."""
        return sorted(self.rates.rows, key=lambda row: (FIGURES.index(row.what), row.valid_from))

    def figure(self, what: str, year: int) -> Rate:
        """A row of `FIGURES` for a year; of a year before the first one, the first."""
        return self.rates.on(what, date(year, 1, 1))


def read_cao(name: str, text: str) -> Cao:
    """A cao from the text of its table; ValueError that says what is wrong."""
    cao = Cao(name, Rates(tuple(read_rates(text.splitlines()))))
    if wrong := list(_wrong(cao)):
        raise ValueError(", ".join(wrong))
    return cao


def _wrong(cao: Cao) -> Iterator[str]:
    if not _NAME.fullmatch(cao.name):
        yield "is called otherwise than in kebab-case, as po-2019"
    rows = cao.rates.rows
    if strange := sorted({row.what for row in rows} - set(FIGURES)):
        yield f"nothing is called {', '.join(strange)}"
    for what in FIGURES:
        first = min((row.valid_from for row in rows if row.what == what), default=None)
        if first is None:
            yield f"lacks {what}"
        elif first.year != cao.first_year:
            yield f"{what} begins in another year than the rest"
    for row in rows:
        if (row.valid_from.month, row.valid_from.day) != (1, 1):
            yield f"{row.what} begins on another day than 1 January"
        if row.amount > (MOST_SAVED if row.what == "saving-years" else MOST):
            yield f"{row.what} is too much"
        elif row.what == "saving-years" and row.amount != int(row.amount):
            yield f"{row.what} is no whole number"


@cache
def shipped() -> Mapping[str, Cao]:
    """The caos of `core/data/caos`, by name."""
    tables = (each for each in files("core").joinpath("data", "caos").iterdir() if each.name.endswith(".csv"))
    found = [read_cao(each.name.removesuffix(".csv"), each.read_text(encoding="utf-8")) for each in tables]
    return {cao.name: cao for cao in sorted(found, key=lambda cao: cao.name)}


def caos_of(folder: Path | None) -> Mapping[str, Cao]:
    """What ships, with the tables of an installation; Unusable with a line for each that cannot be read."""
    if folder is None:
        return shipped()
    if not folder.is_dir():
        raise Unusable(f"{folder} is no folder")
    own, wrong = {}, []
    for file in sorted(folder.glob("*.csv")):
        try:
            own[file.stem] = read_cao(file.stem, file.read_text(encoding="utf-8"))
        except OSError as error:
            wrong.append(f"{file} cannot be read: {error.strerror}")
        except ValueError as error:
            wrong.append(f"{file}: {error}")
    if wrong:
        raise Unusable(*wrong)
    return {**shipped(), **own}
