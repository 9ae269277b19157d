"""A diary reads what we send: nothing in a text ends a line, no line is too long, instants are in UTC."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from core.clock import AMSTERDAM
from core.diary import Event, icalendar

STAMP = datetime(2024, 9, 1, 8, 0, tzinfo=UTC)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_it_says_an_event_is_read_again_and_no_line_is_too_long(summary, place):
    content = icalendar("Agenda", [Event("1", summary, date(2024, 9, 3), date(2024, 9, 3), place)], STAMP)

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(entry["UID"]) == "1@bekwaam.invalid"
    assert str(entry.get("LOCATION", "")) == "".join(
        sign for sign in place.replace("\r\n", "\n") if sign.isprintable() or sign == "\n"
    )


def test_a_whole_day_ends_on_the_day_after_and_an_instant_is_in_utc():
    days = Event("a", "Twee dagen", date(2024, 9, 3), date(2024, 9, 4))
    begins = datetime(2024, 9, 3, 9, 30, tzinfo=AMSTERDAM)  # summer time: two hours ahead
    hours = Event("b", "Ochtend; met koffie, thee", begins, begins.replace(hour=12, minute=0))

    lines = icalendar("Agenda", [days, hours], STAMP).decode().split("\r\n")

    assert {"DTSTART;VALUE=DATE:20240903", "DTEND;VALUE=DATE:20240905"} <= set(lines)
    assert {"DTSTART:20240903T073000Z", "DTEND:20240903T100000Z", "DTSTAMP:20240901T080000Z"} <= set(lines)
    assert "SUMMARY:Ochtend\\; met koffie\\, thee" in lines


def test_what_is_moved_or_cancelled_says_so_with_a_higher_sequence():
    moved = Event("a", "Zitting", date(2024, 9, 5), date(2024, 9, 5), sequence=1)
    off = Event("a", "Zitting", date(2024, 9, 5), date(2024, 9, 5), sequence=2, cancelled=True)

    first, second = [Calendar.from_ical(icalendar("x", [one], STAMP)).walk("VEVENT")[0] for one in (moved, off)]

    assert first["UID"] == second["UID"]
    assert [(one["SEQUENCE"], str(one["STATUS"])) for one in (first, second)] == [(1, "CONFIRMED"), (2, "CANCELLED")]
