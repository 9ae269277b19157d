"""PURE: a list of people as a board types or uploads it, and what the register answers to each line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from auth.numbers import is_bsn, is_register_number
from core.errors import Invalid
from core.names import words

MOST_LINES = 2_000
"""More than the largest board employs in one sector; checked in two queries."""
MOST_SHOWN = 60
_PARTS = re.compile(r"[;\t,]")


class Answer(StrEnum):
    """What the register says of a line."""

    FOUND = "found"
    NAME_DIFFERS = "name-differs"
    UNKNOWN = "unknown"
    NO_NUMBER = "no-number"
    TWICE = "twice"


@dataclass(frozen=True)
class Line:
    """One line of a list; the number is empty where it is none."""

    at: int
    number: str
    family_name: str = ""
    typed: str = ""
    """What stood there, where it is no number."""


def lines_of(text: str) -> Sequence[Line]:
    """The lines of a list: a number, and perhaps a family name after a semicolon, comma or tab; a heading is left out.

    Invalid: `no-lines`, `too-many-lines`, `list-has-bsn`.
    """
    found: list[Line] = []
    for at, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        parts = [part.strip().strip('"').strip() for part in _PARTS.split(raw)]
        if not any(parts):
            continue
        number = next((part.replace(" ", "") for part in parts if part.replace(" ", "").isdigit()), "")
        said = [part for part in parts if part and not any(character.isdigit() for character in part)]
        if not number and not found and len(parts) > 1:
            continue  # the heading of a file
        if is_bsn(number):
            raise Invalid("list-has-bsn", [("list", "list-has-bsn")], line=at)
        name = said[0] if said else ""
        found.append(
            Line(at, number, name) if is_register_number(number) else Line(at, "", name, raw.strip()[:MOST_SHOWN])
        )
    if not found:
        raise Invalid("no-lines", [("list", "no-lines")])
    if len(found) > MOST_LINES:
        raise Invalid("too-many-lines", [("list", "too-many-lines")], most=MOST_LINES)
    return found


def answer(line: Line, names: Sequence[str], seen: bool) -> Answer:
    """What is said of a line; `names` are the folded names under its number, `seen` whether it stood there before."""
    if not line.number:
        return Answer.NO_NUMBER
    if seen:
        return Answer.TWICE
    if not names:
        return Answer.UNKNOWN
    wanted = set(words(line.family_name))
    return Answer.FOUND if any(wanted <= set(name.split()) for name in names) else Answer.NAME_DIFFERS
