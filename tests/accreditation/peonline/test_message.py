"""The message of PE-online: both spellings of the form, and nothing that a stranger could make of XML."""

from datetime import date
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.peonline import message
from accreditation.peonline.message import TooManyRows, Unreadable
from accreditation.peonline.policy import ORGANISATIONS, organisation_of, register_of
from accreditation.peonline.service import ended_on
from core.errors import Invalid


def entry(rows: str = "<Attendance><externalPersonID>1</externalPersonID></Attendance>", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<Entry><Settings><userID>7</userID><userRole>EDU</userRole>'
        "<userKey>geheim+%&amp;</userKey><orgID>101</orgID><settingOutput>true</settingOutput></Settings>"
        f"{rows}</Entry>"
    )


@pytest.mark.parametrize(
    "body",
    [
        urlencode({"sXML": entry()}).encode(),
        f"sXML={quote(entry())}".encode(),
        f"sXML={entry()}".encode(),
        f"sXML=\r\n  {entry().split('?>')[1]}\r\n".encode(),
    ],
)
def test_a_percent_encoded_field_and_raw_xml_behind_its_name_are_the_same(body):
    found = message.read(message.xml_of(body))

    assert (found.user_id, found.user_key, found.organisation) == ("7", "geheim+%&", "101")
    assert [row.person for row in found.rows] == ["1"]
    assert "geheim" not in repr(found)


def test_the_fields_of_a_row_come_in_any_order_and_spelling():
    fields = (
        "<endDate>2026-05-01T00:00:00.1234567+02:00</endDate><PEPersonID>9</PEPersonID>"
        "<externalmoduleID>m</externalmoduleID><externalEditionID>E</externalEditionID><PECourseID>12</PECourseID>"
        "<externalPersonID>10000007</externalPersonID><unknown>x</unknown>"
    )
    (row,) = message.read(entry(f"<Attendance>{fields}</Attendance>").encode()).rows

    assert (row.person, row.pe_person, row.course_id, row.external_edition_id) == ("10000007", "9", "12", "E")
    assert ended_on(row.ended_at) == date(2026, 5, 1)


LAUGHS = '<!DOCTYPE Entry [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "xml",
    [
        entry(head=LAUGHS, rows="<Attendance><externalPersonID>&b;</externalPersonID></Attendance>"),
        entry(head='<!DOCTYPE Entry SYSTEM "file:///etc/passwd">'),
        entry(head='<!DOCTYPE Entry [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        entry("<a>" * 20 + "</a>" * 20),
        entry(f"<Attendance><endDate>{'x' * 5_000}</endDate></Attendance>"),
        entry("<Attendance>&nope;</Attendance>"),
        "<Entry><Settings><userID>7</userID></Settings></Entry>",
        "<Other/>",
        "",
        "<Entry>",
    ],
)
def test_what_could_harm_or_cannot_be_read_is_refused(xml):
    with pytest.raises(Unreadable):
        message.read(xml.encode())


def test_a_thousand_rows_are_read_and_one_more_is_too_many():
    row = "<Attendance><externalPersonID>1</externalPersonID></Attendance>"

    assert len(message.read(entry(row * 1_000).encode()).rows) == 1_000
    with pytest.raises(TooManyRows):
        message.read(entry(row * 1_001).encode())


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_no_bytes_at_all_do_more_than_be_refused(body):
    with pytest.raises((Unreadable, TooManyRows)):
        message.read(message.xml_of(b"sXML=" + body))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-01T00:00:00+00:00", date(2026, 5, 1)),  # a bare date by some senders: two in the morning here
        ("2026-05-01T23:30:00Z", date(2026, 5, 2)),  # half past one at night in Amsterdam
        ("2026-05-01T23:30:00", date(2026, 5, 1)),  # without an offset: the time here
        ("2026-05-01", date(2026, 5, 1)),
        ("", None),
    ],
)
def test_the_day_is_the_one_in_the_netherlands(text, day):
    assert ended_on(text) == day


@pytest.mark.parametrize(
    "text", ["gisteren", "2026-02-30T00:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"]
)
def test_a_date_that_is_none_is_refused(text):
    with pytest.raises(Invalid, match="date-unreadable"):
        ended_on(text)


def test_an_organisation_is_named_by_number_or_by_code():
    assert {register_of(number) for number in ORGANISATIONS} == set(ORGANISATIONS.values())
    assert [register_of(organisation_of(code)) for code in ORGANISATIONS.values()] == list(ORGANISATIONS.values())
    assert register_of("LERAREN ") == "leraren"
    assert register_of("7") is None


def test_the_answer_says_what_was_sent_without_being_xml_itself():
    accepted = [message.Accepted("1", "<b>&", "2026-05-01", "m")]

    said = message.document(message.summary(accepted, [], 1, 0), soap=True).decode()

    assert "&lt;b&gt;&amp;" in said
    assert said.count("<soap:Body>") == 1
