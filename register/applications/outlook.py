"""How an application stands for the secretary, as `core.timeline.outlook` tells of any case."""

from core.store.work import Work
from core.timeline.outlook import Outlook, met, outlook_of
from register.applications.completing import overdue_request
from register.applications.leaving import leavable_request
from register.applications.timeline import timeline_of
from register.entries.models import Application
from register.entries.policy import ApplicationState


async def outlook(work: Work, row: Application) -> Outlook:
    """How an application of somebody else stands today."""
    wrong = []
    if row.state is ApplicationState.INCOMPLETE:
        wrong = [
            await met("resume", overdue_request(work, row)),
            await met("leave-untreated", leavable_request(work, row)),
        ]
    return await outlook_of(work, row.id, await timeline_of(work, row), wrong)
