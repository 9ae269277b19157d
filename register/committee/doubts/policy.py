"""PURE: of which grounds an applicant is heard first, and when that is done."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol

from core.errors import Invalid, Refused


class Unheard(StrEnum):
    """Why nobody need be heard (Awb 4:11): it cannot wait, heard on it before, or hearing would defeat the purpose."""

    URGENT = "urgent"
    HEARD_BEFORE = "heard-before"
    PURPOSE = "purpose"


class Raised(Protocol):
    """What is known of one doubt."""

    @property
    def grounds(self) -> Collection[str]: ...

    @property
    def until_on(self) -> date: ...

    @property
    def view(self) -> str: ...

    @property
    def unheard(self) -> str: ...


def is_heard(doubt: Raised, today: date) -> bool:
    """Whether there is a view, the term passed unused, or nobody need be heard."""
    return bool(doubt.view or doubt.unheard) or today > doubt.until_on


def require_raisable(grounds: Collection[str], heard_first: Collection[str], unheard: str, why: str) -> None:
    """Invalid: `heard-on-nothing` for a ground that rests on what the applicant said, `reasons-missing` (4:11)."""
    if not set(grounds) <= set(heard_first):
        raise Invalid("invalid-input", [("grounds", "heard-on-nothing")])
    if unheard and not why.strip():
        raise Invalid("invalid-input", [("unheard_reasons", "reasons-missing")])


def require_heard(
    grounds: Iterable[str], heard_first: Collection[str], doubts: Collection[Raised], today: date
) -> None:
    """Refuse to refuse on facts of which the applicant was not heard (Awb 4:7).

    Refused: `view-first` (nobody asked), `hearing-term-runs`.
    """
    for code in grounds:
        if code not in heard_first:
            continue
        about = [each for each in doubts if code in each.grounds]
        if not about:
            raise Refused("view-first", grounds=[code])
        if not any(is_heard(each, today) for each in about):
            raise Refused("hearing-term-runs", until=max(each.until_on for each in about))
