"""PURE: a list of people as a board types or uploads it, and what the register answers to each line."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.names import words

MOST_LINES = 2_000
"""More than the largest board employs in one sector; checked in two queries."""
MOST_SHOWN = 60
MOST_UPLOADED = 2 * 2**20


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
