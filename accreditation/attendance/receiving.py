"""Takes a list in: set by set, each row by itself, in one transaction.

An answer means that every accepted row is stored; without an answer nothing of the list is, or all of it, and sending
it again gives the same end. A row that was sent before is accepted and stored once.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from accreditation.attendance import finding
from accreditation.attendance.directory import E_LEARNING, Place, Run
from accreditation.attendance.doubts import Doubt, Limits, Stay, doubts_about
from accreditation.attendance.finding import Known
from accreditation.attendance.matching import is_match, well_formed
from accreditation.attendance.models import Attendance, AttendanceBatch
from accreditation.attendance.policy import ATTENDANCE, Cause, Event, Outcome, Source, State
from accreditation.attendance.reading import Sent
from accreditation.attendance.settling import settle
from auth import queries as people
from auth.queries import Named
from core.names import plain_key
from core.store import bulk
from core.store.db import new_id, new_salt
from core.store.work import Work

ROWS: sa.Table = Attendance.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row; `code` says why it was refused."""

    line: int
    outcome: Outcome
    code: str = ""


@dataclass
class _List:
    """A list in the making."""

    known: dict[tuple[str, str, str], Known]
    stays: dict[UUID, list[Stay]]
    limits: Callable[[str, date], Limits]
    """By run and day: thousands of rows name the same ones."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    seats: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


async def receive(
    work: Work, provider_id: UUID, source: Source, sent: Sequence[Sent], unread: Sequence[Result] = ()
) -> tuple[AttendanceBatch, list[Result]]:
    """Take a list of one provider in; `unread` are the rows that could not be read."""
    directory = await finding.directory_of(work, provider_id, {one.pe_course_id for one in sent} - {""})
    placed = [(one, directory.place_of(one, work.today)) for one in sent]
    runs = {place.run.id: place.run for _, place in placed if isinstance(place, Place)}
    ids = {UUID(id): run for id, run in runs.items()}
    named = await people.by_numbers(work.session, {one.number for one in sent if well_formed(one.number)})
    people_meant = [_person(one, named) for one in sent]
    matched = {person.id for person in people_meant if person}
    known, stays = await finding.known_in(work, list(ids)), await finding.stays_of(work, matched)
    making = _List(known, stays, cache(partial(_limits, work, runs)))
    for (run, _, who), one in known.items():
        if one.state is not State.REVERSED:
            making.seats[run].add(who)
    batch = _batch(work, provider_id, source)
    listed = bulk.Batch(work, batch.id)
    meant = zip(placed, people_meant, strict=True)
    results = [*unread, *(_take(making, batch, one, place, person) for (one, place), person in meant)]
    results.sort(key=lambda result: result.line)
    listed.tell(ROWS, making.rows)
    _count(batch, results, listed)
    work.add(batch)
    await work.flush()
    if making.rows:
        await (await work.session.connection()).execute(sa.insert(ROWS), making.rows)
        theirs = sa.select(ROWS.c.person_id).where(ROWS.c.batch_id == batch.id)
        await settle(work, ids, theirs)
    facts = {"source": source.value, "total": batch.total, "stored": batch.stored}
    await listed.log("attendance:receive", batch.stream(), facts, batch)
    return batch, results


def _person(sent: Sent, named: Mapping[str, Named]) -> Named | None:
    found = named.get(sent.number)
    if found and is_match(sent.number, sent.name, found.given_name, *found.families):
        return found
    return None


def _limits(work: Work, runs: Mapping[str, Run], run_id: str, day: date) -> Limits:
    return finding.limits_of(work, runs[run_id], day)


def _take(making: _List, batch: AttendanceBatch, sent: Sent, place: Place | str, person: Named | None) -> Result:
    if isinstance(place, str):
        return Result(sent.line, Outcome.REFUSED, place)
    who = f"person/{person.id}" if person else _unknown(sent)
    meeting = place.meeting.id if place.meeting else ""
    key = (place.run.id, meeting, who)
    known = making.known.get(key)
    if known is not None:
        if known.state is State.REVERSED and known.cause is Cause.PROVIDER:
            return Result(sent.line, Outcome.REFUSED, "taken-back")
        return Result(sent.line, told(sent.number, known.doubts.split()))
    doubts = _doubts(making, place, person, who)
    event = Event.MISS if person is None else Event.HOLD if doubts else Event.BOOK
    state = ATTENDANCE.after(State.RECEIVED, event)
    making.known[key] = Known(state, None, " ".join(doubts))
    making.seats[place.run.id].add(who)
    making.rows.append(
        {
            "id": new_id(),
            "version": 1,
            "salt": new_salt(),
            "batch_id": batch.id,
            "line": sent.line,
            "provider_id": batch.provider_id,
            "run_id": UUID(place.run.id),
            "meeting": meeting,
            "who": who,
            "sent_number": sent.number,
            "sent_name": "" if person else sent.name,
            "ended_on": place.ended_on,
            "first_state": state,
            "first_person_id": person.id if person else None,
            "state": state,
            "person_id": person.id if person else None,
            "doubts": " ".join(doubts),
            "cause": None,
            "said": "",
        }
    )
    return Result(sent.line, told(sent.number, doubts))


def told(number: str, doubts: Iterable[str]) -> Outcome:
    """What the provider learns: it rests on the form of the number and on the seats of its own run, on nothing else."""
    checked = not well_formed(number) or Doubt.MORE_THAN_SEATS.value in doubts
    return Outcome.TO_BE_CHECKED if checked else Outcome.ACCEPTED


def _unknown(sent: Sent) -> str:
    """What tells apart the rows of nobody that we know: what was sent."""
    return hashlib.sha256(f"{sent.number}\0{plain_key(sent.name)}".encode()).hexdigest()


def _doubts(making: _List, place: Place, person: Named | None, who: str) -> list[str]:
    run = place.run
    taken = making.seats[run.id]
    seats = None if run.capacity is None or who in taken else run.capacity - len(taken)
    by_day = place.meeting or run.form == E_LEARNING
    days = (place.ended_on, place.ended_on) if by_day else (run.starts_on, run.ends_on)
    stay = Stay(run.id, *days, run.in_place)
    others = making.stays.setdefault(person.id, []) if person else []
    first = min(one.from_on for one in run.accredited(place.ended_on))
    limits = making.limits(run.id, place.ended_on)
    found = doubts_about(stay, others, seats_left=seats, accredited_from=first, limits=limits)
    others.append(stay)
    return [doubt.value for doubt in found]


def _batch(work: Work, provider_id: UUID, source: Source) -> AttendanceBatch:
    return AttendanceBatch(
        provider_id=provider_id,
        source=source,
        received_at=work.now,
        total=0,
        accepted=0,
        to_be_checked=0,
        refused=0,
        stored=0,
        rows_digest="",
    )


def _count(batch: AttendanceBatch, results: Sequence[Result], stored: bulk.Batch) -> None:
    counts = Counter(result.outcome for result in results)
    batch.total, batch.stored = len(results), len(stored.told)
    batch.accepted = counts[Outcome.ACCEPTED]
    batch.to_be_checked = counts[Outcome.TO_BE_CHECKED]
    batch.refused = counts[Outcome.REFUSED]
    batch.rows_digest = stored.digest()
