"""A file of another system is read whatever wrote it; what is broken costs its own line, or says what is unsafe."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from core.errors import Invalid
from core.store.tables import parsed
from register.office.imports.columns import APPOINTMENTS, REGISTER, Column, described, recognised
from register.office.imports.lines import Lines, named, shape_of
from tests.register.takeover.files import COLUMNS, NADIA, a_file, a_line


def read(content: bytes, columns: tuple[Column, ...]) -> Lines:
    return named(parsed(content, shape_of(columns)), columns)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_csv_reads_alike(delimiter, encoding):
    table = read(a_file(a_line(1, given_name="Renée"), delimiter=delimiter, encoding=encoding), REGISTER)

    assert table.refused == []
    assert table.lines == [(2, {**dict.fromkeys(COLUMNS, ""), **a_line(1, given_name="Renée")})]


def test_a_workbook_reads_as_a_csv_does():
    book = Workbook()
    book.active.append(["Bronnummer", "Bestuursnummer", "Punten", "Herregistratiedatum", *list(NADIA)[1:8]])
    book.active.append(["S-1", 1234, 120.0, date(2025, 9, 1), *list(NADIA.values())[1:8]])
    book.active.append([])
    book.active.append(["S-2", "01234", None, date(2025, 9, 1), *list(NADIA.values())[1:8], "beyond"])
    kept = io.BytesIO()
    book.save(kept)

    table = read(kept.getvalue(), REGISTER)

    ((line, cells),) = table.lines
    assert line == 2
    assert (cells["board_number"], cells["points"], cells["due_on"]) == ("01234", "120", "2025-09-01")
    assert [(row.line, row.code) for row in table.refused] == [(4, "wrong-number-of-cells")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'S-2;"open', "unreadable-line"),
        (b"S-2;schoolleiders-po", "wrong-number-of-cells"),
        (b"S-2;Ren\xe9e", "not-utf-8"),
    ],
)
def test_a_broken_line_costs_itself_and_no_other(line, code):
    content = a_file(a_line(1, given_name="Zoë"), a_line(3)).split(b"\r\n")
    table = read(b"\r\n".join([*content[:2], line, *content[2:]]), REGISTER)

    assert [(row.line, row.code) for row in table.refused] == [(3, code)]
    assert [number for number, _cells in table.lines] == [2, 4]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("source_number;register;given_name;family_name;email;status;BSN", "bsn-column"),
        ("source_number;register;given_name;family_name;email;status;Burgerservicenummer", "bsn-column"),
        ("source_number;register;given_name;family_name;email;status;shoe size", "unknown-column"),
        ("source_number;bronnummer;register;given_name;family_name;email;status", "column-twice"),
        ("source_number;register;given_name;family_name;email", "column-missing"),
        ("", "unknown-column"),  # an empty line is no header
    ],
)
def test_only_a_broken_header_refuses_the_file(header, code):
    with pytest.raises(Invalid) as refused:
        read(f"{header}\r\nx\r\n".encode(), REGISTER)

    assert refused.value.code == code


def a_zip(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (a_zip(sheet=b"\0" * (513 * 2**20)), "unsafe-workbook"),  # half a megabyte that unpacks to half a gigabyte
        (a_zip(sheet=b'<!DOCTYPE a [<!ENTITY b "c">]>'), "unsafe-workbook"),
        (a_zip(sheet='<!DOCTYPE a [<!ENTITY b "c">]>'.encode("utf-16")), "unsafe-workbook"),
        (a_zip(sheet=b"<a/>"), "unreadable-workbook"),
        (b"PK\x03\x04 and then nothing", "unreadable-workbook"),
    ],
)
def test_a_workbook_that_is_unsafe_or_broken_is_refused(content, code):
    with pytest.raises(Invalid) as refused:
        read(content, REGISTER)

    assert refused.value.code == code


@pytest.mark.parametrize("columns", [REGISTER, APPOINTMENTS])
def test_every_column_is_found_by_both_its_names_and_described(columns):
    assert recognised([each.dutch.upper() for each in columns], columns) == list(columns)
    assert recognised([each.name for each in columns], columns) == list(columns)
    assert all(f"`{each.name}`" in described(columns) for each in columns)
