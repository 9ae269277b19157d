"""Events for a diary, as iCalendar has them (RFC 5545), written by the library of that name; every instant in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from icalendar import Calendar
from icalendar import Event as Entry

from core.law.days import next_day

MEDIA_TYPE = "text/calendar"


@dataclass(frozen=True)
class Event:
    """One event: from instant to instant, or on whole days, the last one included.

    `id` stays the same for ever; a diary replaces what it has by what has a higher `sequence`.
    """

    id: str
    summary: str
    starts: date
    ends: date
    place: str = ""
    about: str = ""
    address: str = ""
    sequence: int = 0
    cancelled: bool = False


def icalendar(name: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """A calendar of events; `stamp` is when it was asked for."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Bekwaam//Agenda//NL")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", _said(name))
    for event in events:
        calendar.add_component(_entry(event, stamp))
    return bytes(calendar.to_ical())


def _entry(event: Event, stamp: datetime) -> Entry:
    entry = Entry()
    entry.add("UID", f"{event.id}@bekwaam.invalid")
    entry.add("DTSTAMP", stamp.astimezone(UTC))
    if isinstance(event.starts, datetime) and isinstance(event.ends, datetime):
        entry.add("DTSTART", event.starts.astimezone(UTC))
        entry.add("DTEND", event.ends.astimezone(UTC))
    else:
        entry.add("DTSTART", event.starts)
        entry.add("DTEND", next_day(event.ends))  # RFC 5545 3.6.1: the end is not included
    entry.add("SEQUENCE", event.sequence)
    entry.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    for key, value in (("SUMMARY", event.summary), ("LOCATION", event.place), ("DESCRIPTION", event.about)):
        if said := _said(value):
            entry.add(key, said)
    if event.address:
        entry.add("URL", event.address)
    return entry


def _said(text: str) -> str:
    """Without what no diary shows: control characters, but for the end of a line."""
    return "".join(sign for sign in text.replace("\r\n", "\n") if sign.isprintable() or sign == "\n")
