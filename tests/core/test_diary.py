"""A diary reads what we send: nothing in a text ends a line, no line is too long, and instants are in UTC."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.clock import AMSTERDAM
from core.diary import Event, icalendar

STAMP = datetime(2024, 9, 1, 8, 0, tzinfo=UTC)


def unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


@given(st.text(), st.text())
def test_whatever_it_says_an_event_has_its_lines_and_none_is_too_long(summary, place):
    content = icalendar("Agenda", [Event("1", summary, date(2024, 9, 3), date(2024, 9, 3), place)], STAMP)

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    heads = [line.partition(":")[0] for line in unfolded(content)[4:-2]]
    assert heads[:5] == ["BEGIN", "UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"]
    assert set(heads[5:]) <= {"SUMMARY", "LOCATION", "END"}


def test_a_whole_day_ends_on_the_day_after_and_an_instant_is_in_utc():
    days = Event("a", "Twee dagen", date(2024, 9, 3), date(2024, 9, 4))
    begins = datetime(2024, 9, 3, 9, 30, tzinfo=AMSTERDAM)  # summer time: two hours ahead
    hours = Event("b", "Ochtend; met koffie, thee", begins, begins.replace(hour=12, minute=0))

    lines = unfolded(icalendar("Agenda", [days, hours], STAMP))

    assert {"DTSTART;VALUE=DATE:20240903", "DTEND;VALUE=DATE:20240905"} <= set(lines)
    assert {"DTSTART:20240903T073000Z", "DTEND:20240903T100000Z", "DTSTAMP:20240901T080000Z"} <= set(lines)
    assert "SUMMARY:Ochtend\\; met koffie\\, thee" in lines
