"""Bounded types for what comes in: the same at the edge of both databases, each refusing with a code of its own."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1900, 2200
_EMAIL = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,64}@([A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+[A-Za-z]{2,63}")
_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]{2}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{7,18}")
_DIGITS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")


def refuse(code: str) -> PydanticCustomError:
    """An error of a schema whose type is our code."""
    return PydanticCustomError(code, code)


def _plain(value: str) -> str:
    if any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} and char not in "\n\r\t" for char in value):
        raise refuse("unprintable-text")
    return unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()


def _line(value: str) -> str:
    if "\n" in value or "\t" in value or "\r" in value:
        raise refuse("one-line-only")
    return " ".join(value.split())


def _given(value: str) -> str:
    if not value:
        raise refuse("field-missing")
    return value


def _bsn_free(value: str) -> str:
    for found in _DIGITS.findall(value):
        if _passes_eleven_test(found):
            raise refuse("looks-like-bsn")
    return value


def _passes_eleven_test(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return int(digits) > 0 and sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def _email(value: str) -> str:
    if len(value) > 254 or not _EMAIL.fullmatch(value):
        raise refuse("email")
    return value.lower()


def _postcode(value: str) -> str:
    if not _POSTCODE.fullmatch(value):
        raise refuse("postcode")
    return value.replace(" ", "").upper()


def _phone(value: str) -> str:
    if not _PHONE.fullmatch(value):
        raise refuse("telephone")
    return value


def _day(value: Any) -> Any:
    """ISO only: a day that is written otherwise is refused, not guessed."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError as error:
            raise refuse("day") from error
    if not isinstance(value, date):
        raise refuse("day")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise refuse("year-out-of-range")
    return value


def _bounded(most: int) -> StringConstraints:
    return StringConstraints(max_length=most, strict=True)


# Bounded again at the end where composing can lengthen: U+0958 becomes two characters under NFC.
Line = Annotated[str, _bounded(160), AfterValidator(_plain), AfterValidator(_line), _bounded(160)]
"""One line of text, 160 characters; may be empty."""
NeededLine = Annotated[Line, AfterValidator(_given)]
"""One line of text that must be given (`field-missing`)."""
Text = Annotated[str, _bounded(20_000), AfterValidator(_plain), _bounded(20_000)]
"""Text of several lines, 20,000 characters."""
NeededText = Annotated[Text, AfterValidator(_given)]
"""Text that must be given."""
Identifier = Annotated[
    str, _bounded(60), AfterValidator(_plain), AfterValidator(_line), AfterValidator(_bsn_free), _bounded(60)
]
"""A number or code; one that could be a citizen service number is refused (`looks-like-bsn`)."""
Email = Annotated[str, _bounded(254), AfterValidator(_plain), AfterValidator(_email)]
Postcode = Annotated[str, _bounded(12), AfterValidator(_plain), AfterValidator(_postcode)]
Telephone = Annotated[str, _bounded(20), AfterValidator(_plain), AfterValidator(_phone)]
Day = Annotated[date, BeforeValidator(_day)]
"""A day, written as 2026-05-01, in the years 1900-2200."""
