"""What is typed about a run: its days as people write them, and one meeting a line."""

import re
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field

from accreditation.runs.schemas import ChangedRun, NewMeeting, NewRun
from core.fields import Day, refuse
from core.typed import clock
from core.typed import day as typed_day

_AT, _GAP = r"[0-9]{1,2}[:.u][0-9]{2}(?: *(?:uur|u)\b)?", r"[ ,;]+(?:van )?"
_BETWEEN = rf"(?: *[-–] *| tot (?:en met )?|{_GAP})"
_MEETING = re.compile(
    rf"(?P<day>.+?){_GAP}(?P<begins>{_AT}){_BETWEEN}(?P<ends>{_AT})(?:{_GAP}(?P<name>.+))?", re.IGNORECASE
)
TypedDay = Annotated[Day, BeforeValidator(typed_day)]


def _meetings(value: object) -> object:
    """One meeting a line: `3-9-2024 9:30-12:00`, and behind it what a platform calls it."""
    if not isinstance(value, str):
        return value
    found = []
    for line in filter(None, map(str.strip, value.splitlines())):
        said = _MEETING.fullmatch(line)
        if said is None:
            raise refuse("meeting-unreadable")
        begins, ends = clock(said["begins"]), clock(said["ends"])
        found.append({"held_on": typed_day(said["day"]), "begins": begins, "ends": ends, "external_id": said["name"]})
    return found


class PlanForm(NewRun):
    """A run as it is typed, with the course that it is of."""

    course_id: UUID
    starts_on: TypedDay
    ends_on: TypedDay
    meetings: Annotated[list[NewMeeting], BeforeValidator(_meetings), Field(max_length=60)] = []

    def run(self) -> NewRun:
        """What the service takes."""
        return NewRun.model_validate(self.model_dump(exclude={"course_id"}))


class ChangeForm(ChangedRun):
    """What changes, as it is typed."""

    starts_on: TypedDay | None = None
    ends_on: TypedDay | None = None

    def change(self) -> ChangedRun:
        """What the service takes."""
        return ChangedRun.model_validate(self.model_dump())
