"""Takes an existing register over: what is new set by set, what changed line by line, what cannot be is refused."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import col, select

from auth import imported_persons
from auth.numbers import draw
from core.fields import address_key
from core.store import bulk
from core.store.work import Work
from register.entries.entry import PUBLIC, public_values, show_person
from register.entries.models import Appointment, EntryVersion, PublicEntry, Registration
from register.entries.policy import Register
from register.office.imports import faults
from register.office.imports.building import (
    KNOWN_BEFORE,
    ORDER,
    Rows,
    a_person,
    an_appointment,
    an_entry,
    content_of,
    first,
    stood,
)
from register.office.imports.faults import BadLine
from register.office.imports.lines import Lines
from register.office.imports.models import TakenOver
from register.office.imports.policy import BadRow
from register.office.imports.rows import TakenRow, location_of, register_row
from register.office.imports.updating import update
from register.portfolio.models import LedgerLine, PortfolioEntry
from register.schools.duo.cells import BadCell
from register.schools.duo.rows import RefusedRow
from register.schools.models import Board, Location

Key = tuple[str, Register]


@dataclass
class Known:
    """Who and what is here; lines of the file add to it as they are stored."""

    taken: dict[Key, TakenOver] = field(default_factory=dict)
    salts: dict[UUID, str] = field(default_factory=dict)
    now: dict[UUID, UUID] = field(default_factory=dict)
    """Who each person is now: a double, who was kept."""
    people: dict[str, UUID] = field(default_factory=dict)
    """By our register number."""
    numbers: dict[str, UUID] = field(default_factory=dict)
    """By the number in the other system."""
    addresses: dict[str, UUID] = field(default_factory=dict)
    entries: set[tuple[UUID, Register]] = field(default_factory=set)
    boards: dict[str, str] = field(default_factory=dict)
    locations: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and town of each school."""


async def known_here(work: Work, source: str) -> Known:
    """Everything that the lines of a source are held against."""
    found = Known()
    async for id, now, number, email, salt in imported_persons.everybody(work.session):
        found.people[number] = found.now[id] = now
        found.addresses[address_key(email)] = now
        found.salts[id] = salt
    for row in await work.session.exec(select(TakenOver).where(TakenOver.source == source)):
        found.taken[row.source_number, row.register_code] = row
        found.numbers[row.source_number] = found.now[row.person_id]
    found.addresses |= await imported_persons.addresses(work.session)
    entries = await work.session.exec(select(Registration.person_id, Registration.register_code))
    found.entries = {(person, Register(register)) for person, register in entries}
    for number, name in await work.session.exec(select(Board.number, Board.name)):
        found.boards[number] = name or number
    town = sa.func.coalesce(sa.func.nullif(col(Location.town), ""), col(Location.municipality), "")
    places: Any = sa.select(col(Location.code), col(Location.name), town)
    for code, name, where in await (await work.session.connection()).execute(places):
        found.locations[code] = (name, where)
    return found


class Balance(msgspec.Struct, frozen=True):
    """Points and hours of one register: in the lines that were stored, and on the ledgers afterwards."""

    register_code: str
    points_in: int
    points_on_ledgers: int
    hours_in: str
    hours_on_ledgers: str

    @property
    def even(self) -> bool:
        return (self.points_in, self.hours_in) == (self.points_on_ledgers, self.hours_on_ledgers)


class OutOfBalance(RuntimeError):
    """What came in is not what stands on the ledgers: a mistake of ours, so nothing is stored."""


async def reconcile(
    work: Work, came_in: Mapping[str, Sequence[int]], earned: Mapping[str, Sequence[UUID]]
) -> list[Balance]:
    """Points and hundredths of hours in, by register, against the ledger lines of their entries; OutOfBalance."""
    await work.flush()
    table: sa.Table = LedgerLine.__table__  # type: ignore[attr-defined]
    sums = sa.select(table.c.entry_id, sa.func.sum(table.c.points), sa.func.sum(table.c.hundredths))
    rows = await (await work.session.connection()).execute(sums.group_by(table.c.entry_id))
    stands = {id: (points, hundredths) for id, points, hundredths in rows}
    found = []
    for register, (points, hundredths) in sorted(came_in.items()):
        on = [stands.get(id, (0, 0)) for id in earned[register]]
        found.append(
            Balance(
                register,
                points,
                sum(each[0] for each in on),
                f"{hundredths / 100:.2f}",
                f"{sum(each[1] for each in on) / 100:.2f}",
            )
        )
    if not all(balance.even for balance in found):
        raise OutOfBalance(str(found))
    return found


Progress = Callable[[str, int, int], object]
STREAM = "imports/register"
TAKEN: sa.Table = TakenOver.__table__  # type: ignore[attr-defined]
STEPS = 1000


class TakeoverReport(msgspec.Struct, frozen=True):
    """What became of a file: `read` = `new` + `changed` + `unchanged` + the refused lines."""

    read: int
    new: int
    changed: int
    unchanged: int
    refused: Sequence[RefusedRow]
    balances: Sequence[Balance]
    dry_run: bool = False


@dataclass
class Taking:
    """One run: what is known, the rows that will be written, and what was said of each line."""

    work: Work
    source: str
    known: Known
    rows: Rows = field(default_factory=Rows)
    refused: list[RefusedRow] = field(default_factory=list)
    written: dict[tuple[str, Any], TakenRow] = field(default_factory=dict)
    people: dict[UUID, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    earned: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    came_in: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def silent(_what: str, _done: int, _of: int) -> None: ...


async def take_over(work: Work, source: str, table: Lines, progress: Progress = silent) -> TakeoverReport:
    """Store the lines of an existing register.

    Run twice it changes nothing: a line is known by its source and its number there.
    """
    taking = Taking(work, source, await known_here(work, source))
    taking.refused += table.refused
    total = len(table.lines)
    for done, (line, cells) in enumerate(table.lines):
        if done % STEPS == 0:
            progress("lines", done, total)
        try:
            await _take(taking, cells)
        except (BadCell, BadLine, BadRow) as bad:
            taking.refused.extend(faults.refused(line, bad))
    progress("storing", total, total + 1)
    await _store(taking)
    balances = await reconcile(work, taking.came_in, taking.earned)
    report = _report(taking, table, balances)
    progress("", total, total)
    return report


async def _take(taking: Taking, cells: Mapping[str, str]) -> None:
    """One line: new, changed or as it was; BadCell, BadRow."""
    known, row = taking.known, _read(taking, cells)
    key = (row.source_number, row.entry.register)
    if key in taking.written:
        raise BadRow("duplicate", "source_number")
    before = known.taken.get(key)
    if before is not None:
        _require_all(taking, row, known.now[before.person_id])
        content = content_of(cells, known.salts[before.person_id])
        if content != before.content:
            for id in await update(taking.work, before, row, content):
                taking.earned[row.entry.register.value].append(id)
            _count_in(taking, row)
            taking.counted["changed"] += 1
        else:
            taking.counted["unchanged"] += 1
        taking.written[key] = row
        return
    _add(taking, row, cells)
    taking.written[key] = row
    taking.counted["new"] += 1


def _read(taking: Taking, cells: Mapping[str, str]) -> TakenRow:
    """A line of which all that is wrong is told at once: a school or board that is not here too."""
    try:
        return register_row(cells, taking.work.today)
    except (BadCell, BadRow, BadLine) as bad:
        told = list(bad.faults) if isinstance(bad, BadLine) else [bad]
        board, code = ((cells.get(name) or "").strip() for name in ("board_number", "location_code"))
        raise BadLine([*told, *_unknown_place(taking.known, board, location_of(code) if code else "")]) from bad


def _require_all(taking: Taking, row: TakenRow, person_id: UUID | None) -> None:
    """BadLine with all in a line that does not go with what is here: its school, board and address."""
    bad: list[BadCell | BadRow] = []
    if row.post:
        bad += _unknown_place(taking.known, row.post.board_number, row.post.location_code)
    owner = taking.known.addresses.get(row.person.email)
    if owner not in {None, person_id}:
        bad.append(BadRow("email-twice" if owner in taking.people else "email-known", "email"))
    if bad:
        raise BadLine(bad)


def _add(taking: Taking, row: TakenRow, cells: Mapping[str, str]) -> None:
    known, work = taking.known, taking.work
    person_id = _person_of(taking, row)
    if person_id is None:
        number = draw(secrets.randbelow)
        while number in known.people:
            number = draw(secrets.randbelow)
        person = a_person(work, row, number)
        person_id = person.id
        taking.rows.add(person)
        taking.people[person_id] = person
        taking.details[row.source_number] = row.person
        known.people[number] = known.numbers[row.source_number] = known.now[person_id] = person_id
        known.addresses[row.person.email] = person_id
        known.salts[person_id] = person.salt
    if row.post and (post := an_appointment(person_id, row.post)) and not _stated(taking, post):
        taking.rows.add(post)
    before = len(taking.rows.of(PortfolioEntry))
    registration = an_entry(work, taking.rows, person_id, row.entry)
    known.entries.add((person_id, row.entry.register))
    earned = taking.rows.of(PortfolioEntry)[before:]
    taking.earned[row.entry.register.value] += [each.id for each in earned]
    _count_in(taking, row)
    known_person = taking.people.get(person_id)
    taking.rows.add(
        bulk.lean(
            TakenOver,
            source=taking.source,
            source_number=row.source_number,
            register_code=row.entry.register,
            person_id=person_id,
            registration_id=registration.id,
            content=content_of(cells, known.salts[person_id]),
            stood={
                **stood(registration, known_person.version if known_person else KNOWN_BEFORE, earned, row.entry),
                "first": first(work, taking.rows.of(EntryVersion)[-len(row.entry.stands) :]),
            },
            stored_at=work.now,
        )
    )


def _person_of(taking: Taking, row: TakenRow) -> UUID | None:
    """Who a new line is about, None for somebody new.

    BadRow: `unknown-register-number`, `person-differs`, `email-known`, `in-register-already`.
    """
    known = taking.known
    by_number = known.numbers.get(row.source_number)
    if row.register_number:
        found = known.people.get(row.register_number)
        if found is None:
            raise BadRow("unknown-register-number", "register_number")
        if by_number not in {None, found}:
            raise BadRow("person-differs", "register_number")
    else:
        found = by_number
        if found and taking.details.get(row.source_number, row.person) != row.person:
            raise BadRow("person-differs", "source_number")
    _require_all(taking, row, found)
    if found and (found, row.entry.register) in known.entries:
        raise BadRow("in-register-already", "register")
    return found


def _unknown_place(known: Known, board: str, location: str) -> list[BadRow]:
    """Which of a board and a school are not here."""
    found = [BadRow("unknown-board", "board_number")] if board and board not in known.boards else []
    return [*found, BadRow("unknown-brin", "location_code")] if location and location not in known.locations else found


def _stated(taking: Taking, post: Appointment) -> bool:
    """Whether another line of the same person said so too; people have few lines, the last ones."""
    same = ("person_id", "board_number", "location_code", "role", "appointed_on")
    recent = taking.rows.of(Appointment)[-3:]
    return any(all(getattr(each, name) == getattr(post, name) for name in same) for each in recent)


def _count_in(taking: Taking, row: TakenRow) -> None:
    sums = taking.came_in[row.entry.register.value]
    sums[0] += sum(points for points, _hours, _about in row.entry.credits)
    sums[1] += sum(int(hours * 100) for _points, hours, _about in row.entry.credits)


async def _store(taking: Taking) -> None:
    """Everything that is new in one insert for each table, and one line in the trail about all of it."""
    work, rows = taking.work, taking.rows
    batch = bulk.Batch(work)
    for model in ORDER:
        await batch.insert(rows.of(model))
    await batch.insert(rows.of(TakenOver))
    await batch.insert(_faces(taking))
    elsewhere = [each for each in rows.of(Registration) if each.person_id not in taking.people]
    for person_id in {each.person_id for each in elsewhere}:
        await show_person(work, person_id)
    if not taking.counted["new"] and not taking.counted["changed"]:
        return
    await work.flush()
    await batch.log(
        "register:import",
        STREAM,
        {
            "source": taking.source,
            "new": taking.counted["new"],
            "changed": taking.counted["changed"],
            "unchanged": taking.counted["unchanged"],
            "refused": faults.lines_in(taking.refused),
            "tables": {TAKEN.name: await bulk.digest_of_table(work.session, TAKEN)},
        },
    )


def _faces(taking: Taking) -> list[bulk.Lean]:
    """The public face of everybody who is new here."""
    latest: dict[UUID, Appointment] = {}
    for post in taking.rows.of(Appointment):
        before = latest.get(post.person_id)
        if before is None or (before.appointed_on, before.id) < (post.appointed_on, post.id):
            latest[post.person_id] = post
    been = {line.registration_id for line in taking.rows.of(EntryVersion) if line.status in PUBLIC}
    faces: list[bulk.Lean] = []
    for registration in taking.rows.of(Registration):
        person, at = taking.people.get(registration.person_id), latest.get(registration.person_id)
        if person is None:
            continue
        board = taking.known.boards[at.board_number] if at else ""
        school, town = taking.known.locations[at.location_code] if at else ("", "")
        if values := public_values(registration, person, board, school, town, been=registration.id in been):
            faces.append(bulk.lean(PublicEntry, **values))
    return faces


def _report(taking: Taking, table: Lines, balances: Sequence[Balance]) -> TakeoverReport:
    report = TakeoverReport(
        read=len(table.lines) + len(table.refused),
        new=taking.counted["new"],
        changed=taking.counted["changed"],
        unchanged=taking.counted["unchanged"],
        refused=sorted(taking.refused, key=lambda row: row.line),
        balances=balances,
    )
    if report.read != report.new + report.changed + report.unchanged + faults.lines_in(report.refused):
        raise OutOfBalance(f"{report.read} lines read")
    return report
