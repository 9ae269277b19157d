"""Invitations to a session: one message for each member, with the day as calendars read it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from auth import queries as people
from core.days import next_day
from core.panel import PanelSession
from core.texts import day
from core.work import Work


async def send(work: Work, session: PanelSession, members: Sequence[UUID]) -> None:
    """Invite members; they say on the page of the session whether they come."""
    page = f"{work.means.settings.origin}/zittingen/{session.id}"
    subject = f"Zitting van de commissie op {day(session.held_on, 'nl')}"
    body = (
        f"U bent uitgenodigd voor de zitting van de Commissie Registratie op {day(session.held_on, 'nl')}.\n"
        f"Laat op de pagina van de zitting weten of u komt: {page}\n"
        f"In uw agenda zetten: {page}/agenda.ics\n"
    )
    for person in await people.persons(work.session, members):
        work.send("session-invitation", address=person.email, subject=subject, body=body, person_id=person.id)


def calendar_of(session: PanelSession, origin: str, stamp: str, title: str) -> str:
    """The day of a session as one event (RFC 5545); `stamp` is when it was asked, in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Bekwaam//Zittingen//NL",
        "BEGIN:VEVENT",
        f"UID:{session.id}@bekwaam.invalid",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_plain(session.held_on)}",
        f"DTEND;VALUE=DATE:{_plain(next_day(session.held_on))}",
        f"SUMMARY:{title}",
        f"URL:{origin}/zittingen/{session.id}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _plain(on: date) -> str:
    return on.strftime("%Y%m%d")
