"""Reads of portfolios: the owner's own, and for an assessor what waits; for anybody else it does not exist."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, or_, select

from auth.actor import Actor, person_of
from auth.permissions import Permission
from core.decisions import Decision, undecided
from core.errors import Forbidden, NotFound
from core.law.days import add_years
from core.law.rulesets import RuleSet
from core.store.files import StoredFile
from core.store.work import Work
from register.entries import queries as registrations
from register.entries.models import Registration
from register.entries.policy import Register
from register.portfolio.courses import course_rows, is_course
from register.portfolio.ledger import Period, period_of, why_not
from register.portfolio.models import LedgerLine, PortfolioEntry, PortfolioPeriod
from register.portfolio.policy import COUNTING, IN_A_TALK, STANDING, EntryState


@dataclass(frozen=True)
class Portfolio:
    """Everything in one portfolio, credits of courses among it, read in seven queries whatever its size."""

    registration: Registration
    periods: Sequence[PortfolioPeriod]
    entries: Mapping[UUID, PortfolioEntry]
    lines: Sequence[LedgerLine]
    waits: Mapping[UUID, str] = field(default_factory=dict)
    """For what the attendance behind an entry waits."""
    renewed_on: Mapping[UUID, date] = field(default_factory=dict)
    """By period, the day of the decision that renewed it and used up what counted."""

    def why_not(self, entry: PortfolioEntry, periods: Sequence[Period]) -> str | None:
        """Why an entry does not count now: for what its attendance waits, the state that it is in, or its day."""
        if entry.state in COUNTING:
            return why_not(entry.done_on, periods)
        return self.waits.get(entry.id, entry.state.value)

    def used_on(self, entry: PortfolioEntry, periods: Sequence[Period]) -> date | None:
        """The day of the renewal that an entry counted for; None where it did for none yet."""
        period = period_of(entry.done_on, periods)
        renewed_on = self.renewed_on.get(period.id) if period else None
        if renewed_on is None or entry.state is EntryState.CONSUMED:
            return renewed_on
        # A credit of a course is no row that a renewal could mark: what was done by its day went along.
        attended = is_course(entry) and entry.state in COUNTING
        return renewed_on if attended and entry.done_on <= renewed_on else None

    @property
    def running(self) -> PortfolioPeriod | None:
        """The period that counts now, if there is one."""
        return next((one for one in reversed(self.periods) if one.counts_until is None), None)


def to_value() -> sa.ColumnElement[bool]:
    """What waits for an assessor: under valuation, and not decided yet. The letter may still wait for the post."""
    return sa.and_(col(PortfolioEntry.state) == EntryState.UNDER_VALUATION, undecided(col(PortfolioEntry.id)))


async def own_portfolio(work: Work, register: Register) -> Portfolio:
    """The portfolio of who asks; NotFound("no-such-registration")."""
    return await portfolio_of(work, await registrations.own_registration(work, register))


async def portfolio_of(work: Work, registration: Registration) -> Portfolio:
    """A portfolio, for the house itself."""
    periods = await periods_of(work, registration.id)
    attended, credited, waits = await course_rows(work, registration, [row.period() for row in periods])
    entries = [*await entries_of(work, registration.id), *attended]
    lines = [*await lines_of(work, registration.id), *credited]
    named = {entry.id: entry for entry in entries}
    return Portfolio(registration, periods, named, lines, waits, await renewals_of(work, periods))


async def periods_of(work: Work, registration_id: UUID) -> Sequence[PortfolioPeriod]:
    """The periods of an entry in the register, the first one first."""
    wanted = select(PortfolioPeriod).where(PortfolioPeriod.registration_id == registration_id)
    return (await work.session.exec(wanted.order_by(col(PortfolioPeriod.began_on), col(PortfolioPeriod.id)))).all()


async def renewals_of(work: Work, periods: Sequence[PortfolioPeriod]) -> Mapping[UUID, date]:
    """By period, the day of the decision that renewed it."""
    closed = {row.closed_by: row.id for row in periods if row.closed_by}
    if not closed:
        return {}
    found = await work.session.exec(select(Decision).where(col(Decision.id).in_(list(closed))))
    return {closed[decision.id]: decision.decided_on for decision in found}


async def out_of_time(work: Work, entry: PortfolioEntry) -> str | None:
    """Why the day of an entry keeps it out of the running period, as the list of the portfolio says it; else None."""
    return why_not(entry.done_on, [row.period() for row in await periods_of(work, entry.registration_id)])


async def used_on(work: Work, entry: PortfolioEntry) -> date | None:
    """The day of the renewal that an entry counted for; None where it did for none yet."""
    if entry.state is not EntryState.CONSUMED:
        return None
    rows = await periods_of(work, entry.registration_id)
    period = period_of(entry.done_on, [row.period() for row in rows])
    return (await renewals_of(work, rows)).get(period.id) if period else None


async def running_among(work: Work, registration_ids: Collection[UUID]) -> set[UUID]:
    """Which of these entries have a period that runs."""
    open_ones = col(PortfolioPeriod.counts_until).is_(None)
    wanted = select(PortfolioPeriod.registration_id).where(
        col(PortfolioPeriod.registration_id).in_(list(registration_ids)), open_ones
    )
    return set(await work.session.exec(wanted))


async def period_renewed_by(work: Work, application_id: UUID) -> PortfolioPeriod | None:
    """The period that a decision on this request closed, if one did."""
    decided = select(Decision.id).where(Decision.subject_id == application_id)
    wanted = select(PortfolioPeriod).where(col(PortfolioPeriod.closed_by).in_(decided))
    return (await work.session.exec(wanted)).one_or_none()


async def entries_of(work: Work, registration_id: UUID) -> Sequence[PortfolioEntry]:
    """Every entry of one portfolio, by the day of the activity."""
    wanted = select(PortfolioEntry).where(PortfolioEntry.registration_id == registration_id)
    return (await work.session.exec(wanted.order_by(col(PortfolioEntry.done_on), col(PortfolioEntry.id)))).all()


async def lines_of(work: Work, registration_id: UUID) -> Sequence[LedgerLine]:
    """The ledger of one portfolio, as it was written."""
    wanted = select(LedgerLine).where(LedgerLine.registration_id == registration_id)
    return (await work.session.exec(wanted.order_by(col(LedgerLine.id)))).all()


async def how_many(work: Work, registration_id: UUID) -> int:
    """How many entries a portfolio has."""
    wanted = select(sa.func.count()).select_from(PortfolioEntry)
    return (await work.session.exec(wanted.where(PortfolioEntry.registration_id == registration_id))).one()


async def entry(work: Work, id: UUID) -> PortfolioEntry:
    """An entry that the actor may see; NotFound("no-such-entry").

    The owner sees their own; an assessor what is under valuation. A colleague's is no business of an assessor:
    Forbidden("conflict-of-interest").
    """
    actor = work.actor
    wanted = select(PortfolioEntry).where(PortfolioEntry.id == id)
    if isinstance(actor, Actor):
        ways = [col(PortfolioEntry.person_id) == actor.person_id]
        if actor.can(Permission.ENTRY_READ):
            ways.append(to_value())
        wanted = wanted.where(or_(*ways))
    elif not actor.can(Permission.ENTRY_READ):
        raise NotFound("no-such-entry")
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-entry")
    await _require_apart(work, found)
    return found


async def own_entry(work: Work, id: UUID) -> PortfolioEntry:
    """An entry of who asks; NotFound("no-such-entry") for anybody else's."""
    wanted = select(PortfolioEntry).where(PortfolioEntry.id == id, PortfolioEntry.person_id == person_of(work.actor))
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("no-such-entry")
    return found


async def handed_in(work: Work, id: UUID) -> PortfolioEntry:
    """An entry that was handed in, for who values; Forbidden: `own-case`, `conflict-of-interest`."""
    found = await work.session.get(PortfolioEntry, id)
    actor = work.actor
    if isinstance(actor, Actor) and found is not None and found.person_id == actor.person_id:
        raise Forbidden("own-case")
    if found is None or found.submitted_at is None:
        raise NotFound("no-such-entry")
    await _require_apart(work, found)
    return found


async def _require_apart(work: Work, entry: PortfolioEntry) -> None:
    """Nobody looks at the portfolio of somebody of the same board, now or in the last years (Choices)."""
    actor = work.actor
    if not isinstance(actor, Actor) or actor.person_id == entry.person_id:
        return
    years = work.rules.chosen(entry.register_code.value, work.today).committee.conflict_years
    since = add_years(work.today, -years)
    if await registrations.shares_board(work.session, actor.person_id, entry.person_id, since):
        raise Forbidden("conflict-of-interest", grounds=["same-board"])


async def own_entries(
    work: Work, register: Register | None, state: EntryState | None, after: UUID | None, most: int
) -> Sequence[PortfolioEntry]:
    """The entries of who asks, in the order in which they were added."""
    wanted = select(PortfolioEntry).where(PortfolioEntry.person_id == person_of(work.actor))
    if register is not None:
        wanted = wanted.where(PortfolioEntry.register_code == register)
    if state is not None:
        wanted = wanted.where(PortfolioEntry.state == state)
    if after is not None:
        wanted = wanted.where(col(PortfolioEntry.id) > after)
    return (await work.session.exec(wanted.order_by(col(PortfolioEntry.id)).limit(most))).all()


async def queue(work: Work, after: tuple[datetime, UUID] | None, most: int) -> Sequence[PortfolioEntry]:
    """What waits to be valued on paper, longest first; never one's own. For a talk its owner asks first."""
    submitted, id = col(PortfolioEntry.submitted_at), col(PortfolioEntry.id)
    wanted = select(PortfolioEntry).where(to_value(), col(PortfolioEntry.valuation).not_in(list(IN_A_TALK)))
    if isinstance(work.actor, Actor):
        wanted = wanted.where(PortfolioEntry.person_id != work.actor.person_id)
    if after is not None:
        at, last = after
        wanted = wanted.where(or_(submitted > at, sa.and_(submitted == at, id > last)))
    return (await work.session.exec(wanted.order_by(submitted, id).limit(most))).all()


async def files_of(work: Work, entries: Sequence[PortfolioEntry]) -> dict[UUID, StoredFile]:
    """The evidence behind a page of entries, by file id."""
    ids = [entry.file_id for entry in entries if entry.file_id]
    found = await work.session.exec(select(StoredFile).where(col(StoredFile.id).in_(ids)))
    return {file.id: file for file in found}


async def standing_on(work: Work, entry: PortfolioEntry) -> Sequence[PortfolioEntry]:
    """What else of the same entry in the register was done that day and was handed in, the first first."""
    same_day = (
        select(PortfolioEntry)
        .where(
            PortfolioEntry.registration_id == entry.registration_id,
            PortfolioEntry.done_on == entry.done_on,
            PortfolioEntry.id != entry.id,
            col(PortfolioEntry.state).in_(STANDING),
        )
        .order_by(col(PortfolioEntry.submitted_at), col(PortfolioEntry.id))
    )
    return (await work.session.exec(same_day)).all()


async def seen_before(work: Work, entry: PortfolioEntry) -> int:
    """In how many other entries, of anybody, the same file was handed in: what an assessor should know."""
    if entry.frozen_sha256 is None:
        return 0
    same = (
        select(sa.func.count())
        .select_from(PortfolioEntry)
        .where(
            PortfolioEntry.frozen_sha256 == entry.frozen_sha256,
            PortfolioEntry.id != entry.id,
            PortfolioEntry.state != EntryState.WITHDRAWN,
        )
    )
    return (await work.session.exec(same)).one()


def rules_on(work: Work, register: Register, day: date, periods: Sequence[Period]) -> RuleSet:
    """The norms for an activity of a day: those of its period, else those of today."""
    return _rules(work, register, period_of(day, periods))


def rules_of(work: Work, portfolio: Portfolio) -> RuleSet:
    """The norms that the running period is renewed under, as of today."""
    running = portfolio.running
    return _rules(work, portfolio.registration.register_code, running.period() if running else None)


def _rules(work: Work, register: Register, period: Period | None) -> RuleSet:
    if period is None:
        return work.rules.chosen(register.value, work.today)
    return work.rules.chosen(register.value, work.today, period.began_on, period.due_on)
