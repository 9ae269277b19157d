"""PURE: reads one row of a list, whatever way it came; a row that cannot be read is refused by itself."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from auth.numbers import bare, is_bsn
from core import typed
from core.errors import Invalid

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Sent:
    """One row as it was sent; what was left out is empty. A run is named by our id, or as platforms name it."""

    line: int
    number: str
    name: str = ""
    run_id: str = ""
    course: str = ""
    run: str = ""
    meeting: str = ""
    ended_on: date | None = None
    pe_course_id: str = ""
    pe_edition_id: str = ""
    pe_meeting_id: str = ""
    register: str = ""


def clean(text: str, most: int) -> str:
    """One line of text; Invalid("text-unreadable") when it is too long or has characters that nobody can read."""
    if len(text) > most:
        raise Invalid("text-unreadable")
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if len(plain) > most or any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} for char in plain):
        raise Invalid("text-unreadable")
    return plain


def number_of(text: str) -> str:
    """A number as sent, without blanks.

    Invalid: `number-missing`, `not-a-register-number`, `looks-like-bsn`, `text-unreadable`.
    """
    number = bare(clean(text, 40))
    if not number:
        raise Invalid("number-missing")
    if is_bsn(number):
        raise Invalid("looks-like-bsn")
    if not any(char.isdigit() for char in number):
        raise Invalid("not-a-register-number")
    return number


def day_of(text: str) -> date | None:
    """A day, 2026-05-01, 1-5-2026 or 1 mei 2026; None when it was left out, Invalid("date-unreadable")."""
    if not text.strip():
        return None
    read = typed.day(text)
    if not isinstance(read, date):
        raise Invalid("date-unreadable")
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise Invalid("date-unreadable")
    return read
