"""PURE: what an application may lack, and which files are drawn for a full check."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from core.errors import Invalid


class Lacking(StrEnum):
    """What an application may lack (Awb 4:5(1)), by name; `other` is explained in a note."""

    PROOF = "proof"
    LEGIBLE_PROOF = "legible-proof"
    PROGRAMME = "programme"
    APPOINTMENT = "appointment"
    QUALIFICATION = "qualification"
    WORK_HOURS = "work-hours"
    STATEMENT = "statement"
    OTHER = "other"


def require_notes_for_mbo(sector: str | None, notes: Collection[bool]) -> None:
    """The pedagogic note exists in vocational education only: Invalid("only-in-mbo")."""
    if any(notes) and sector != "mbo":
        raise Invalid("only-in-mbo", [("qualifications", "only-in-mbo")])


def require_completion(items: Collection[Lacking], note: str, until_on: date, least: date) -> None:
    """Refuse a request that the applicant could not act upon: Invalid `note-needed`, `term-too-short` (Awb 4:5)."""
    if Lacking.OTHER in items and not note.strip():
        raise Invalid("note-needed", [("note", "note-needed")])
    if until_on < least:
        raise Invalid("term-too-short", [("until_on", "term-too-short")])


def drawn(application_id: UUID, admitted_on: date, percent: int) -> bool:
    """Whether a file is in the sample (steekproef): the same each time, and nothing that its applicant can choose."""
    seed = f"{application_id}/{admitted_on.isoformat()}".encode()
    return int.from_bytes(sha256(seed).digest()[:8], "big") % 100 < percent
