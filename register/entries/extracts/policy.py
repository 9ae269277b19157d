"""PURE: what an extract tells, and what has changed since it was handed out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Scope(StrEnum):
    """Of everybody what is public; of oneself everything that the register says."""

    PUBLIC = "public"
    OWN = "own"


class Told(Protocol):
    """What everybody may know of one entry."""

    @property
    def register_code(self) -> str: ...

    @property
    def status(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def level(self) -> str | None: ...

    @property
    def valid_until(self) -> date | None: ...


FACTS = ("status", "title", "level", "valid_until")
"""What is compared; a name or a board that changed takes nothing away from an extract."""


NAME = "name"
"""Of the person, beside the facts of an entry; a name changes from a day on, so it is never corrected."""


@dataclass(frozen=True)
class Difference:
    """A fact of an entry that the extract tells otherwise; null where one of them does not tell it."""

    register_code: str
    fact: str
    said: str | None
    now: str | None


def differences(said: Iterable[Told], now: Iterable[Told]) -> Sequence[Difference]:
    """What two tellings of the same entries do not agree on, in the order of the registers."""
    before, after = ({each.register_code: each for each in told} for told in (said, now))
    found = []
    for register in sorted({*before, *after}):
        for fact in FACTS:
            one, other = (_text(getattr(told.get(register), fact, None)) for told in (before, after))
            if one != other:
                found.append(Difference(register, fact, one, other))
    return found


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
