"""The terms of the General Administrative Law Act (Awb): when something must be filed or decided at the latest.

Pure, and with `core.law.days`, `core.law.term_run` and `core.law.penalty`, whose names it passes on, the only place
that adds days to a date. Every answer is a `Due`: the last day, a step for each thing that
moved it, the years it was not sure of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.errors import Refused
from core.law.articles import to_decide, worded
from core.law.days import (
    FIRST_YEAR,
    LAST_YEAR,
    Unit,
    add_days,
    add_months,
    add_period,
    add_weeks,
    add_years,
    days_between,
    next_day,
    previous_day,
)
from core.law.penalty import TARIFFS, Penalty, Tariff, penalty, tariff_on
from core.law.term_run import Due, Reason, Step, Suspension, Term, moved_to_ordinary, run, suspended_days
from core.law.workdays import Calendar

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "TARIFFS",
    "Due",
    "Filing",
    "Penalty",
    "Reason",
    "Step",
    "Suspension",
    "Tariff",
    "Term",
    "Timeliness",
    "Unit",
    "add_days",
    "add_months",
    "add_period",
    "add_weeks",
    "add_years",
    "appeal_decision_due",
    "application_due",
    "days_between",
    "documents_until",
    "inspection_from",
    "moved_to_ordinary",
    "next_day",
    "objection_decision_due",
    "objection_last_day",
    "penalty",
    "plain_due",
    "post_receipt_limit",
    "previous_day",
    "run",
    "suspended_days",
    "tariff_on",
    "timeliness",
]

TO_OBJECT = Term(6, Unit.WEEKS, "Awb 6:7")
BY_POST = Term(1, Unit.WEEKS, "Awb 6:9(2)")
TO_DECIDE = Term(6, Unit.WEEKS, "Awb 7:10(1)")
TO_DECIDE_ADVISED = Term(12, Unit.WEEKS, "Awb 7:10(1)")
ADJOURNED = Term(6, Unit.WEEKS, "Awb 7:10(3)")
TO_DECIDE_APPEAL = Term(16, Unit.WEEKS, "Awb 7:24")
APPEAL_ADJOURNED = Term(10, Unit.WEEKS, "Awb 7:24")
NEW_DOCUMENTS_BEFORE, OPEN_BEFORE = 11, 7
"""Days before the hearing, Awb 7:4."""


@dataclass(frozen=True)
class Filing:
    """How an objection or appeal came in; `posted_on` only matters `by_post` (Awb 6:9(2), 6:15)."""

    received_on: date
    by_post: bool = False
    posted_on: date | None = None
    received_elsewhere_on: date | None = None


@dataclass(frozen=True)
class Timeliness:
    """Whether a filing was in time; `days_late` counts from the last day to the day of filing, 0 when in time."""

    timely: bool
    last_day: date
    days_late: int
    steps: tuple[Step, ...]
    unknown_years: frozenset[int]


def plain_due(start_on: date, length: int, unit: Unit | str, calendar: Calendar) -> Due:
    """The last day of a statutory term that begins the day after `start_on`."""
    return run(start_on, Term(length, Unit(unit), "Atw 1"), calendar)


def objection_last_day(notified_on: date, calendar: Calendar) -> Due:
    """The last day to object or appeal: six weeks from the day after it was made known (Awb 6:7, 6:8)."""
    return run(notified_on, TO_OBJECT, calendar)


def post_receipt_limit(last_day: date, calendar: Calendar) -> Due:
    """The last day on which a letter that was posted in time may come in: a week later (Awb 6:9(2))."""
    return run(last_day, BY_POST, calendar)


def timeliness(notified_on: date, filing: Filing, calendar: Calendar) -> Timeliness:
    """Whether a filing was in time (Awb 6:9; 6:15: the first receipt counts; too early is not fatal, 6:10).

    Refused("posted-on-required") when it came by post after the last day, within the week in which that day decides.
    """
    last = objection_last_day(notified_on, calendar)
    filed_on, steps = filing.received_on, last.steps
    if filing.received_elsewhere_on is not None and filing.received_elsewhere_on < filed_on:
        steps += (Step("Awb 6:15", filed_on, filing.received_elsewhere_on, Reason.FILED_ELSEWHERE),)
        filed_on = filing.received_elsewhere_on
    if filed_on <= last.last_day:
        return Timeliness(True, last.last_day, 0, steps, last.unknown_years)
    late = days_between(last.last_day, filed_on)
    if not filing.by_post:
        return Timeliness(False, last.last_day, late, steps, last.unknown_years)
    limit = post_receipt_limit(last.last_day, calendar)
    timely = filed_on <= limit.last_day and _posted_by(last.last_day, filing)
    unknown = last.unknown_years | limit.unknown_years
    return Timeliness(timely, last.last_day, 0 if timely else late, steps + limit.steps, unknown)


def _posted_by(last_day: date, filing: Filing) -> bool:
    if filing.posted_on is None:
        raise Refused("posted-on-required")
    return filing.posted_on <= last_day


def objection_decision_due(
    notified_on: date,
    calendar: Calendar,
    *,
    committee: bool,
    suspensions: Iterable[Suspension] = (),
    adjourned: bool = False,
    consented_until: date | None = None,
) -> Due:
    """When the decision on objection is due: six weeks, twelve with an advisory committee, after the term to object.

    Awb 7:10: suspended for repair (2), once adjourned by six weeks from the day it was due (3), further with
    consent (4). A day that was agreed does not move; one that is no later changes nothing.
    """
    last = objection_last_day(notified_on, calendar)
    term = TO_DECIDE_ADVISED if committee else TO_DECIDE
    due = run(last.last_day, term, calendar, suspensions, "Awb 7:10(2)").after(last)
    if adjourned:
        due = run(due.last_day, ADJOURNED, calendar).after(due)
    if consented_until is not None and consented_until > due.last_day:
        step = Step("Awb 7:10(4)", due.last_day, consented_until, Reason.CONSENTED)
        due = Due(consented_until, (step,)).after(due)
    return due


def appeal_decision_due(notified_on: date, calendar: Calendar, *, adjourned: bool = False) -> Due:
    """When the decision on administrative appeal is due: sixteen weeks after the term to appeal, not moved (Atw 4).

    Adjourned by ten weeks at most, which do move (Awb 7:24).
    """
    last = objection_last_day(notified_on, calendar)
    due = run(last.last_day, TO_DECIDE_APPEAL, calendar).after(last)
    return run(due.last_day, APPEAL_ADJOURNED, calendar).after(due) if adjourned else due


def application_due(
    received_on: date,
    weeks: int,
    suspensions: Iterable[Suspension],
    calendar: Calendar,
    *,
    moves: bool = True,
    public: bool = True,
) -> Due:
    """When the decision on an application is due (Awb 4:13, 4:14), suspended while it was incomplete (4:15).

    `moves=False` for a private regulation whose terms do not follow the Atw; `public=False` says that it is the
    register's own.
    """
    term = Term(weeks, Unit.WEEKS, worded(to_decide(weeks), public=public), moves)
    return run(received_on, term, calendar, suspensions, worded("Awb 4:15(1)", public=public))


def documents_until(hearing_on: date) -> date:
    """The last day for new documents: the eleventh day before the hearing (Awb 7:4(1)); counted back, so not moved."""
    return add_days(hearing_on, -NEW_DOCUMENTS_BEFORE)


def inspection_from(hearing_on: date) -> date:
    """From when the file lies open at the latest: a week before the hearing (Awb 7:4(2)); not moved."""
    return add_days(hearing_on, -OPEN_BEFORE)
