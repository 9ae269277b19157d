"""Reads the message of PE-online and writes its answer: XML from strangers, so no DTD, no entities, bounded.

The parser is expat itself with its handlers; a document type is refused when it begins, before any entity in it exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes
from xml.parsers import expat
from xml.sax.saxutils import escape

from accreditation.peonline.policy import MOST_ROWS, Error

MOST_BYTES = 4 * 2**20
DEEPEST = 6
LONGEST = 4_000
MOST_ELEMENTS = 40 * (MOST_ROWS + 1)
_FIELD = b"sXML="


class Unreadable(Exception):
    """It is no message that we can read (error 505)."""


class TooManyRows(Exception):
    """More rows than one call may have (error 500)."""


@dataclass(frozen=True)
class Row:
    """One `<Attendance>`, as sent; empty where a field was not there."""

    course_id: str = ""
    external_course_id: str = ""
    person: str = ""
    pe_person: str = ""
    edition_id: str = ""
    external_edition_id: str = ""
    meeting_id: str = ""
    external_meeting_id: str = ""
    module: str = ""
    ended_at: str = ""


@dataclass(frozen=True)
class Entry:
    """A whole message. The key does not show in a `repr`, so that no log line can hold it."""

    user_id: str
    user_role: str
    user_key: str = field(repr=False)
    organisation: str
    rows: Sequence[Row]


# Names as they are compared: without case, since senders differ in it (`externalmoduleID`, sic).
_FIELDS = {
    "pecourseid": "course_id",
    "externalcourseid": "external_course_id",
    "externalpersonid": "person",
    "pepersonid": "pe_person",
    "peeditionid": "edition_id",
    "externaleditionid": "external_edition_id",
    "pemeetingid": "meeting_id",
    "externalmeetingid": "external_meeting_id",
    "pemoduleid": "module",
    "externalmoduleid": "module",
    "enddate": "ended_at",
}


def xml_of(body: bytes) -> bytes:
    """The XML in a form with one field, percent-encoded or raw behind `sXML=`; Unreadable for anything else."""
    if len(body) > MOST_BYTES or not body.startswith(_FIELD):
        raise Unreadable
    value = body[len(_FIELD) :]
    if value.lstrip()[:1] == b"<":
        return value.strip()
    return unquote_to_bytes(value.partition(b"&")[0].replace(b"+", b" ")).strip()


class _Reader:
    """Gathers settings and rows; everything else in the message is passed over."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.rows: list[Row] = []
        self._row: dict[str, str] | None = None
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._seen = 0

    def begin(self, name: str, _attributes: object) -> None:
        self._seen += 1
        if len(self._path) >= DEEPEST or self._seen > MOST_ELEMENTS or len(name) > 80:
            raise Unreadable
        self._path.append(name.rpartition(":")[2].lower())
        if len(self._path) == 1 and self._path != ["entry"]:
            raise Unreadable
        if self._path == ["entry", "attendance"]:
            self._row = {}
        self._text, self._length = [], 0

    def text(self, data: str) -> None:
        self._length += len(data)
        if self._length > LONGEST:
            raise Unreadable
        self._text.append(data)

    def end(self, _name: str) -> None:
        path, said = self._path, "".join(self._text).strip()
        if path[:2] == ["entry", "settings"] and len(path) == 3:
            self.settings[path[2]] = said
        elif self._row is not None and len(path) == 3 and said and path[2] in _FIELDS:
            self._row.setdefault(_FIELDS[path[2]], said)
        elif self._row is not None and len(path) == 2:
            if len(self.rows) >= MOST_ROWS:
                raise TooManyRows
            self.rows.append(Row(**self._row))
            self._row = None
        self._path.pop()
        self._text, self._length = [], 0


def read(xml: bytes) -> Entry:
    """Read a message; Unreadable, TooManyRows."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable from error
    said = reader.settings
    if not {"userid", "userkey", "orgid"} <= said.keys():
        raise Unreadable
    return Entry(said["userid"], said.get("userrole", ""), said["userkey"], said["orgid"], reader.rows)


def _refuse(*_declared: object) -> int:
    raise Unreadable


@dataclass(frozen=True)
class Accepted:
    """One `<Accepted>`: what was sent, said back."""

    person: str
    course: str
    day: str
    meeting: str = ""


def summary(accepted: Sequence[Accepted], errors: Sequence[Error], total: int, rejected: int) -> str:
    """The answer: how many rows, an error for each that was not booked, and each that was."""
    counts = f"<rejected_rows>{rejected}</rejected_rows><accepted_rows>{len(accepted)}</accepted_rows>"
    lines = [f"<Summary><Results>{counts}<total_rows>{total}</total_rows></Results>"]
    for error in errors:
        number = f"<errorNR>{error.number.value}</errorNR>"
        lines.append(f"<Error>{number}<errorMsg>{escape(error.message)}</errorMsg></Error>")
    for row in accepted:
        meeting = f"<meeting>{escape(row.meeting)}</meeting>" if row.meeting else ""
        said = f"<person>{escape(row.person)}</person><course>{escape(row.course)}</course>"
        lines.append(f"<Accepted>{said}<date>{escape(row.day)}</date>{meeting}</Accepted>")
    return "\n".join([*lines, "</Summary>"])


def document(content: str, *, soap: bool) -> bytes:
    """The answer as a document: bare, or in the SOAP envelope that some callers expect."""
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    if soap:
        namespace = 'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"'
        content = f"<soap:Envelope {namespace}><soap:Body>{content}</soap:Body></soap:Envelope>"
    return (head + content + "\n").encode()
