"""Leaving the register on one's own request (uitschrijven)."""

from uuid import UUID

from auth import queries as people
from auth.actor import person_of
from core.errors import NotFound, Refused
from core.store.work import Work
from core.texts import day
from register.applications import service as registration
from register.committee.measures import service as measures
from register.entries import queries as registrations
from register.entries.entry import move
from register.entries.models import Registration
from register.entries.policy import REGISTRATION, ApplicationState, Event, Status
from register.portfolio import service as portfolio


async def own_entry(work: Work, id: UUID) -> Registration:
    """An entry of who asks; NotFound("no-such-registration") for anybody else's."""
    row = await registrations.registration(work, id)
    if row.person_id != person_of(work.actor):
        raise NotFound("no-such-registration")
    return row


async def deregister(work: Work, registration_id: UUID) -> Registration:
    """End one's own entry: what was asked is withdrawn, the running period stops, and nothing is shown any more.

    Refused: `decision-waits` (a decision was taken and is not made known yet), `wrong-state`.
    """
    row = await own_entry(work, registration_id)
    work.expect(row)
    if row.status is not Status.APPLICATION_OPEN:
        REGISTRATION.after(row.status, Event.DEREGISTER)
    for application in await registrations.open_applications(work, row.id):
        if application.state is ApplicationState.DECIDED:
            raise Refused("decision-waits")
        await registration.take_back(work, application)
    await portfolio.stop_period(work, row)
    await move(work, row, Event.DEREGISTER)
    await measures.overtaken(work, row)
    person = await people.person(work.session, row.person_id)
    work.send(
        "deregistered",
        address=person.email,
        subject="U bent uitgeschreven",
        body=(
            f"U bent op {day(work.today, 'nl')} uitgeschreven uit het register.\n"
            "U kunt u later opnieuw laten registreren.\n"
        ),
        person_id=person.id,
    )
    return row
