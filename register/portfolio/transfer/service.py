"""Taking a portfolio out, and bringing one in: a report per entry, twice is once, and nothing ever counts twice."""

import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from pydantic import ValidationError

from core.errors import Invalid, Problem
from core.store import bounded, opening
from core.store.files import Evidence, check, clean_name
from core.store.work import Work
from core.web.problems import pydantic_errors
from core.web.uploads import keep_file
from register.entries.policy import Register
from register.portfolio import queries as portfolios
from register.portfolio.models import PortfolioEntry, hundredths
from register.portfolio.policy import ENTRY, EntryEvent, require_fitting
from register.portfolio.queries import Portfolio
from register.portfolio.service import MOST_ENTRIES
from register.portfolio.transfer.document import document, written
from register.portfolio.transfer.plans import bring_goals
from register.portfolio.transfer.policy import DOCUMENT, SUMMARY, Becomes, becomes, require_ours, require_same_register
from register.portfolio.transfer.schemas import Document, EntryRead, FileRead, ImportReport, RowReport
from register.portfolio.transfer.zips import packed, unpacked

MOST_ROWS = 1000


async def take_out(work: Work, register: Register) -> Document:
    """Everything of one's own portfolio. NotFound("no-such-registration")."""
    found = await portfolios.own_portfolio(work, register)
    work.looked("portfolio:export", stream=f"person/{found.registration.person_id}", register=register.value)
    return await document(work, found)


def package(work: Work, taken: Document, summary: str, *, with_files: bool = True) -> AsyncIterator[bytes]:
    """The ZIP around it, in pieces; it reads no rows any more."""
    files = [entry.file for entry in taken.entries if entry.file] if with_files else []
    paths = dict.fromkeys((file.path, file.sha256) for file in files)
    return packed(paths, {DOCUMENT: written(taken), SUMMARY: summary.encode()}, work.files)


async def bring_in(work: Work, register: Register, content: bytes, *, dry_run: bool) -> ImportReport:
    """Read a package into one's own portfolio, entry by entry: what is wrong with one keeps no other out.

    NotFound("no-such-registration"); as zips.unpacked; Invalid: `not-a-portfolio`, `unknown-format-version`,
    `other-register`, `too-many-entries`.
    """
    members, broken = await work.outside(_opened(content))
    rows, plan = _rows(members[DOCUMENT], register)
    found = await portfolios.own_portfolio(work, register)
    arrival = _Arrival(work, found, members, broken, dry_run=dry_run)
    goals = await bring_goals(work, found.registration, plan, dry_run=dry_run)
    arrival.goals = goals.known
    reports = [await arrival.row(at, row) for at, row in enumerate(rows, start=1)]
    await work.flush()
    counted = Counter(report.becomes for report in reports)
    if not dry_run:
        stream = f"person/{found.registration.person_id}"
        facts = {**dict(sorted(counted.items())), "goals": goals.new}
        work.log("portfolio:import", None, stream=stream, register=register.value, **facts)
    return ImportReport(
        dry_run=dry_run,
        register_code=register.value,
        drafts=counted[Becomes.DRAFT],
        history=counted[Becomes.HISTORY],
        already_there=counted[Becomes.ALREADY_THERE],
        left_out=counted[Becomes.LEFT_OUT],
        refused=counted[Becomes.REFUSED],
        goals=goals.new,
        goals_refused=goals.refused,
        rows=reports,
    )


async def _opened(content: bytes) -> tuple[Mapping[str, bytes], Mapping[str, Problem]]:
    """The members of a package, and what is wrong with those that nobody could open."""
    members, broken = await unpacked(content), {}
    for path, inside in members.items():
        if path not in {DOCUMENT, SUMMARY} and opening.kind_of(inside):
            try:
                await bounded.run(opening.opened, inside)
            except Problem as problem:
                broken[path] = problem
    return members, broken


def _rows(text: bytes, register: Register) -> tuple[list[Any], list[Any]]:
    """The entries, and the plan."""
    try:
        read = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Invalid("not-a-portfolio") from error
    if not isinstance(read, dict):
        raise Invalid("not-a-portfolio")
    require_ours(read.get("format"), read.get("version"))
    require_same_register(str(read.get("register")), register.value)
    rows, plan = read.get("entries"), read.get("plan", [])
    if not isinstance(rows, list) or not isinstance(plan, list):
        raise Invalid("not-a-portfolio")
    if len(rows) > MOST_ROWS or len(plan) > MOST_ROWS:
        raise Invalid("too-many-entries", most=MOST_ROWS)
    return rows, plan


class _Arrival:
    """One import on its way in: what stands already, and what has come so far."""

    def __init__(
        self,
        work: Work,
        found: Portfolio,
        members: Mapping[str, bytes],
        broken: Mapping[str, Problem],
        *,
        dry_run: bool,
    ) -> None:
        self.broken = broken
        self.work, self.registration, self.members, self.dry_run = work, found.registration, members, dry_run
        self.count = len(found.entries)
        self.known: set[UUID] = {id for row in found.entries.values() for id in (row.id, row.origin_id) if id}
        self.goals: Mapping[UUID, UUID] = {}
        self.first_day = min((period.began_on for period in found.periods), default=None)
        self.rules = work.rules.chosen(self.registration.register_code.value, work.today)

    async def row(self, at: int, row: Any) -> RowReport:
        """One entry; whatever is wrong with it becomes its code."""
        title = str(row.get("title", ""))[:160] if isinstance(row, dict) else ""
        try:
            read = EntryRead.model_validate(row)
        except ValidationError as error:
            _, code = pydantic_errors(error)[0]
            said = "field-missing" if code == "missing" else code
            return RowReport(at, None, title, Becomes.REFUSED.value, said, evidence=False)
        try:
            what, evidence = await self._arrive(read)
        except Problem as problem:
            errors = getattr(problem, "errors", ())
            code = errors[0][1] if errors else problem.code
            return RowReport(at, str(read.id), read.title, Becomes.REFUSED.value, code, False)
        return RowReport(at, str(read.id), read.title, what.value, None, evidence)

    async def _arrive(self, read: EntryRead) -> tuple[Becomes, bool]:
        names = {id for id in (read.id, read.origin_id) if id}
        what = becomes(read.state.value, read.done_on, self.first_day, names, self.known)
        if what in {Becomes.ALREADY_THERE, Becomes.LEFT_OUT}:
            return what, False
        if self.count >= MOST_ENTRIES:
            raise Invalid("too-many-entries", most=MOST_ENTRIES)
        entry = self._entry(read)
        if what is Becomes.DRAFT:
            require_fitting(entry.claim(), self.rules)
        else:
            entry.state = ENTRY.after(entry.state, EntryEvent.SETTLED_ELSEWHERE)
        evidence = self._evidence(read.file)
        if not self.dry_run:
            await self._keep(entry, evidence)
        self.known |= names
        self.count += 1
        return what, evidence is not None

    def _entry(self, read: EntryRead) -> PortfolioEntry:
        given = {"points": read.given_points, "hours": None if read.given_hours is None else str(read.given_hours)}
        return PortfolioEntry(
            person_id=self.registration.person_id,
            registration_id=self.registration.id,
            register_code=self.registration.register_code,
            kind=read.kind,
            title=read.title,
            description=read.description,
            done_on=read.done_on,
            claimed_points=read.points,
            claimed_hundredths=hundredths(read.hours),
            contact_hundredths=hundredths(read.contact_hours),
            category=read.category,
            themes=list(dict.fromkeys(read.themes)),
            valuation=read.valuation,
            provider=read.provider,
            offer_code=read.offer_code,
            origin_id=read.origin_id or read.id,
            goal_id=self.goals.get(read.goal_id) if read.goal_id else None,
            history={"state": read.state.value, **given, "decision": read.decision},
            added_at=self.work.now,
        )

    def _evidence(self, file: FileRead | None) -> Evidence | None:
        """The file behind an entry, where the package has it; Invalid("evidence-differs") for another."""
        content = self.members.get(file.path) if file else None
        if file is None or content is None:
            return None
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise Invalid("evidence-differs")
        if problem := self.broken.get(file.path):
            raise problem
        return Evidence(clean_name(file.name), content, check(file.name, content))

    async def _keep(self, entry: PortfolioEntry, evidence: Evidence | None) -> None:
        if evidence is not None:
            entry.file_id = (await keep_file(self.work, entry.person_id, evidence)).id
        self.work.add(entry)
        await self.work.flush()
        self.work.log("entry:import", entry, origin=str(entry.origin_id), state=entry.state.value)
