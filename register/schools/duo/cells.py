"""The cells of one line, each read for what it must be; a cell that is not raises its code and its column."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

LONGEST = 255
DELETE = "\x7f"
"""A key that was pressed in vain: RIO publishes it at the end of a name."""
FIRST_YEAR, LAST_YEAR = 1900, 2200

BRIN = re.compile(r"[0-9]{2}[A-Z]{2}")
LOCATION = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{2}")
FIVE_DIGITS = re.compile(r"[0-9]{5}")
EIGHT_DIGITS = re.compile(r"[0-9]{8}")
UNIT = re.compile(r"[0-9]{4}O[0-9]{4}")
POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})")
SMALL_NUMBER = re.compile(r"[0-9]{1,4}")
DECIMAL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,12})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadCell(Exception):
    """A cell that cannot be read; the reader turns it into a refused line."""

    def __init__(self, code: str, column: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.column = column


class Cells:
    """One line by column name."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells

    def text(self, column: str) -> str | None:
        """A cell of blanks, which DUO writes for "nothing", is None."""
        value = self._cells[column].strip()
        if not value:
            return None
        if not value.isprintable():
            value = value.replace(DELETE, "").strip()
            if any(unicodedata.category(c) == "Cc" for c in value):
                raise BadCell("control-character", column)
        if len(value) > LONGEST:
            raise BadCell("too-long", column)
        return value or None

    def need(self, column: str) -> str:
        value = self.text(column)
        if value is None:
            raise BadCell("missing-value", column)
        return value

    def code(self, column: str, shape: re.Pattern[str], refusal: str) -> str | None:
        """A code is text of a fixed shape: never a number, so leading zeros stay."""
        value = self.text(column)
        if value is not None and not shape.fullmatch(value):
            raise BadCell(refusal, column)
        return value

    def need_code(self, column: str, shape: re.Pattern[str], refusal: str) -> str:
        value = self.code(column, shape, refusal)
        if value is None:
            raise BadCell("missing-value", column)
        return value

    def slug(self, column: str) -> str | None:
        """A word of a DUO list of choices as we write ours: `ASSOCIATE_DEGREE` is `associate-degree`."""
        value = self.text(column)
        return None if value is None else value.lower().replace("_", "-").replace("/", "-")

    def postcode(self, column: str) -> str | None:
        value = self.text(column)
        if value is None:
            return None
        parts = POSTCODE.fullmatch(value)
        if not parts:
            raise BadCell("bad-postcode", column)
        return parts[1] + parts[2].upper()

    def municipality_code(self, column: str) -> str | None:
        """Four digits; the history leaves the zeros in front out."""
        value = self.code(column, SMALL_NUMBER, "bad-municipality-code")
        return None if value is None else value.zfill(4)

    def number(self, column: str) -> int | None:
        value = self.code(column, SMALL_NUMBER, "bad-number")
        return None if value is None else int(value)

    def coordinate(self, column: str, low: float, high: float) -> float:
        value = float(self.need_code(column, DECIMAL, "bad-coordinate"))
        if not low <= value <= high:
            raise BadCell("bad-coordinate", column)
        return value

    def day(self, column: str) -> date | None:
        value = self.code(column, DAY, "bad-date")
        if value is None:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise BadCell("bad-date", column) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise BadCell("bad-date", column)
        return day

    def pupils(self, column: str) -> bool:
        """Were there any? Fewer than five is published as `<5`."""
        value = self._cells[column].strip()
        if value == "<5":
            return True
        if not SMALL_NUMBER.fullmatch(value):
            raise BadCell("bad-count" if value else "missing-value", column)
        return int(value) > 0

    def columns(self, prefix: str) -> list[str]:
        """The columns that begin so, in the order of their names."""
        return sorted(column for column in self._cells if column.startswith(prefix))
