"""The cells of one line, read for what they must be; a cell that is not raises its code and its column."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Annotated, TypeVar

import msgspec
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from auth.numbers import is_register_number
from auth.schemas import Schema
from core import typed
from core.countries import HOME
from core.fields import (
    Country,
    Email,
    FamilyName,
    GivenName,
    Identifier,
    Line,
    Name,
    Telephone,
    country_code,
    postcode_of,
)
from register.entries.policy import ApplicationKind, Register, Route
from register.office.imports.faults import BadLine, Reads
from register.office.imports.policy import (
    HOURS,
    LEVELS,
    STATUSES,
    TITLES,
    BadRow,
    Entry,
    Old,
    Post,
    Running,
    brought_over,
)
from register.rules.assessment.facts import Role, Sector
from register.schools.duo.cells import BadCell, Cells

E = TypeVar("E", bound=Enum)
ROLES = {"directeur": Role.DIRECTOR, "adjunct": Role.DEPUTY, "adjunct-directeur": Role.DEPUTY, "leraar": Role.TEACHER}
REQUESTS = (ApplicationKind.REGISTRATION, ApplicationKind.REREGISTRATION)
OF_A_POST = ("board_number", "location_code", "role", "appointed_on")
MOST_POINTS = 1000
MOST_HOURS = Decimal(10_000)


def _abroad(value: str | None) -> str | None:
    """A country as the register keeps it: nothing at home."""
    code = country_code(value) if value else HOME
    return None if code == HOME else code


def _if_known(value: str, info: ValidationInfo) -> str:
    return postcode_of(value, info) if value else ""


class OldPerson(Schema):
    """What another system knew of somebody; an address may be lacking there, an e-mail address may not."""

    given_name: GivenName = ""
    prefix: Annotated[Name, StringConstraints(max_length=30)] = ""
    family_name: FamilyName = ""
    email: Email
    address: Line = ""
    country: Annotated[Country | None, BeforeValidator(_abroad)] = None
    postcode: Annotated[Line, StringConstraints(max_length=12), AfterValidator(_if_known)] = ""
    town: Annotated[Line, StringConstraints(max_length=80)] = ""
    telephone: Telephone | Annotated[str, StringConstraints(max_length=0)] = ""


class Numbers(Schema):
    """Numbers of other systems: none of them may be a citizen service number."""

    source_number: Identifier


class TakenRow(msgspec.Struct, frozen=True):
    """One line of an existing register, read."""

    source_number: str
    register_number: str | None
    person: OldPerson
    entry: Entry
    post: Post | None


class DeliveredRow(msgspec.Struct, frozen=True):
    """One line of a board's delivery, read."""

    register_number: str
    post: Post
    ended_on: date | None


class Filled(Cells):
    """Cells by column name; a column that the file has not is empty."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        super().__init__(cells)
        self.cells = cells

    def text(self, column: str) -> str | None:
        return super().text(column) if column in self.cells else None

    def day(self, column: str) -> date | None:
        """2026-05-01, or 01-05-2026 as a Dutch spreadsheet writes it."""
        value = self.text(column)
        if value is None:
            return None
        parts = value.split("-")
        if len(parts) == 3 and len(parts[2]) == 4:
            value = "-".join(part.zfill(2) for part in reversed(parts))
        try:
            return Cells({column: value}).day(column)
        except BadCell:
            written = typed.is_written_as_day(value) and isinstance(typed.day(value), str)
            raise BadCell("no-such-day" if written else "bad-date", column) from None

    def one_of(self, column: str, named: Mapping[str, E]) -> E | None:
        """A word of a list, whatever its capitals."""
        value = self.text(column)
        if value is None:
            return None
        found = named.get(" ".join(value.lower().split()))
        if found is None:
            raise BadCell("unknown-word", column)
        return found

    def register_number(self) -> str | None:
        value = self.text("register_number")
        if value is not None and not is_register_number(value):
            raise BadCell("bad-register-number", "register_number")
        return value


def register_row(cells: Mapping[str, str], today: date) -> TakenRow:
    """A line of an existing register; BadLine with all that is wrong in its cells, BadRow where they disagree."""
    line, reads = Filled(cells), Reads()
    number = reads.of(lambda: Numbers(source_number=line.need("source_number")).source_number)
    person = reads.of(lambda: OldPerson(**{name: (cells.get(name) or "").strip() for name in OldPerson.model_fields}))
    register = reads.need("register", line.one_of, "register", {each.value: each for each in Register})
    status = reads.need("status", line.one_of, "status", STATUSES)
    status_since, title = reads.of(_past, line, "status_since", today), reads.of(_title, line)
    level, registered_on = reads.of(line.one_of, "level", LEVELS), reads.of(_past, line, "registered_on", today)
    period_began_on, due_on = reads.of(line.day, "period_began_on"), reads.of(line.day, "due_on")
    points, running = reads.of(_points, line), _running(line, reads, today)
    hours = [(about, reads.of(_hours, line, name)) for name, about in HOURS.items()]
    register_number, post = reads.of(line.register_number), _post(line, reads)
    if reads.faults or number is None or person is None or register is None or status is None:
        raise BadLine(reads.faults)
    old = Old(
        register=register,
        status=status,
        status_since=status_since,
        title=title,
        level=level,
        registered_on=registered_on,
        period_began_on=period_began_on,
        due_on=due_on,
        points=points or 0,
        hours=tuple((about, amount) for about, amount in hours if amount),
        running=running,
    )
    return TakenRow(number, register_number, person, brought_over(old, today), post)


def delivered_row(cells: Mapping[str, str]) -> DeliveredRow:
    """A line of a board's delivery; BadLine or BadRow, as above."""
    line, reads = Filled(cells), Reads()
    number = reads.need("register_number", line.register_number)
    post, ended_on = _post(line, reads), reads.of(line.day, "ended_on")
    if post is None and not reads.faults:
        reads.faults.append(BadCell("missing-value", "board_number"))
    if reads.faults or number is None or post is None:
        raise BadLine(reads.faults)
    if ended_on and ended_on < post.appointed_on:
        raise BadRow("ended-before-begun", "ended_on")
    return DeliveredRow(number, post, ended_on)


def _past(line: Filled, column: str, today: date) -> date | None:
    found = line.day(column)
    if found and found > today:
        raise BadRow("day-to-come", column)
    return found


def _title(line: Filled) -> str | None:
    value = line.text("title")
    if value is None:
        return None
    found = TITLES.get(" ".join(value.lower().split()))
    if found is None:
        raise BadCell("unknown-word", "title")
    return found


def _points(line: Filled) -> int:
    value = line.text("points")
    if value is None:
        return 0
    if not (value.isascii() and value.isdigit()) or len(value) > 4 or int(value) > MOST_POINTS:
        raise BadCell("bad-points", "points")
    return int(value)


def _hours(line: Filled, column: str) -> Decimal:
    value = line.text(column)
    if value is None:
        return Decimal(0)
    try:
        hours = Decimal(value.replace(",", "."))
    except InvalidOperation:
        raise BadCell("bad-hours", column) from None
    if not (hours.is_finite() and 0 <= hours <= MOST_HOURS and hours * 100 == int(hours * 100)):
        raise BadCell("bad-hours", column)
    return hours


def _running(line: Filled, reads: Reads, today: date) -> Running | None:
    kind = reads.of(line.one_of, "application", {each.value: each for each in REQUESTS})
    if kind is None:
        return None
    received_on = reads.need("application_received_on", _past, line, "application_received_on", today)
    route: Route | None = Route.PORTFOLIO
    if kind is ApplicationKind.REGISTRATION:
        asked = {each.value: each for each in Route if each is not Route.PORTFOLIO}
        route = reads.need("application_route", line.one_of, "application_route", asked)
    sector = reads.of(line.one_of, "sector", {each.value: each for each in Sector})
    return Running(kind, route, received_on, sector.value if sector else None) if route and received_on else None


def _post(line: Filled, reads: Reads) -> Post | None:
    """All four cells of a post, or none of them."""
    if not any(line.text(name) for name in OF_A_POST):
        return None
    lacking = [name for name in OF_A_POST if not line.text(name)]
    reads.faults += [BadCell("post-incomplete", name) for name in lacking]
    board, code = line.text("board_number"), line.text("location_code")
    role = reads.of(line.one_of, "role", {**{each.value: each for each in Role}, **ROLES})
    appointed_on = reads.of(line.day, "appointed_on")
    if not board or not code or role is None or appointed_on is None:
        return None
    return reads.of(lambda: Post(board, location_of(code), role.value, appointed_on))


def location_of(code: str) -> str:
    """The code of a location; of a BRIN alone its main one."""
    return code.upper() if len(code) > 4 else f"{code.upper()}00"
