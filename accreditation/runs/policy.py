"""PURE: the states of a run (uitvoering), and what it needs before anybody can attend it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from accreditation.courses.policy import IN_PLACE, Given
from core.errors import Invalid
from core.machine import Machine


class RunState(StrEnum):
    """The provider moves: a run stands until it is withdrawn."""

    PLANNED = "planned"
    WITHDRAWN = "withdrawn"


class RunEvent(StrEnum):
    CHANGE = "change"
    WITHDRAW = "withdraw"


RUN = Machine(
    "run",
    RunState.PLANNED,
    {
        (RunState.PLANNED, RunEvent.CHANGE): RunState.PLANNED,
        (RunState.PLANNED, RunEvent.WITHDRAW): RunState.WITHDRAWN,  # takes back what was claimed, with notice
    },
)


@dataclass(frozen=True)
class Span:
    """The days of an accreditation, first and last included."""

    from_on: date
    until_on: date

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True)
class Sitting:
    """When one meeting begins and ends, with the legal days on which it does."""

    starts_at: datetime
    ends_at: datetime
    first_on: date
    last_on: date

    def overlaps(self, other: "Sitting") -> bool:
        """Whether nobody could be at both from beginning to end."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def require_run(
    form: Given,
    starts_on: date,
    ends_on: date,
    place: str,
    capacity: int | None,
    meetings: Sequence[Sitting],
    accredited: Collection[Span],
) -> None:
    """Refuse a run that nobody could get credit for.

    A run must end inside an accreditation (Choices: attendance). Invalid: `ends-before-start`,
    `outside-accreditation`, `place-missing`, `capacity-missing`, `meeting-ends-before-start`, `meeting-outside-run`.
    """
    errors = []
    if ends_on < starts_on:
        errors.append(("ends_on", "ends-before-start"))
    elif not any(ends_on in span for span in accredited):
        errors.append(("ends_on", "outside-accreditation"))
    if form in IN_PLACE and not place.strip():
        errors.append(("place", "place-missing"))
    if form in IN_PLACE and capacity is None:
        errors.append(("capacity", "capacity-missing"))
    if any(meeting.ends_at <= meeting.starts_at for meeting in meetings):
        errors.append(("meetings", "meeting-ends-before-start"))
    if any(one.first_on < starts_on or one.last_on > ends_on for one in meetings):
        errors.append(("meetings", "meeting-outside-run"))
    if errors:
        raise Invalid("invalid-input", errors)
