"""Reads stated facts strictly: everything that is wrong at once, each with its path, a code and what repairs it.

Codes and shape are those of the calculator of terms.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from core.law.days import FIRST_YEAR, LAST_YEAR

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNFIT = re.compile("[\x00\ud800-\udfff]")
WIDEST = 2**63
DECIMALS = 2
LONGEST_TEXT = 200
MOST_ROWS = 200


@dataclass(frozen=True)
class Wrong:
    """One thing that cannot be read."""

    field: str
    code: str
    detail: str

    def as_dict(self) -> dict[str, str]:
        return {"field": self.field, "code": self.code, "detail": self.detail}


class Reader:
    """One table of facts; null is the same as absent. `wrong` gathers across all tables of one item."""

    def __init__(self, table: Mapping[object, object], wrong: list[Wrong], path: str = "") -> None:
        self.table = table
        self.wrong = wrong
        self.path = path
        self.read: set[str] = set()

    def refuse(self, key: str, code: str, detail: str) -> None:
        self.wrong.append(Wrong(f"{self.path}.{key}".strip("."), code, detail))

    def value(self, key: str) -> object:
        self.read.add(key)
        return self.table.get(key)

    def flag(self, key: str) -> bool | None:
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(key, "not-a-boolean", "state true or false")
        return None

    def day(self, key: str) -> date | None:
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            self.refuse(key, "not-a-day", "state a day as YYYY-MM-DD")
            return None
        if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            self.refuse(key, "day-out-of-range", f"state a year from {FIRST_YEAR} to {LAST_YEAR}")
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(key, "not-a-day", "state a day that exists")
            return None

    def number(self, key: str, decimals: int = DECIMALS, *, written: bool = False) -> Decimal | None:
        """Not below zero, two decimals at most unless told; `written`: its digits may stand as text too ("0.8")."""
        value = self.value(key)
        if value is None:
            return None
        if written and isinstance(value, str) and _DIGITS.fullmatch(value):
            value = Decimal(value)
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            self.refuse(key, "not-a-number", "state a number")
            return None
        too_wide = isinstance(value, int) and abs(value) >= WIDEST
        number = value if isinstance(value, Decimal) else Decimal(0 if too_wide else str(value))
        if too_wide or not number.is_finite() or number.adjusted() > 18 or abs(number) >= WIDEST:
            self.refuse(key, "out-of-range", "state a number that fits 64 bits")
        elif number < 0:
            self.refuse(key, "out-of-range", "state zero or more")
        elif number != round(number, decimals):
            self.refuse(key, "too-many-decimals", f"state {decimals} decimals at most")
        else:
            return +number  # -0 is 0
        return None

    def whole(self, key: str, least: int = 0) -> int | None:
        number = self.number(key)
        if number is None:
            return None
        if number != number.to_integral_value():
            self.refuse(key, "not-an-integer", "state a whole number")
        elif number < least:
            self.refuse(key, "out-of-range", f"state {least} or more")
        else:
            return int(number)
        return None

    def text(self, key: str) -> str | None:
        value = self.value(key)
        return None if value is None else self._sound(key, value)

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts; a whole number in it is taken for its digits."""
        values = self.items(key)
        if values is None:
            return None
        read = [self._sound(f"{key}[{at}]", str(each) if type(each) is int else each) for at, each in enumerate(values)]
        return tuple(text for text in read if text is not None)

    def _sound(self, key: str, value: object) -> str | None:
        if not isinstance(value, str):
            self.refuse(key, "not-text", "state text")
        elif _UNFIT.search(value):
            self.refuse(key, "bad-text", "leave out NUL and lone surrogates")
        elif not value.strip():
            self.refuse(key, "empty", "state something, or leave it out")
        elif len(value) > LONGEST_TEXT:
            self.refuse(key, "too-long", f"state {LONGEST_TEXT} characters at most")
        else:
            return value
        return None

    def choice(self, key: str, choices: type[E]) -> E | None:
        found = self.one_of(key, [each.value for each in choices])
        return None if found is None else choices(found)

    def one_of(self, key: str, names: Iterable[str]) -> str | None:
        value, known = self.value(key), list(names)
        if value is None:
            return None
        if isinstance(value, str) and value in known:
            return value
        self.refuse(key, "unknown-value", f"state one of: {', '.join(known)}")
        return None

    def rows(self, key: str, read: Callable[["Reader"], T], most: int = MOST_ROWS) -> tuple[T, ...] | None:
        """A list of tables, each read the same way."""
        values = self.items(key, most)
        if values is None:
            return None
        found: list[T] = []
        for at, value in enumerate(values):
            path = f"{self.path}.{key}[{at}]".strip(".")
            if not isinstance(value, Mapping):
                self.wrong.append(Wrong(path, "not-an-object", "state an object"))
                continue
            inner = Reader(value, self.wrong, path)
            found.append(read(inner))
            inner.close()
        return tuple(found)

    def items(self, key: str, most: int = MOST_ROWS) -> list[object] | None:
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, list):
            self.refuse(key, "not-a-list", "state a list")
        elif len(value) > most:
            self.refuse(key, "too-many", f"state {most} at most")
        else:
            return value
        return None

    def require(self, key: str, value: object) -> None:
        """What must be there to read the rest; says nothing when it was there and wrong."""
        if value is None and self.table.get(key) is None:
            self.refuse(key, "required", "state it")

    def close(self) -> None:
        """Refuse every key that nobody read."""
        for key in self.table:
            if not isinstance(key, str) or _UNFIT.search(key):
                self.refuse("", "unknown-field", "a key holds text that cannot be read")
            elif key not in self.read:
                self.refuse(key[:60], "unknown-field", f"state only: {', '.join(sorted(self.read))}")
