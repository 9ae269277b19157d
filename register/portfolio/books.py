"""Keeps the books of a portfolio: periods that open and close, and the ledger that follows."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from core.decisions import Decision
from core.errors import NotFound
from core.law.days import previous_day
from core.store.work import Work
from register.entries.models import Registration
from register.portfolio import queries
from register.portfolio.ledger import Booking, Cause, close, consumed_by
from register.portfolio.ledger import settle as lacking
from register.portfolio.models import LedgerLine, PortfolioEntry, PortfolioPeriod, hundredths
from register.portfolio.policy import ENTRY, EntryEvent, EntryState


async def open_period(work: Work, registration: Registration, began_on: date, due_on: date) -> PortfolioPeriod:
    """The first period, or a new one after a lapse: what still ran stops counting the day before."""
    await stop_period(work, registration, previous_day(began_on))
    period = await _begin(work, registration, began_on, due_on)
    await settle(work, registration.id)
    return period


async def stop_period(work: Work, registration: Registration, on: date | None = None) -> None:
    """What runs stops counting after a day, today unless told: nothing is renewed."""
    for row in await queries.periods_of(work, registration.id):
        if row.counts_until is None:
            row.counts_until = on or work.today
            work.log("period:stop", row, counts_until=row.counts_until)


async def close_period(
    work: Work, registration: Registration, decision: Decision, next_due_on: date
) -> PortfolioPeriod:
    """A granted renewal closes the running period, uses up what counted for it and opens the next, which it returns.

    The next one begins at the old due date. A decision that replaces an earlier grant (Awb 7:11) closes nothing anew:
    it moves the end of the period that the earlier one opened.
    """
    rows = await queries.periods_of(work, registration.id)
    moved = _opened_by(rows, decision.replaces)
    if moved is not None:
        closed, following = moved
        closed.closed_by, following.due_on = decision.id, next_due_on
        work.log("period:close", closed, decision=str(decision.id), counts_until=closed.counts_until)
        work.log("period:move", following, due_on=next_due_on)
        return following
    running = next((row for row in reversed(rows) if row.counts_until is None), None)
    if running is None:
        running = await _as_registered(work, registration)
    running.counts_until = close(running.period(), decision.decided_on).counts_until
    running.closed_by = decision.id
    work.log("period:close", running, decision=str(decision.id), counts_until=running.counts_until)
    following = await _begin(work, registration, running.due_on, next_due_on)
    entries = await settle(work, registration.id, decision.id)
    await _consume(work, entries, running, decision)
    return following


async def runs_from(work: Work, registration_id: UUID, began_on: date) -> bool:
    """Whether the running period began on that day."""
    rows = await queries.periods_of(work, registration_id)
    return any(row.counts_until is None and row.began_on == began_on for row in rows)


async def postpone_period(work: Work, registration: Registration, due_on: date) -> PortfolioPeriod:
    """Postponement (uitstel) moves the due date of the running period; NotFound("no-running-period")."""
    rows = await queries.periods_of(work, registration.id)
    running = next((row for row in reversed(rows) if row.counts_until is None), None)
    if running is None:
        running = await _as_registered(work, registration)
    running.due_on = due_on
    work.log("period:postpone", running, due_on=due_on)
    return running


async def settle(
    work: Work, registration_id: UUID, decision_id: UUID | None = None, *, only: PortfolioEntry | None = None
) -> Sequence[PortfolioEntry]:
    """Write the lines that the ledger lacks, for one entry or for all of a portfolio."""
    entries = [only] if only else await queries.entries_of(work, registration_id)
    periods = [row.period() for row in await queries.periods_of(work, registration_id)]
    lines = [row.booking() for row in await queries.lines_of(work, registration_id)]
    rows = {entry.id: entry for entry in entries}
    for booking in lacking([entry.credit() for entry in entries], periods, lines):
        _write(work, rows[booking.entry_id], booking, decision_id)
    await work.flush()
    return entries


def _write(work: Work, entry: PortfolioEntry, booking: Booking, decision_id: UUID | None) -> None:
    line = LedgerLine(
        person_id=entry.person_id,
        registration_id=entry.registration_id,
        entry_id=booking.entry_id,
        period_id=booking.period_id,
        points=booking.amount.points,
        hundredths=hundredths(booking.amount.hours) or 0,
        cause=booking.cause,
        decision_id=decision_id or entry.decision_id,
        booked_at=work.now,
    )
    work.add(line)
    action = "ledger:book" if booking.cause is Cause.BOOKED else "ledger:reverse"
    facts = {"entry": str(line.entry_id), "period": str(line.period_id)}
    work.log(action, line, **facts, points=line.points, hundredths=line.hundredths)


async def _begin(work: Work, registration: Registration, began_on: date, due_on: date) -> PortfolioPeriod:
    period = PortfolioPeriod(
        person_id=registration.person_id,
        registration_id=registration.id,
        register_code=registration.register_code,
        began_on=began_on,
        due_on=due_on,
    )
    work.add(period)
    await work.flush()
    work.log("period:open", period, began_on=began_on, due_on=due_on)
    return period


async def _as_registered(work: Work, registration: Registration) -> PortfolioPeriod:
    """The running period of an entry that came from elsewhere, with its dates and without a portfolio."""
    if registration.period_began_on is None or registration.due_on is None:
        raise NotFound("no-running-period")
    return await _begin(work, registration, registration.period_began_on, registration.due_on)


def _opened_by(
    rows: Sequence[PortfolioPeriod], decision_id: UUID | None
) -> tuple[PortfolioPeriod, PortfolioPeriod] | None:
    """The period that a decision closed, and the one that it opened."""
    closed = next((row for row in rows if decision_id and row.closed_by == decision_id), None)
    following = next((row for row in rows if closed and row.began_on == closed.due_on), None)
    return (closed, following) if closed and following else None


async def _consume(work: Work, entries: Sequence[PortfolioEntry], closed: PortfolioPeriod, decision: Decision) -> None:
    periods = [row.period() for row in await queries.periods_of(work, closed.registration_id)]
    accepted = {entry.id: entry for entry in entries if entry.state is EntryState.ACCEPTED}
    credits = [entry.credit() for entry in accepted.values()]
    for id in consumed_by(credits, closed.period(), periods, decision.decided_on):
        entry = accepted[id]
        entry.state = ENTRY.after(entry.state, EntryEvent.CONSUME)
        work.log("entry:consume", entry, period=str(closed.id), decision=str(decision.id))
    await work.flush()
