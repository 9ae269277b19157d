"""Everything that can be derived anew, held against what is stored."""

import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from appeals.disputes.models import Dispute
from auth.models import Person
from core.agenda import AgendaEntry
from core.clock import legal_day
from core.decisions import Decision
from core.law.days import previous_day
from core.law.terms import Suspension, application_due, next_day, objection_last_day
from core.store.audit import Finding, TrailEvent
from core.store.db import AsyncSession, Row, canonical
from core.store.files import StoredFile
from core.store.work import Means
from register.checks.bodies import bodies
from register.checks.disputes import disputes
from register.checks.dossiers import dossiers
from register.checks.doubled import doubled_decisions, shared_days, shared_offer, shown_days
from register.checks.erased import erasures
from register.checks.history import first_lines, histories
from register.checks.invoices import invoices
from register.checks.names import strays, word_index
from register.checks.notices import notices
from register.checks.publication import withheld
from register.checks.replay import GRANTED, Standing, Step, counts_in, derive
from register.checks.signatures import flaw_of_bytes, flaw_of_letter, seals
from register.entries import queries as registrations
from register.entries.entry import PUBLIC, public_values, shown_post
from register.entries.models import (
    Application,
    ApplicationProof,
    Appointment,
    CompletionRequest,
    PublicEntry,
    Registration,
)
from register.notification.models import SentLetter
from register.office.people.hanging import on_doubles
from register.portfolio.models import LedgerLine, PortfolioEntry, PortfolioPeriod
from register.rules.assessment.assess import assess
from register.schools.models import Board, Location

R = TypeVar("R", bound=Row)
Checked = Counter[str]
AT_ONCE = 200
OPEN = frozenset({"submitted", "incomplete", "in-review", "on-agenda", "decided"})
ASSESSED = frozenset({"registration", "reregistration", "postponement", "level-change", "qualification"})


async def findings(means: Means, session: AsyncSession, checked: Checked) -> AsyncIterator[Finding]:
    """Everything that can be derived anew, held against what is stored."""
    async for entries in _pages(session, Registration):
        checked["registrations"] += len(entries)
        for finding in [*await _entries(means, session, entries), *await histories(session, entries)]:
            yield finding
    async for decisions in _pages(session, Decision):
        checked["decisions"] += len(decisions)
        for finding in await _decisions(means, session, decisions):
            yield finding
    async for cases in _pages(session, Dispute):
        checked["disputes"] += len(cases)
        found = [*await disputes(means, session, cases), *await bodies(means, session, cases)]
        for finding in (*found, *await dossiers(session, cases), *await notices(session, cases)):
            yield finding
    for model in (ApplicationProof, PortfolioEntry):
        async for finding in _frozen(session, model):
            yield finding
    async for files in _pages(session, StoredFile):
        checked["files"] += len(files)
        for file in files:
            if flaw := await flaw_of_bytes(means, file.sha256):
                yield Finding(f"evidence-{flaw}", f"stored_file/{file.id}")
    async for letters in _pages(session, SentLetter):
        checked["letters"] += len(letters)
        for letter in letters:
            if flaw := await flaw_of_letter(means, letter):
                yield Finding(f"letter-{flaw}", f"sent_letter/{letter.id}")
    for check in (
        strays,
        on_doubles,
        word_index,
        seals,
        invoices,
        shared_days,
        shared_offer,
        shown_days,
        doubled_decisions,
        erasures,
    ):
        async for finding in check(session):
            yield finding


async def _pages(session: AsyncSession, model: type[R]) -> AsyncIterator[Sequence[R]]:
    """The rows of a table by id, so many at once; what was read before is forgotten."""
    last: UUID | None = None
    while True:
        wanted = select(model).order_by(col(model.id)).limit(AT_ONCE)
        rows = (await session.exec(wanted if last is None else wanted.where(col(model.id) > last))).all()
        if not rows:
            return
        last = rows[-1].id
        yield rows
        session.expunge_all()


async def _by(session: AsyncSession, model: type[SQLModel], column: Any, ids: Any, *order: Any) -> dict[Any, list[Any]]:
    """The rows whose column is one of these, by that column."""
    rows = await session.exec(select(model).where(column.in_(list(ids))).order_by(*order))
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column.key)].append(row)
    return found


async def _entries(means: Means, session: AsyncSession, entries: Sequence[Registration]) -> list[Finding]:
    ids = [entry.id for entry in entries]
    applications = await _by(session, Application, col(Application.registration_id), ids)
    asked = {application.id: application for each in applications.values() for application in each}
    decisions = await _by(session, Decision, col(Decision.subject_id), asked)
    tasks = await _by(session, AgendaEntry, col(AgendaEntry.case_id), asked)
    steps = await _steps(session, entries, decisions, asked)
    stood = await _by(session, CompletionRequest, col(CompletionRequest.application_id), asked)
    found = [
        finding
        for application in asked.values()
        for finding in _task(means, application, tasks[application.id], stood[application.id])
    ]
    begun = await first_lines(session, ids)
    for entry in entries:
        opened = any(each.kind == "registration" and each.state in OPEN for each in applications[entry.id])
        must = derive(steps[entry.id], opened, _begun(begun.get(entry.id)))
        for name, value in (("status", must.status), ("level", must.level), ("due_on", must.due_on)):
            if getattr(entry, name) != value:
                found.append(Finding(f"{name.replace('_', '-')}-differs", f"registration/{entry.id}"))
    found += await withheld(session, entries)
    return [*found, *await _public(means, session, entries), *await _books(session, entries)]


def _begun(lines: Sequence[dict[str, Any]] | None) -> Standing | None:
    if not lines:
        return None
    last = lines[-1]
    return Standing(last["status"], last["level"], last["due_on"] and date.fromisoformat(last["due_on"]))


async def _steps(
    session: AsyncSession,
    entries: Sequence[Registration],
    decisions: dict[UUID, list[Decision]],
    asked: dict[UUID, Application],
) -> dict[UUID, list[Step]]:
    """What happened to each entry, in the order in which its person's stream tells it."""
    known = {str(decision.id): decision for each in decisions.values() for decision in each}
    objects = [*known, *(str(entry.id) for entry in entries)]
    wanted = select(TrailEvent).where(col(TrailEvent.object_id).in_(objects)).order_by(col(TrailEvent.id))
    found: dict[UUID, list[Step]] = defaultdict(list)
    for event in await session.exec(wanted):
        if event.object_kind == "registration":
            found[UUID(event.object_id)].append(Step(event.action, facts=json.loads(event.facts)))
        elif event.action == "decision:notify" and event.object_id in known:
            row = known[event.object_id]
            entry_id = asked[row.subject_id].registration_id
            found[entry_id].append(Step(row.kind, row.outcome.value, row.level, row.due_on))
    return found


def _task(
    means: Means, application: Application, tasks: Sequence[AgendaEntry], requests: Sequence[CompletionRequest]
) -> list[Finding]:
    """Who must decide by when: as long as an application waits for its decision to be made known, and no longer.

    The term stood still from each request to complete until what was asked came in, or its day had passed.
    """
    where = f"application/{application.id}"
    if application.received_on is None:
        return [Finding("agenda-differs", where)] if tasks else []
    register = application.register_code.value
    term = means.rules.chosen(register, application.received_on).terms["application-decision"]
    stood = [Suspension(each.asked_on, each.ended_on or next_day(each.until_on)) for each in requests]
    due = application_due(application.received_on, term.length, stood, means.calendar, moves=term.rolled)
    found = [] if application.decision_due_on == due.last_day else [Finding("decision-due-differs", where)]
    decide = next((task for task in tasks if task.task == "decide"), None)
    waits = application.state in OPEN
    if decide is None or decide.due_on != due.last_day or (decide.done_at is None) != waits:
        found.append(Finding("agenda-differs", where))
    return found


async def _public(means: Means, session: AsyncSession, entries: Sequence[Registration]) -> list[Finding]:
    """Each public entry as it follows from entry, person and post; a post that ended yesterday waits for the sweep."""
    today = legal_day(means.clock.now())
    persons = {entry.person_id for entry in entries}
    people = await _by(session, Person, col(Person.id), persons)
    latest = (col(Appointment.appointed_on).desc(), col(Appointment.id).desc())
    posts = await _by(session, Appointment, col(Appointment.person_id), persons, *latest)
    held = [post for each in posts.values() for post in each]
    boards = await _by(session, Board, col(Board.number), {post.board_number for post in held})
    places = await _by(session, Location, col(Location.code), {post.location_code for post in held})
    shown = await _by(session, PublicEntry, col(PublicEntry.person_id), persons)
    been = await registrations.been(session, [entry.id for entry in entries], PUBLIC)
    found = []
    for entry in entries:
        stands = [row.model_dump() for row in shown[entry.person_id] if row.register_code is entry.register_code]
        may = []
        for day in (today, previous_day(today)):
            names = _names(shown_post(posts[entry.person_id], day), boards, places)
            must = public_values(entry, people[entry.person_id][0], *names, been=entry.id in been)
            may.append([must] if must else [])
        if stands not in may:
            found.append(Finding("public-entry-differs", f"registration/{entry.id}"))
    return found


def _names(
    post: Appointment | None, boards: Mapping[Any, list[Board]], places: Mapping[Any, list[Location]]
) -> tuple[str, str, str]:
    """Board, school and town of a post, as DUO names them."""
    if post is None or not post.location_code:
        return "", "", ""
    at = next(iter(boards[post.board_number]), None) or Board(number=post.board_number)
    place = next(iter(places[post.location_code]), None)
    school, town = (place.name, place.town or place.municipality or "") if place else ("", "")
    return at.name or at.number, school, town


async def _books(session: AsyncSession, entries: Sequence[Registration]) -> list[Finding]:
    """The sums of the ledger against the accepted entries, and the running period against the entry in the register."""
    ids = [entry.id for entry in entries]
    periods = await _by(session, PortfolioPeriod, col(PortfolioPeriod.registration_id), ids)
    activities = await _by(session, PortfolioEntry, col(PortfolioEntry.registration_id), ids)
    lines = await _by(session, LedgerLine, col(LedgerLine.registration_id), ids)
    found = []
    for entry in entries:
        spans = [(str(each.id), each.began_on, each.counts_until) for each in periods[entry.id]]
        running = [each for each in periods[entry.id] if each.counts_until is None]
        if len(running) > 1 or (entry.due_on and any(each.due_on != entry.due_on for each in running)):
            found.append(Finding("period-differs", f"registration/{entry.id}"))
        sums: dict[tuple[UUID, str], list[int]] = defaultdict(lambda: [0, 0])
        for line in lines[entry.id]:
            total = sums[line.entry_id, str(line.period_id)]
            total[0], total[1] = total[0] + line.points, total[1] + line.hundredths
        stands = {key: tuple(total) for key, total in sums.items() if any(total)}
        must = {}
        for each in activities[entry.id]:
            worth = (each.points or 0, each.hundredths or 0) if each.state in {"accepted", "consumed"} else (0, 0)
            period = counts_in(each.done_on, spans)
            if period and any(worth):
                must[each.id, period] = worth
        wrong = {entry_id for entry_id, _ in dict(stands.items() ^ must.items())}
        found += [Finding("ledger-differs", f"portfolio_entry/{id}") for id in sorted(wrong)]
    return found


async def _decisions(means: Means, session: AsyncSession, decisions: Sequence[Decision]) -> list[Finding]:
    subjects = await _by(session, Application, col(Application.id), {each.subject_id for each in decisions})
    found = []
    for decision in decisions:
        application = next(iter(subjects[decision.subject_id]), None)
        found += [Finding(code, f"decision/{decision.id}") for code in _flaws(means, decision, application)]
    return found


def _flaws(means: Means, decision: Decision, application: Application | None) -> list[str]:
    """What a decision, taken again on the facts that it keeps, would not say."""
    flaws = []
    if decision.notified_on is not None:
        last_day = objection_last_day(decision.notified_on, means.calendar).last_day
        if decision.last_day_to_object != last_day:
            flaws.append("last-day-differs")
    if decision.kind not in ASSESSED:
        return flaws
    facts = json.loads(json.dumps(decision.facts), parse_float=Decimal)
    named = decision.rule_set if decision.result.get("rule_set") else None
    again = json.loads(json.dumps(assess({**facts, "rule_set": named}, means.rules)))
    if canonical(again) != canonical(decision.result):
        flaws.append("replay-differs")
    if decision.outcome.value in GRANTED:
        free = application is not None and application.route == "free-form"
        given = (decision.outcome.value, decision.level, decision.due_on and decision.due_on.isoformat())
        follows = (again.get("outcome"), again.get("level"), again.get("due_on"))
        if given != follows and not (free and again.get("outcome") == "refused"):
            flaws.append("decision-differs-from-rules")
    return flaws


async def _frozen(
    session: AsyncSession, model: type[ApplicationProof] | type[PortfolioEntry]
) -> AsyncIterator[Finding]:
    """Evidence that was handed in names the file that stood behind it then."""
    wanted = (
        select(model.id)
        .join(StoredFile, col(StoredFile.id) == model.file_id, isouter=True)
        .where(col(model.frozen_sha256).is_not(None))
        .where(sa.func.coalesce(StoredFile.sha256, "") != model.frozen_sha256)
    )
    for id in await session.exec(wanted.order_by(col(model.id))):
        yield Finding("evidence-replaced", f"{model.__tablename__}/{id}")
