"""The only place that asks the time.

Two times: the *legal moment* of a request (`now`, `today`), which decides about terms and periods and may come from a
file under `serve --clock-file`; and the *machine's* time, by which sessions, tokens, one-time codes and limits live.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from core.errors import Busy

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def legal_day(at: datetime) -> date:
    """The day in the Netherlands on which an instant falls."""
    return at.astimezone(AMSTERDAM).date()


def machine_now() -> datetime:
    """The machine's own time, which no test clock moves."""
    return datetime.now(UTC)  # noqa: TID251


class Clock(Protocol):
    """What tells the legal moment."""

    def now(self) -> datetime: ...


class SystemClock:
    """The legal moment is the machine's."""

    def now(self) -> datetime:
        return machine_now()


@dataclass
class FixedClock:
    """A clock for tests and seeds: it stands still until it is set."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class FileClock:
    """The test clock: one ISO instant in a file, read at every request; a date alone is noon in Amsterdam.

    Busy("clock-unreadable") when the file tells no time.
    """

    path: Path

    def now(self) -> datetime:
        try:
            text = self.path.read_text(encoding="utf-8").strip()
            at = datetime.fromisoformat(text)
        except (OSError, ValueError) as error:
            raise Busy("clock-unreadable", retry_after=5) from error
        if len(text) == len("2026-01-01"):
            at = at.replace(hour=12)
        if at.tzinfo is None:
            at = at.replace(tzinfo=AMSTERDAM)
        return at.astimezone(UTC)
