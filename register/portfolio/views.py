"""Portfolios as the outside sees them."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from core.decisions import Decision
from core.law.rulesets import RuleSet
from core.records import filled
from core.store.files import StoredFile
from register.portfolio.ledger import Amount, Period, balances, counts_from, period_of, total
from register.portfolio.models import LedgerLine, PortfolioEntry, hours_of
from register.portfolio.policy import COUNTING, ENTRY, measure_of, norms_of
from register.portfolio.queries import Portfolio
from register.portfolio.schemas import (
    ActivityView,
    EntryView,
    FileView,
    LineView,
    NormView,
    PeriodView,
    PortfolioView,
    QueueItem,
    ValuationView,
)
from register.rules.assessment.facts import Category


def _number(kept: int | None) -> float | None:
    return None if kept is None else kept / 100


def entry_view(row: PortfolioEntry, file: StoredFile | None, seen_before: int | None = None) -> EntryView:
    """One entry, for its owner or an assessor."""
    return filled(
        EntryView,
        row,
        claimed_hours=_number(row.claimed_hundredths),
        contact_hours=_number(row.contact_hundredths),
        category=row.category.value if row.category else None,
        hours=_number(row.hundredths),
        file=FileView(file.name, file.media_type, file.size) if file else None,
        sha256=row.frozen_sha256,
        open_moves=ENTRY.open(row.state),
        endorsed=row.endorsed_sha256 is not None,
        seen_before=seen_before,
    )


def queue_item(row: PortfolioEntry) -> QueueItem:
    """An entry that waits for an assessor."""
    return QueueItem(
        row.id,
        row.register_code.value,
        row.kind.value,
        row.valuation.value,
        row.claimed_points,
        row.done_on,
        row.submitted_at,
    )


def valuation_view(row: PortfolioEntry, decision: Decision) -> ValuationView:
    """A valuation as its letter tells it."""
    return filled(
        ValuationView,
        decision,
        entry_id=row.id,
        points=row.points,
        hours=_number(row.hundredths),
        grounds=decision.ground_codes(),
        entry_state=row.state.value,
    )


def portfolio_view(found: Portfolio, rules: RuleSet) -> PortfolioView:
    """A portfolio with its sums."""
    periods = [row.period() for row in found.periods]
    running = found.running.id if found.running else None
    return PortfolioView(
        registration_id=found.registration.id,
        register_code=found.registration.register_code.value,
        measure=measure_of(rules).value,
        rule_set=rules.name,
        periods=_periods(found, periods, running),
        activities=_activities(found, periods),
        ledger=[_line(row) for row in found.lines],
        norms=_norms(found, periods, running, rules),
    )


def _periods(found: Portfolio, periods: list[Period], running: UUID | None) -> list[PeriodView]:
    lines = [row.booking() for row in found.lines]
    views = []
    for row, period in zip(found.periods, periods, strict=True):
        sums = total(lines, row.id)
        views.append(
            filled(
                PeriodView,
                row,
                counts_from=counts_from(period, periods),
                running=row.id == running,
                points=sums.points,
                hours=float(sums.hours),
            )
        )
    return views


def _activities(found: Portfolio, periods: list[Period]) -> list[ActivityView]:
    """Every entry, with what counts and why not: the state that it is in, or the day that it was done."""
    booked = balances(row.booking() for row in found.lines)
    views = []
    for row in found.entries.values():
        stands = booked.get(row.id, {})
        amount = sum(stands.values(), Amount())
        why = found.why_not(row, periods)
        period = next(iter(stands), None)
        if period is None and (inside := period_of(row.done_on, periods)):
            period = inside.id
        views.append(
            ActivityView(
                entry_id=row.id,
                title=row.title,
                kind=row.kind.value,
                done_on=row.done_on,
                state=row.state.value,
                period_id=period,
                counts=why is None,
                points=amount.points,
                hours=float(amount.hours),
                why=why,
                used_on=found.used_on(row, periods),
            )
        )
    return views


def _line(row: LedgerLine) -> LineView:
    return LineView(
        row.id,
        row.entry_id,
        row.period_id,
        row.cause.value,
        row.points,
        row.hundredths / 100,
        row.decision_id,
        row.booked_at,
    )


def _norms(found: Portfolio, periods: list[Period], running: UUID | None, rules: RuleSet) -> list[NormView]:
    points, themes = 0, set()
    hours: dict[Category | None, Decimal] = defaultdict(Decimal)
    for row in found.entries.values():
        period = period_of(row.done_on, periods)
        if row.state in COUNTING and period and period.id == running:
            points += row.points or 0
            themes |= set(row.themes)
            hours[row.category] += hours_of(row.hundredths) or 0
    return [
        NormView(each.name, float(each.have), float(each.need), float(each.short), each.sectors, float(each.towards))
        for each in norms_of(rules, points, len(themes), hours)
    ]
