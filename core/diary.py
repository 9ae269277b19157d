"""Events for a diary, as iCalendar has them (RFC 5545): escaped, folded, and every instant in UTC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.days import next_day

MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75
"""Octets, the blank that a folded line begins with among them."""


@dataclass(frozen=True)
class Event:
    """One event: from instant to instant, or on whole days, the last one included. `id` stays the same for ever."""

    id: str
    summary: str
    starts: date
    ends: date
    place: str = ""
    about: str = ""
    address: str = ""


def icalendar(name: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """A calendar of events; `stamp` is when it was asked for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bekwaam//Agenda//NL", f"X-WR-CALNAME:{_escaped(name)}"]
    for event in events:
        lines += _lines(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _lines(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@bekwaam.invalid"
    yield f"DTSTAMP:{_instant(stamp)}"
    if isinstance(event.starts, datetime) and isinstance(event.ends, datetime):
        yield f"DTSTART:{_instant(event.starts)}"
        yield f"DTEND:{_instant(event.ends)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{next_day(event.ends):%Y%m%d}"  # RFC 5545 3.6.1: the end is not included
    for key, value in (("SUMMARY", event.summary), ("LOCATION", event.place), ("DESCRIPTION", event.about)):
        if value:
            yield f"{key}:{_escaped(value)}"
    if event.address:
        yield f"URL:{event.address}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """RFC 5545 3.3.11: what separates is escaped, and no control character goes out raw."""
    for sign, said in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(sign, said)
    return "".join(character for character in text if character.isprintable())


def _folded(line: str) -> bytes:
    """RFC 5545 3.1: no line above 75 octets, and no character cut in two."""
    parts, room = [b""], LONGEST_LINE
    for character in line:
        octets = character.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = LONGEST_LINE - 1
        parts[-1] += octets
    return b"\r\n ".join(parts)
