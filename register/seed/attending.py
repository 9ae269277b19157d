"""The seed's run of an accredited course: somebody was there, and a platform has a key to report who else was."""

from datetime import date
from typing import Any

from accreditation.attendance.finding import a_course_that_counts
from accreditation.attendance.policy import Source
from accreditation.attendance.reading import Sent
from accreditation.attendance.receiving import receive
from accreditation.peonline import keys
from accreditation.peonline.policy import organisation_of
from accreditation.runs import service as runs
from accreditation.runs.policy import Form
from accreditation.runs.schemas import NewRun
from core.days import add_days
from core.work import Work
from register.seed.world import World

RUN = "NAJAAR-1"
PARTICIPANTS = 3


async def attend(world: World) -> None:
    """Plan a run in the course that was accredited first, report one participant, and draw a key for a platform."""
    numbers = [one.register_number for one in world.people if one.role == "professional" and one.register_number]

    async def deed(work: Work) -> dict[str, Any]:
        found = await a_course_that_counts(work)
        if found is None:
            return {}
        day = _day(found.from_on, work.today)
        new = NewRun(form=Form.CLASSROOM, starts_on=day, ends_on=day, place="Utrecht", capacity=20, external_id=RUN)
        await runs.plan(work, found.course_id, new)
        sent = [Sent(1, numbers[0], course=found.name, run=RUN)]
        await receive(work, found.provider_id, Source.PAGE, sent)
        row, key = await keys.draw(work, "Leerplatform", found.provider_id)
        return {
            "userID": row.user_id,
            "userKey": key,
            "orgID": organisation_of(found.register),
            "course": found.name,
            "run": RUN,
            "date": day.isoformat(),
            "register_numbers": numbers[:PARTICIPANTS],
        }

    world.attendance = await world.system(deed)


def _day(from_on: date, today: date) -> date:
    """Two weeks into the accreditation, or on the day of the story when that is earlier."""
    return max(from_on, min(add_days(from_on, 14), today))
