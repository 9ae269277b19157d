"""From a line of an existing register to the rows that it becomes here."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from auth import imported_persons
from core.agenda import AgendaEntry
from core.decisions import case_number
from core.law.articles import basis
from core.law.terms import application_due
from core.store.bulk import lean
from core.store.db import canonical
from core.store.work import Work
from register.entries.models import Application, Appointment, EntryVersion, Registration
from register.entries.policy import ApplicationState, Register
from register.office.imports.policy import WITH_PERIOD, Entry, Post
from register.office.imports.rows import TakenRow
from register.portfolio.ledger import Cause
from register.portfolio.models import LedgerLine, PortfolioEntry, PortfolioPeriod, hundredths
from register.portfolio.policy import EntryKind, EntryState
from register.rules.assessment.facts import Role, Sector, Valuation

EVENT = "import"
KNOWN_BEFORE = 0
"""In place of a version: the person stood here before the import, so their details are not the import's to change."""
DAYS = ("registered_on", "period_began_on", "due_on")
SUBJECT = "Overgenomen uit het vorige register"


@dataclass
class Rows:
    """New rows by table, in the order in which one needs another."""

    by_table: dict[type[SQLModel], list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, *rows: Any) -> None:
        for row in rows:
            self.by_table[row.model].append(row)

    def of(self, model: type[Any]) -> list[Any]:
        return self.by_table.get(model, [])


ORDER: Sequence[type[SQLModel]] = (
    imported_persons.PERSON,
    Appointment,
    Registration,
    EntryVersion,
    PortfolioPeriod,
    PortfolioEntry,
    LedgerLine,
    Application,
    AgendaEntry,
)


def content_of(cells: Mapping[str, str], salt: str) -> str:
    """What a second run compares: a digest that says nothing of the line to who has not the salt of its person."""
    filled = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
    return hashlib.sha256(salt.encode() + canonical(filled)).hexdigest()


def a_person(work: Work, row: TakenRow, register_number: str) -> Any:
    """Somebody who is new here; an account follows when they first come."""
    return imported_persons.arriving(work, row.person.model_dump(), register_number)


def an_appointment(person_id: UUID, post: Post) -> Appointment:
    """A post as the other system knew it."""
    row: Appointment = lean(
        Appointment,
        person_id=person_id,
        board_number=post.board_number,
        location_code=post.location_code,
        role=Role(post.role),
        appointed_on=post.appointed_on,
    )
    return row


def an_entry(work: Work, rows: Rows, person_id: UUID, entry: Entry) -> Registration:
    """An entry with its history, its running period, what was earned in it, and the request that runs."""
    now = entry.stands[-1]
    registration: Registration = lean(
        Registration,
        person_id=person_id,
        register_code=entry.register,
        status=now.status,
        title=now.title,
        level=now.level,
        registered_on=entry.registered_on,
        period_began_on=entry.period_began_on,
        due_on=entry.due_on,
    )
    rows.add(registration, *history(work, registration, entry, after=0))
    if now.status in WITH_PERIOD and entry.period_began_on and entry.due_on:
        period = lean(
            PortfolioPeriod,
            person_id=person_id,
            registration_id=registration.id,
            register_code=entry.register,
            began_on=entry.period_began_on,
            due_on=entry.due_on,
        )
        rows.add(period)
        for earned in credits(work, registration, entry):
            rows.add(earned, _booked(work, earned, period))
    if entry.running:
        _request(work, rows, registration, entry)
    return registration


def history(work: Work, registration: Registration, entry: Entry, after: int) -> list[EntryVersion]:
    """Every stand of an entry as a line of its history."""
    return [
        lean(
            EntryVersion,
            registration_id=registration.id,
            seq=seq,
            event=EVENT,
            holds_from=stand.holds_from,
            recorded_at=work.now,
            status=stand.status,
            title=stand.title,
            level=stand.level,
            registered_on=entry.registered_on,
            period_began_on=entry.period_began_on,
            due_on=entry.due_on,
        )
        for seq, stand in enumerate(entry.stands, after + 1)
    ]


def credits(work: Work, registration: Registration, entry: Entry) -> list[PortfolioEntry]:
    """What was earned in the running period, as entries that were accepted elsewhere."""
    teacher = entry.register is Register.TEACHERS
    assert entry.period_began_on
    return [
        lean(
            PortfolioEntry,
            person_id=registration.person_id,
            registration_id=registration.id,
            register_code=entry.register,
            kind=EntryKind.COURSE,
            title=SUBJECT,
            done_on=entry.period_began_on,
            category=about,
            valuation=Valuation.VALIDATED if teacher else Valuation.AFTERWARDS,
            state=EntryState.ACCEPTED,
            points=None if teacher else points,
            hundredths=hundredths(hours) if teacher else None,
            added_at=work.now,
            submitted_at=work.now,
        )
        for points, hours, about in entry.credits
    ]


def _booked(work: Work, earned: PortfolioEntry, period: PortfolioPeriod) -> LedgerLine:
    row: LedgerLine = lean(
        LedgerLine,
        person_id=earned.person_id,
        registration_id=earned.registration_id,
        entry_id=earned.id,
        period_id=period.id,
        points=earned.points or 0,
        hundredths=earned.hundredths or 0,
        cause=Cause.BOOKED,
        booked_at=work.now,
    )
    return row


def _request(work: Work, rows: Rows, registration: Registration, entry: Entry) -> None:
    """A request that runs, with the term to decide as it ran there (Awb 4:13)."""
    running = entry.running
    assert running
    term = work.rules.chosen(entry.register.value, running.received_on).terms["application-decision"]
    due = application_due(running.received_on, term.length, (), work.calendar, moves=term.rolled).last_day
    application = lean(
        Application,
        number=case_number("A", running.received_on),
        person_id=registration.person_id,
        registration_id=registration.id,
        register_code=entry.register,
        kind=running.kind,
        route=running.route,
        state=ApplicationState.SUBMITTED,
        sector=Sector(running.sector) if running.sector else None,
        statement=SUBJECT,
        started_at=work.now,
        submitted_at=work.now,
        received_on=running.received_on,
        decision_due_on=due,
    )
    task = lean(
        AgendaEntry,
        case_kind="application",
        case_id=application.id,
        task="decide",
        role="secretary",
        due_on=due,
        article=basis(work, entry.register.value, "application", "decide"),
    )
    rows.add(application, task)


def stood(registration: Registration, person: int, entries: Sequence[PortfolioEntry], entry: Entry) -> dict[str, Any]:
    """How an entry stood when its line was stored; `person` is the version of the person then."""
    return {
        "versions": {"person": person, "registration": registration.version},
        "credits": {str(each.id): each.version for each in entries},
        "running": entry.running and [entry.running.kind.value, entry.running.route.value],
    }


def first(work: Work, lines: Sequence[EntryVersion]) -> dict[str, Any]:
    """The lines with which a history begins; no event tells of them one by one, so `verify` takes them from here."""
    return {
        "at": work.now.astimezone(UTC).isoformat(),
        "lines": [
            {name: _text(getattr(line, name)) for name in ("holds_from", "status", "level", *DAYS)} for line in lines
        ],
    }


def _text(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value and str(value)
