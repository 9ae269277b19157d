"""Invitations to a session: one message for each member, with the day as calendars read it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from auth import queries as people
from core.diary import Event, icalendar
from core.panel.service import PanelSession
from core.store.work import Work
from core.texts import day


async def send(work: Work, session: PanelSession, members: Sequence[UUID]) -> None:
    """Invite members; they say on the page of the session whether they come."""
    page = f"{work.means.settings.address}/zittingen/{session.id}"
    subject = f"Zitting van de commissie op {day(session.held_on, 'nl')}"
    body = (
        f"U bent uitgenodigd voor de zitting van de Commissie Registratie op {day(session.held_on, 'nl')}.\n"
        f"Laat op de pagina van de zitting weten of u komt: {page}\n"
        f"In uw agenda zetten: {page}/agenda.ics\n"
    )
    for person in await people.persons(work.session, members):
        work.send("session-invitation", address=person.email, subject=subject, body=body, person_id=person.id)


def calendar_of(session: PanelSession, origin: str, stamp: datetime, title: str) -> bytes:
    """The day of a session as one event for a diary; `stamp` is when it was asked."""
    address = f"{origin}/zittingen/{session.id}"
    on = session.held_on
    event = Event(str(session.id), title, on, on, address=address, sequence=session.version)
    return icalendar(title, [event], stamp)
