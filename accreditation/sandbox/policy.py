"""PURE: what is kept of a try, and on which days it may pretend to be."""

from datetime import date

from core.errors import Invalid
from core.law.days import add_years

MOST_KEPT = 20
"""The last messages of a provider, so that its builder can see what went wrong."""
LONGEST_KEPT = 10_000
PREFIX = "9"
DIGITS = 9
"""A user of the sandbox has ten digits, a real one nine: one is never taken for the other."""
YEARS_AHEAD = 10
HIDDEN = "***"

DOOR = "/pe-services/pe-attendanceelearning/WriteAttendance.asmx/ProcessXML"
"""Where the message of a learning platform comes in, which a try goes through as well."""


def is_sandbox_user(user_id: str) -> bool:
    """Whether a user is one of the sandbox, by its form alone."""
    return len(user_id) == DIGITS + 1 and user_id.startswith(PREFIX) and user_id.isascii() and user_id.isdigit()


def day_of(text: str | None, today: date) -> date | None:
    """The day that a try pretends it is; Invalid("day") for what is none, or lies more than ten years from today."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid("invalid-input", [("Sandbox-Date", "day")]) from error
    if not add_years(today, -YEARS_AHEAD) <= day <= add_years(today, YEARS_AHEAD):
        raise Invalid("invalid-input", [("Sandbox-Date", "day")])
    return day


def kept(text: str, secret: str = "") -> str:
    """A message or answer as it is kept: without the key, and no longer than somebody reads."""
    return (text.replace(secret, HIDDEN) if secret else text)[:LONGEST_KEPT]
