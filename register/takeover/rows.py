"""The cells of one line, read for what they must be; a cell that is not raises its code and its column."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Annotated, TypeVar

import msgspec
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationError, ValidationInfo

from auth.numbers import is_register_number
from auth.schemas import Schema
from core.countries import HOME
from core.errors import Refused
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
from register.assessment.facts import Role, Sector
from register.registration.policy import ApplicationKind, Register, Route
from register.schools.duo.cells import BadCell, Cells
from register.takeover.policy import HOURS, LEVELS, STATUSES, TITLES, BadRow, Entry, Old, Post, Running, brought_over

E = TypeVar("E", bound=Enum)
ROLES = {"directeur": Role.DIRECTOR, "adjunct": Role.DEPUTY, "adjunct-directeur": Role.DEPUTY, "leraar": Role.TEACHER}
REQUESTS = (ApplicationKind.REGISTRATION, ApplicationKind.REREGISTRATION)
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
        return Cells({column: value}).day(column)

    def need_day(self, column: str) -> date:
        found = self.day(column)
        if found is None:
            raise BadCell("missing-value", column)
        return found

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
    """A line of an existing register; BadCell or BadRow."""
    line = Filled(cells)
    try:
        number = Numbers(source_number=line.need("source_number")).source_number
        person = OldPerson(**{name: (cells.get(name) or "").strip() for name in OldPerson.model_fields})
    except ValidationError as error:
        first = error.errors()[0]
        raise BadCell(_code(first["type"]), str(first["loc"][0])) from None
    register = line.one_of("register", {each.value: each for each in Register})
    status = line.one_of("status", STATUSES)
    if register is None or status is None:
        raise BadCell("missing-value", "register" if register is None else "status")
    old = Old(
        register=register,
        status=status,
        status_since=_past(line, "status_since", today),
        title=_title(line),
        level=line.one_of("level", LEVELS),
        registered_on=_past(line, "registered_on", today),
        period_began_on=line.day("period_began_on"),
        due_on=line.day("due_on"),
        points=_points(line),
        hours=tuple((about, hours) for name, about in HOURS.items() if (hours := _hours(line, name))),
        running=_running(line, today),
    )
    return TakenRow(number, line.register_number(), person, brought_over(old, today), _post(line))


def delivered_row(cells: Mapping[str, str]) -> DeliveredRow:
    """A line of a board's delivery; BadCell or BadRow."""
    line = Filled(cells)
    number, post, ended_on = line.register_number(), _post(line), line.day("ended_on")
    if number is None or post is None:
        raise BadCell("missing-value", "register_number" if number is None else "board_number")
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


def _running(line: Filled, today: date) -> Running | None:
    kind = line.one_of("application", {each.value: each for each in REQUESTS})
    if kind is None:
        return None
    received_on = _past(line, "application_received_on", today)
    if received_on is None:
        raise BadCell("missing-value", "application_received_on")
    route: Route | None = Route.PORTFOLIO
    if kind is ApplicationKind.REGISTRATION:
        route = line.one_of("application_route", {each.value: each for each in Route if each is not Route.PORTFOLIO})
    if route is None:
        raise BadCell("missing-value", "application_route")
    sector = line.one_of("sector", {each.value: each for each in Sector})
    return Running(kind, route, received_on, sector.value if sector else None)


def _post(line: Filled) -> Post | None:
    """All four cells of a post, or none of them."""
    names = ("board_number", "location_code", "role", "appointed_on")
    if not any(line.text(name) for name in names):
        return None
    role = line.one_of("role", {**{each.value: each for each in Role}, **ROLES})
    if role is None:
        raise BadCell("missing-value", "role")
    try:
        code = line.need("location_code").upper()
        return Post(
            line.need("board_number"), code if len(code) > 4 else f"{code}00", role.value, line.need_day(names[3])
        )
    except Refused as error:
        raise BadRow(error.code) from error


def _code(kind: str) -> str:
    """The code of a schema as ours."""
    return kind.replace("_", "-")
