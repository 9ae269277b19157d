"""Answers the message of PE-online: the rows of a learning platform are the same rows as any other list."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accreditation.attendance.finding import authorised_registers
from accreditation.attendance.policy import Outcome, Source
from accreditation.attendance.reading import Sent, clean, day_of, number_of
from accreditation.attendance.receiving import Result, receive
from accreditation.peonline import message
from accreditation.peonline.keys import count, opened_by
from accreditation.peonline.message import Accepted, Entry, Row
from accreditation.peonline.policy import NO_ACCESS, TOO_MANY_ROWS, UNREADABLE, Error, register_of, row_error
from accreditation.sandbox import service as sandbox
from accreditation.sandbox.policy import kept
from core.clock import AMSTERDAM, legal_day
from core.errors import Invalid
from core.store.work import Work

_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,12})?(Z|[+-]\d{2}:?\d{2})?")


@dataclass(frozen=True)
class Platform:
    """A learning platform that sends under a key."""

    ref: str
    session_ref: str | None = None

    def can(self, _permission: object) -> bool:
        return False


async def process(work: Work, body: bytes, *, trial: bool = False, pretended: date | None = None) -> str:
    """Take one call and write its `<Summary>`; `trial` has no effect, whatever it answers.

    Neither has what comes under a key of the sandbox, on the day that it pretends to be; no other key may pretend.
    """
    try:
        entry = message.read(message.xml_of(body))
    except message.TooManyRows:
        return _refused(TOO_MANY_ROWS)
    except message.Unreadable:
        return _refused(UNREADABLE)
    register = register_of(entry.organisation)
    tries = await sandbox.opened_by(work, entry.user_id, entry.user_key)
    if tries is not None:
        return await _tried(work, tries, entry, register, message.xml_of(body), pretended)
    if pretended is not None:
        return _refused(NO_ACCESS, len(entry.rows))
    key = await opened_by(work, entry.user_id[:20], entry.user_key)
    if key is None or register is None or register not in await authorised_registers(work, key.provider_id):
        return _refused(NO_ACCESS, len(entry.rows))
    await count(work, key, len(entry.rows), work.rules.chosen(register, work.today).attendance.rows_an_hour)
    work.actor = Platform(f"platform-key/{key.id}")
    sent, unread = read_rows(entry, register)
    _batch, results = await receive(work, key.provider_id, Source.PE_ONLINE, sent, unread)
    answer = _summary(entry.rows, results, {one.line: one for one in sent})
    if trial:
        await work.forget()
    return answer


async def _tried(
    work: Work, provider_id: UUID, entry: Entry, register: str | None, said: bytes, day: date | None
) -> str:
    """Answer under a key of the sandbox: as it would be, and then nothing of it is so."""

    async def deed() -> tuple[str, str]:
        if register is None or register not in await authorised_registers(work, provider_id):
            answer = _refused(NO_ACCESS, len(entry.rows))
            return answer, answer
        sent, unread = read_rows(entry, register)
        _batch, results = await receive(work, provider_id, Source.PE_ONLINE, sent, unread)
        answer = _summary(entry.rows, results, {one.line: one for one in sent})
        return answer, answer

    text = kept(said.decode(errors="replace"), entry.user_key)
    return await sandbox.attempt(work, provider_id, Source.PE_ONLINE, text, day, deed)


def read_rows(entry: Entry, register: str) -> tuple[list[Sent], list[Result]]:
    """The rows that can be read, and a refusal for each that cannot."""
    sent, unread = [], []
    for line, row in enumerate(entry.rows, 1):
        try:
            sent.append(_sent(line, row, register))
        except Invalid as error:
            unread.append(Result(line, Outcome.REFUSED, error.code))
    return sent, unread


def _sent(line: int, row: Row, register: str) -> Sent:
    return Sent(
        line=line,
        number=number_of(row.person or row.pe_person),
        course="" if row.course_id else clean(row.external_course_id, 60),
        run="" if row.edition_id else clean(row.external_edition_id, 60),
        meeting=clean(row.external_meeting_id, 60),
        ended_on=ended_on(row.ended_at),
        pe_course_id=clean(row.course_id, 60),
        pe_edition_id=clean(row.edition_id, 60),
        pe_meeting_id=clean(row.meeting_id, 60),
        register=register,
    )


def ended_on(text: str) -> date | None:
    """The day in the Netherlands of an xs:dateTime with up to seven decimals; Invalid("date-unreadable").

    Some senders give midnight +00:00 for a bare date: that is one or two in the morning here, of the same day.
    """
    if not text or len(text) == len("2026-05-01"):
        return day_of(text)
    found = _INSTANT.fullmatch(text.strip())
    if found is None:
        raise Invalid("date-unreadable")
    try:
        at = datetime.fromisoformat(found[1] + (found[2] or ""))
        return day_of(legal_day(at if at.tzinfo else at.replace(tzinfo=AMSTERDAM)).isoformat())
    except (ValueError, OverflowError) as error:
        raise Invalid("date-unreadable") from error


def _refused(error: Error, rows: int = 0) -> str:
    return message.summary([], [error], rows, rows)


def _summary(rows: Sequence[Row], results: Sequence[Result], sent: Mapping[int, Sent]) -> str:
    """Whoever is accepted and whoever is to be checked look the same here: a sender learns nothing of who exists."""
    accepted, errors = [], []
    for result in results:
        if result.outcome is Outcome.REFUSED:
            errors.append(row_error(result.line, result.code))
            continue
        row, read = rows[result.line - 1], sent[result.line]
        day = read.ended_on.isoformat() if read.ended_on else row.ended_at
        course = row.course_id or row.external_course_id
        accepted.append(Accepted(read.number, course, day, row.meeting_id or row.external_meeting_id))
    return message.summary(accepted, errors, len(results), len(errors))
