"""PURE: what a line of an existing register says, in our words: title, level, status and the history behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.law.days import next_day
from register.entries.policy import ApplicationKind, Register, Route, Status, title_of
from register.rules.assessment.facts import Category, Level

ONE_TITLE_SINCE = date(2022, 8, 24)
"""Since that day directors and deputies have one title, RDO, with a predicate (po-2022)."""

STATUSES = {
    "ingeschreven": Status.ENROLLED,
    "aanvraag loopt": Status.APPLICATION_OPEN,
    "in opleiding": Status.IN_TRAINING,
    "aspirant": Status.IN_TRAINING,
    "geregistreerd": Status.REGISTERED,
    "uitstel": Status.POSTPONED,
    "onder voorwaarden": Status.CONDITIONAL,
    "verlopen": Status.LAPSED,
    "herregistratie verlopen": Status.LAPSED,
    "doorgehaald": Status.STRUCK_OFF,
    "uitgeschreven": Status.DEREGISTERED,
    **{status.value: status for status in Status},
}
"""The names found in registers (rules 1.6), and our own."""

LEVELS = {
    "basisbekwaam": Level.ONE,
    "leidinggeven 1": Level.ONE,
    "vakbekwaam": Level.TWO,
    "leidinggeven 2": Level.TWO,
    **{level.value: level for level in Level},
}
"""The levels before 24 August 2022 and since (rules 1.3, po-basis)."""

TITLES = {
    "rdo": "RDO",
    "rado": "RADO",
    "registerdirecteur onderwijs": "RDO",
    "registeradjunct-directeur": "RADO",
    "aspirant rdo": "aspirant RDO",
    "aspirant rado": "aspirant RADO",
}
LEAST = {"RADO": Level.ONE, "RDO": Level.TWO}
"""What a title alone tells: a deputy is at least basisbekwaam, a director vakbekwaam (rules 1.3)."""

HOURS = {
    "hours_subject": Category.SUBJECT,
    "hours_primary": Category.PEDAGOGIC,
    "hours_other": Category.GENERAL_PROFESSIONAL,
}
IN_TITLE = frozenset({Status.IN_TRAINING, Status.REGISTERED, Status.POSTPONED, Status.CONDITIONAL, Status.LAPSED})
WITH_PERIOD = IN_TITLE - {Status.IN_TRAINING}
RENEWABLE = frozenset({Status.REGISTERED, Status.POSTPONED, Status.CONDITIONAL})
MOST_POINTS_AT_ONCE = 100
"""One entry of a portfolio holds no more (po-2020)."""


class BadRow(Exception):
    """A line that says what cannot be; `code` has its repair in `refusals`."""

    def __init__(self, code: str, column: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.column = column


@dataclass(frozen=True)
class Running:
    """A request that was under way in the other system."""

    kind: ApplicationKind
    route: Route
    received_on: date
    sector: str | None


@dataclass(frozen=True)
class Post:
    """Where somebody works, as the other system knew it."""

    board_number: str
    location_code: str
    role: str
    appointed_on: date


@dataclass(frozen=True)
class Old:
    """An entry as the other system had it, cell by cell, before it is brought into ours."""

    register: Register
    status: Status
    status_since: date | None = None
    title: str | None = None
    level: Level | None = None
    registered_on: date | None = None
    period_began_on: date | None = None
    due_on: date | None = None
    points: int = 0
    hours: tuple[tuple[Category, Decimal], ...] = ()
    running: Running | None = None


@dataclass(frozen=True)
class Stand:
    """One line of the history of an entry."""

    holds_from: date
    status: Status
    title: str
    level: str | None


@dataclass(frozen=True)
class Entry:
    """An entry in our words; the last of `stands` is how it stands."""

    register: Register
    stands: Sequence[Stand]
    registered_on: date | None
    period_began_on: date | None
    due_on: date | None
    credits: Sequence[tuple[int, Decimal, Category | None]]
    """Points, hours, and what the hours were about: each becomes an entry of the portfolio."""
    running: Running | None


def brought_over(old: Old, today: date) -> Entry:
    """An entry of another system as ours.

    BadRow: `level-missing`, `level-not-in-register`, `dates-missing`, `due-before-period`, `points-not-counted`,
    `hours-not-counted`, `points-without-period`, `application-does-not-fit`, `application-missing`.
    """
    status = _status(old)
    level = _level(old, status)
    registered_on, began_on, due_on = _days(old, status)
    credits = _credits(old, status)
    since = _since(old, status, due_on, registered_on, today)
    stands = _stands(old, status, level, registered_on, since)
    return Entry(old.register, stands, registered_on, began_on, due_on, credits, old.running)


def _status(old: Old) -> Status:
    first = old.running is not None and old.running.kind is ApplicationKind.REGISTRATION
    if old.status is Status.APPLICATION_OPEN and not first:
        raise BadRow("application-missing", "application")
    if old.status is Status.ENROLLED and first:
        return Status.APPLICATION_OPEN
    if first and old.status not in {Status.APPLICATION_OPEN, Status.IN_TRAINING, Status.LAPSED}:
        raise BadRow("application-does-not-fit", "application")
    if old.running and not first and old.status not in RENEWABLE:
        raise BadRow("application-does-not-fit", "application")
    return old.status


def _level(old: Old, status: Status) -> str | None:
    if old.register is Register.TEACHERS:
        if old.level or old.title:
            raise BadRow("level-not-in-register", "level" if old.level else "title")
        return None
    if status not in IN_TITLE:
        return None
    if status is Status.IN_TRAINING:
        return Level.IN_TRAINING.value
    found = old.level or LEAST.get(old.title or "")
    if found is None or found is Level.IN_TRAINING:
        raise BadRow("level-missing", "level")
    return found.value


def _days(old: Old, status: Status) -> tuple[date | None, date | None, date | None]:
    if status not in IN_TITLE:
        return None, None, None
    for name in ("registered_on", "due_on"):
        if getattr(old, name) is None:
            raise BadRow("dates-missing", name)
    began_on = old.period_began_on or old.registered_on
    if began_on and old.due_on and old.due_on < began_on:
        raise BadRow("due-before-period", "due_on")
    return old.registered_on, began_on, old.due_on


def _credits(old: Old, status: Status) -> Sequence[tuple[int, Decimal, Category | None]]:
    teacher = old.register is Register.TEACHERS
    if teacher and old.points:
        raise BadRow("points-not-counted", "points")
    if not teacher and old.hours:
        raise BadRow("hours-not-counted", "hours_primary")
    if (old.points or old.hours) and status not in WITH_PERIOD:
        raise BadRow("points-without-period", "status")
    if teacher:
        return [(0, hours, about) for about, hours in old.hours]
    whole, rest = divmod(old.points, MOST_POINTS_AT_ONCE)
    return [(each, Decimal(0), None) for each in [*[MOST_POINTS_AT_ONCE] * whole, rest] if each]


def _since(old: Old, status: Status, due_on: date | None, registered_on: date | None, today: date) -> date:
    """The day from which the status holds; conditional is who is past the due date (sterk-2019)."""
    if old.status_since:
        return old.status_since
    if status is Status.CONDITIONAL and due_on:
        return next_day(due_on)
    if status in {Status.REGISTERED, Status.IN_TRAINING} and registered_on:
        return registered_on
    if old.running and status is Status.APPLICATION_OPEN:
        return old.running.received_on
    return today


def _stands(old: Old, status: Status, level: str | None, registered_on: date | None, since: date) -> Sequence[Stand]:
    """The history: the title as it was called, the title since 2022, and the status that holds."""
    title = title_of(old.register) if status in IN_TITLE else ""
    if registered_on is None:
        return [Stand(since, status, title, level)]
    base = Status.IN_TRAINING if status is Status.IN_TRAINING else Status.REGISTERED
    stands = [Stand(registered_on, base, title, level)]
    if old.title and old.title != title and registered_on < ONE_TITLE_SINCE:
        stands = [Stand(registered_on, base, old.title, None), Stand(ONE_TITLE_SINCE, base, title, level)]
    if status is not base:
        stands.append(Stand(since, status, title, level))
    return stands
